/**
 * Units that look alike are drawn as one, so that a million honest owners with nothing against them cost a
 * number.
 */
import type { Sample } from './sample.ts';

export interface Pooled {
  /** Units per pool. */
  sizes: Uint32Array;
  /** The subjects of one unit per pool; `unit` is their pool. */
  bad: Uint8Array;
  outcome: Uint8Array;
  risk: Float64Array;
  unit: Uint32Array;
}

/**
 * Pools units whose subjects have the same risks, outcomes and truths. Statistics of the whole sample are
 * unchanged.
 */
export function poolUnits({ bad, outcome, risk, unit, units }: Sample): Pooled {
  const members: number[][] = Array.from({ length: units }, () => []);
  for (const [i, u] of unit.entries()) members[u]!.push(i);
  const looks = (i: number) => `${risk[i]}/${outcome[i]}/${bad[i]}`;
  const pools = new Map<string, number>();
  const representatives: number[][] = [];
  const poolOf = Uint32Array.from(members, (subjects) => {
    const profile = subjects.map(looks).sort().join(' ');
    const pool = pools.get(profile) ?? pools.size;
    if (pool === pools.size) representatives.push(subjects);
    pools.set(profile, pool);
    return pool;
  });
  const sizes = new Uint32Array(pools.size);
  for (const pool of poolOf) sizes[pool]! += 1;
  const kept = representatives.flat();
  return {
    sizes,
    bad: Uint8Array.from(kept, (i) => bad[i]!),
    outcome: Uint8Array.from(kept, (i) => outcome[i]!),
    risk: Float64Array.from(kept, (i) => risk[i]!),
    unit: Uint32Array.from(kept, (i) => poolOf[unit[i]!]!),
  };
}
