/** What became of those whom framers made look guilty, by move. Pure. */
import { FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { byText } from '../worlds/pool.ts';

export interface VictimRow {
  move: string;
  n: number;
  held: number;
  /** Excluded accounts, void devices. */
  final: number;
}

/** The family of victims and of strangers whom a move sweeps in. */
const FRAMED = 'honest-framed';

/** Every victim counts under each move against him; `movesOf` is by place in the sample. */
export function victimsOf(sample: Sample, movesOf: (i: number) => readonly string[]): VictimRow[] {
  const rows = new Map<string, VictimRow>();
  for (const i of sample.ids.keys()) {
    if (sample.bad[i] !== 0 || sample.family[i] !== FRAMED) continue;
    for (const move of ['all', ...movesOf(i)]) {
      const row = rows.get(move) ?? { move, n: 0, held: 0, final: 0 };
      row.n++;
      if (sample.outcome[i] === HELD) row.held++;
      if (sample.outcome[i] === FINAL) row.final++;
      rows.set(move, row);
    }
  }
  return [...rows.values()].sort((a, b) => byText(a.move, b.move));
}
