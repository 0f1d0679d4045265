/** What an audit says of its progress can be believed: no stage counts past its total, and no total moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeWorld } from '../fixtures/worlds/world.ts';
import { audit } from './audit.ts';
import type { Progress } from './audit-options.ts';

let folder: string;
const events: Progress[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-progress-'));
  const dataset = join(folder, 'tiny');
  await writeWorld('tiny', { seed: 5, scale: 1, out: dataset });
  const places = { out: join(folder, 'run'), workspace: join(folder, 'work') };
  const limits = { threads: 2, memoryBytes: 2 ** 30, overrideBrakes: [] };
  await audit({ dataset, ...places, ...limits }, (event) => events.push(event));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('each stage speaks once, in the order of the stages, from nothing done on', () => {
  const firsts = events.filter(({ stage }, i) => stage !== events[i - 1]?.stage);
  expect(firsts.map(({ stage, done }) => `${stage} ${done}`)).toEqual(
    ['ingest', 'rollup', 'models', 'detect', 'cluster', 'judge', 'publish'].map((stage) => `${stage} 0`),
  );
});

it('never more is done than there is, never less than before, and the total of a stage stays', () => {
  const last = new Map<string, Progress>();
  for (const event of events) {
    const { stage, done, total } = event;
    const before = last.get(stage);
    expect(done, JSON.stringify(event)).toBeLessThanOrEqual(total);
    expect(done, JSON.stringify(event)).toBeGreaterThanOrEqual(before?.done ?? 0);
    if (before) expect(total, JSON.stringify(event)).toBe(before.total);
    last.set(stage, event);
  }
});
