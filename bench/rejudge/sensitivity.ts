/** Sensitivity: what verdicts do when one number of one detector is a fifth larger or smaller. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { RunManifest } from '../../contracts/run.ts';
import { type Detector, loadDetectors } from '../../pipelines/detect/registry.ts';
import type { Cell, Keep } from '../worlds/cells.ts';
import { table } from '../worlds/markdown.ts';
import { openEvidence } from './rejudge.ts';
import { type Count, countOf, minus, truthOf } from './truth.ts';

export interface Move {
  detector: string;
  param: string;
  /** By what the number was multiplied. */
  factor: number;
  value: number;
  /** Null where no finding changed, or why the detector failed. */
  change: Count | string | null;
}

export const FACTORS = [0.8, 1.2] as const;

/** A number a fifth away: whole numbers stay whole and move by one at least. */
export function moved(value: number, factor: number): number {
  if (!Number.isInteger(value)) return Number((value * factor).toPrecision(12));
  return value + Math.sign(factor - 1) * Math.max(1, Math.round(Math.abs(value * (factor - 1))));
}

function withParam({ meta, ...detector }: Detector, name: string, value: number): Detector {
  const params = { ...meta.params, [name]: { ...meta.params![name]!, value } };
  return { ...detector, meta: { ...meta, params } };
}

/** Writes `sensitivity.json` into a cell's folder. */
export const sway: Keep = async (warehouse, at) => {
  const truth = await truthOf(at(''));
  const manifest = JSON.parse(readFileSync(at('run/manifest.json'), 'utf8')) as RunManifest;
  const evidence = await openEvidence(warehouse, Date.parse(manifest.snapshot));
  const whole = countOf(await evidence.whole(), truth);
  const moves: Move[] = [];
  const ran = (await loadDetectors()).filter(
    ({ id, meta }) => evidence.ran.includes(id) && meta.subject !== 'network',
  );
  for (const detector of ran) {
    for (const [param, { value }] of Object.entries(detector.meta.params ?? {})) {
      for (const factor of FACTORS) {
        const other = moved(value, factor);
        const outcome = await evidence.instead(withParam(detector, param, other));
        const change = outcome === null ? null : minus(countOf(outcome, truth), whole);
        moves.push({ detector: detector.id, param, factor, value: other, change });
      }
    }
  }
  writeFileSync(at('sensitivity.json'), JSON.stringify(moves));
};

const shown = (count: Count): string =>
  (['accounts', 'devices', 'held', 'honest'] as const).map((column) => count[column]).join(' / ');
const isStill = (count: Count) => Object.values(count).every((n) => n === 0);

/** The numbers that move a verdict, then how many do not. */
export function sensitivityMarkdown(
  command: string,
  cells: readonly Pick<Cell, 'world' | 'seed'>[],
  results: readonly (readonly Move[])[],
): string {
  const byParam = new Map<string, string[]>();
  let still = 0;
  for (const [c, moves] of results.entries()) {
    for (const { detector, param, factor, value, change } of moves) {
      if (change === null || (typeof change !== 'string' && isStill(change))) {
        still++;
        continue;
      }
      const where = `${cells[c]!.world} ${cells[c]!.seed}`;
      const key = `${detector}\n${param}`;
      const text = `${where}, ${factor > 1 ? '+' : '−'}20 % (${value}): ${typeof change === 'string' ? change : shown(change)}`;
      byParam.set(key, [...(byParam.get(key) ?? []), text]);
    }
  }
  const rows = [...byParam].map(([key, texts]) => [...key.split('\n'), texts.join('; ')] as string[]);
  const all = results.reduce((sum, moves) => sum + moves.length, 0);
  return [
    '# Sensitivity of the detectors’ numbers',
    `\`${command}\``,
    `Each number of a detector was made a fifth smaller and a fifth larger, one at a time, and the run judged again. Changes are given as bad accounts excluded / bad devices void / bad subjects held / honest subjects hit. ${still} of ${all} moves changed none of them.`,
    table(['detector', 'number', 'what changed'], rows, ['number', 'what changed']),
  ].join('\n\n');
}
