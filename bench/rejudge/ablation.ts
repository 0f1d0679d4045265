/** Ablation: what verdicts lose when one detector had found nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { RunManifest } from '../../contracts/run.ts';
import type { Cell, Keep } from '../worlds/cells.ts';
import { table } from '../worlds/markdown.ts';
import { openEvidence } from './rejudge.ts';
import { type Count, countOf, minus, plus, truthOf } from './truth.ts';

export interface Ablation {
  whole: Count;
  ran: string[];
  /** What the run loses without each detector that found something. */
  lost: Record<string, Count>;
}

/** Writes `ablation.json` into a cell's folder. */
export const ablate: Keep = async (warehouse, at) => {
  const truth = await truthOf(at(''));
  const manifest = JSON.parse(readFileSync(at('run/manifest.json'), 'utf8')) as RunManifest;
  const evidence = await openEvidence(warehouse, Date.parse(manifest.snapshot));
  const whole = countOf(await evidence.whole(), truth);
  const lost: Record<string, Count> = {};
  for (const id of evidence.found) lost[id] = minus(whole, countOf(await evidence.without(id), truth));
  const result: Ablation = { whole, ran: [...evidence.ran], lost };
  writeFileSync(at('ablation.json'), JSON.stringify(result));
};

const NOTHING: Count = { accounts: 0, devices: 0, held: 0, honest: 0 };
const COLUMNS = ['accounts', 'devices', 'held', 'honest'] as const;

/**
 * Per detector: cells in which it found something, and the sum of what is lost without it. Those that add
 * nothing come last.
 */
export function ablationMarkdown(
  command: string,
  ids: readonly string[],
  cells: readonly Pick<Cell, 'world'>[],
  results: readonly Ablation[],
): string {
  const rows = ids.map((id) => {
    const lost = results.flatMap((result) => result.lost[id] ?? []);
    const sum = lost.reduce(plus, NOTHING);
    return { id, ran: results.filter(({ ran }) => ran.includes(id)).length, spoke: lost.length, sum };
  });
  const worth = ({ sum }: { sum: Count }) =>
    Math.abs(sum.accounts) + Math.abs(sum.devices) + Math.abs(sum.held);
  const whole = results.map((result) => result.whole).reduce(plus, NOTHING);
  const worlds = new Map<string, number>();
  for (const { world } of cells) worlds.set(world, (worlds.get(world) ?? 0) + 1);
  return [
    '# Ablation',
    `\`${command}\``,
    `What is lost when one detector alone had found nothing: bad accounts excluded, bad devices void, bad subjects held, and honest subjects excluded, void or held. Negative: without it there would be more. Cells: ${[...worlds].map(([world, n]) => `${world} ${n}`).join(', ')}. With all detectors: ${whole.accounts} bad accounts excluded, ${whole.devices} bad devices void, ${whole.held} held, ${whole.honest} honest subjects hit.`,
    table(
      ['detector', 'ran in', 'spoke in', ...COLUMNS],
      rows
        .sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1))
        .map(({ id, ran, spoke, sum }) => [id, ran, spoke, ...COLUMNS.map((column) => sum[column])]),
    ),
  ].join('\n\n');
}
