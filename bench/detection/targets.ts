/** Targets that accounts and devices share. Pure. */

import type { Rate } from '../worlds/pool.ts';
import { shareText as percent, type Target } from '../worlds/target.ts';
import type { AttackCell } from './attacks.ts';

/** By strength: the least share that every family must reach. */
export type ByStrength = Readonly<Record<number, number>>;

interface Found {
  cells: readonly AttackCell[];
  strengths: readonly AttackCell[];
}

/** One target a strength: every family reaches the share, on `least` subjects or more each. */
export function recallTargets(
  { cells: all, strengths }: Found,
  kind: 'final' | 'final_or_review',
  { wanted: byStrength, least, name }: { wanted: ByStrength; least: number; name: string },
): Target[] {
  return Object.entries(byStrength).map(([text, wanted]) => {
    const strength = Number(text);
    const cells = all.filter((cell) => cell.strength === strength);
    const pooled = strengths.find((cell) => cell.strength === strength);
    const below = cells.filter((cell) => cell[kind].value < wanted);
    const few = cells.filter(({ n }) => n < least);
    const missed = below.length > 0 || !pooled;
    return {
      target: `${name}, strength ${strength}, every family`,
      wanted: `≥ ${wanted}`,
      got: pooled
        ? `${percent(pooled[kind].value)} pooled; ${cells.length - below.length} of ${cells.length} families`
        : 'none',
      state: missed ? 'missed' : few.length > 0 ? 'few' : 'met',
      open: missed
        ? below.map((cell) => `${cell.family} ${percent(cell[kind].value)}`)
        : few.map(({ family, n }) => `${family} n = ${n}`),
    };
  });
}

export function precisionTarget(precision: Rate | null, wanted: number, verdict: string): Target {
  const text = ({ value, low, high }: Rate) =>
    `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
  return {
    target: `precision of ${verdict}`,
    wanted: `≥ ${wanted}`,
    got: precision ? text(precision) : `no ${verdict}`,
    state: precision && precision.value >= wanted ? 'met' : 'missed',
    open: [],
  };
}
