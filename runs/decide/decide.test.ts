import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decisions } from '../../pipelines/judge/decisions-file.ts';
import { publish } from '../../pipelines/publish/publish.ts';
import { openRun, type Run } from '../../pipelines/publish/read-run.ts';
import { tinyInput } from '../../testing/tiny-input.ts';
import { PLAIN_NAMES, tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { compose, type DecideRequest } from './compose.ts';
import { preview } from './preview.ts';

const base = mkdtempSync(join(tmpdir(), 'ghostcard-decide-'));
let run: Run;

beforeAll(async () => {
  const out = join(base, 'run');
  const warehouse = await tinyWarehouse();
  await publish(tinyInput(out), { warehouse, progress: () => {} });
  warehouse.close();
  run = await openRun(out);
});
afterAll(() => {
  run.close();
  rmSync(base, { recursive: true });
});

const CLUSTER = 'c-0123456789ab';
const signed = { by: 'ann', why: 'seen', at: '2024-05-01T00:00:00Z', until: null };
const none: Decisions = { sha256: null, verdicts: [], operators: [] };
const asked = (kind: DecideRequest['kind'], ids: string[], more: Partial<DecideRequest> = {}) =>
  compose({ kind, ids, ...signed, ...more }, run);
const ring = [...PLAIN_NAMES.ring];

describe('a decision that is composed', () => {
  it('notes the counted facts of each subject as seen', async () => {
    const { lines } = await asked('clear', ['u-ring-1', 'dev-fake']);
    expect(lines).toMatchObject([
      { subject_type: 'account', subject: 'u-ring-1', evidence: ['00000000000000a0', '00000000000000b0'] },
      { subject_type: 'device', subject: 'dev-fake', evidence: ['00000000000000d0', '00000000000000d1'] },
    ]);
  });

  it('takes a cluster for its members', async () => {
    const merged = await asked('merge', [CLUSTER, 'u-ann']);
    expect(merged.lines).toMatchObject([{ operator: 'merge', accounts: [...ring, 'u-ann'] }]);
    const parted = await asked('split', ['u-ring-2'], { from: [CLUSTER] });
    expect(parted.lines).toMatchObject([
      { accounts: ['u-ring-2'], from: ring.filter((id) => id !== 'u-ring-2') },
    ]);
    expect((await asked('pin', [CLUSTER])).lines).toMatchObject([{ cluster: CLUSTER, accounts: ring }]);
  });

  it('can be written without a run, about whatever ids', async () => {
    const request = { kind: 'pin', ids: ['a', 'b'], cluster: CLUSTER, ...signed } as const;
    expect((await compose(request, null)).lines).toMatchObject([{ cluster: CLUSTER, accounts: ['a', 'b'] }]);
  });

  it.each<[string, string, DecideRequest['kind'], string[], Partial<DecideRequest>]>([
    ['an id that the run does not know', 'E_SUBJECT', 'clear', ['u-ring-1', 'nobody'], {}],
    ['an unknown id on the other side', 'E_SUBJECT', 'split', ['u-ring-1'], { from: ['nobody'] }],
    ['a device that would be excluded', 'E_SUBJECT', 'exclude', ['dev-fake'], {}],
    ['an account that would be void', 'E_SUBJECT', 'void', ['u-ann'], {}],
    ['a device among accounts', 'E_SUBJECT', 'merge', ['u-ann', 'dev-fake'], {}],
    ['a split from nobody', 'E_USAGE', 'split', ['u-ann'], {}],
    ['a merge from somebody', 'E_USAGE', 'merge', ['u-ann', 'u-bob'], { from: ['u-eve'] }],
    ['a pin without an id', 'E_USAGE', 'pin', ['u-ann', 'u-bob'], {}],
    ['a merge of one', 'E_DECISIONS', 'merge', ['u-ann'], {}],
    ['a decision that nobody answers for', 'E_DECISIONS', 'clear', ['u-ann'], { by: '' }],
    ['an account on both sides', 'E_DECISIONS', 'split', ['u-ann'], { from: ['u-ann', 'u-bob'] }],
  ])('is refused for %s', async (_, code, kind, ids, more) => {
    await expect(asked(kind, ids, more)).rejects.toMatchObject({ code });
  });
});

describe('what the next run will do', () => {
  it('is said for a verdict, with what it replaces and when it says nothing', async () => {
    const { lines, known } = await asked('clear', ['u-ring-1']);
    const older = { ...(lines[0] as Decisions['verdicts'][number]), at: '2024-04-01T00:00:00Z' };
    const first = await preview(lines, { ...none, verdicts: [older] }, known, run);
    expect(first.verdicts).toEqual([
      expect.objectContaining({ now: 'exclude', next: 'clear', facts: 2, replaces: 1, state: 'in-force' }),
    ]);
    const newer = { ...older, at: '2024-06-01T00:00:00Z' };
    const late = await preview(lines, { ...none, verdicts: [newer] }, known, run);
    expect(late.verdicts[0]!.state).toBe('superseded');
    const ended = await asked('clear', ['u-ring-1'], {
      at: '2024-01-01T00:00:00Z',
      until: '2024-02-01T00:00:00Z',
    });
    expect((await preview(ended.lines, none, known, run)).verdicts[0]!.state).toBe('expired');
  });

  it('is said for a merge: whom it touches, and who will be held', async () => {
    const { lines, known } = await asked('merge', ['u-ring-1', 'u-ann']);
    expect((await preview(lines, none, known, run)).operators).toEqual([
      {
        state: 'in-force',
        set_aside: [],
        overrides: [],
        clusters: [{ cluster_id: CLUSTER, accounts: 5, named: 1, excluded: 4 }],
        lone: 1,
        held: 1,
      },
    ]);
  });

  it('names what an older line loses', async () => {
    const before = (await asked('merge', [CLUSTER, 'u-ann'], { at: '2024-04-30T00:00:00Z' })).lines;
    const { lines, known } = await asked('split', ['u-ann'], { from: [CLUSTER] });
    const operators = before as unknown as Decisions['operators'];
    const effect = (await preview(lines, { ...none, operators }, known, run)).operators[0]!;
    expect(effect.overrides).toMatchObject([
      { kind: 'merge', by: 'ann', loses: ['u-ann'], state: 'in-force' },
    ]);
    expect(effect.held).toBe(0);
  });
});
