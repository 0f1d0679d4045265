import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../statistics/prng.ts';
import { densest, emptyGroup, fillGroup, membersOf } from './search.ts';

const DIMS = 4;
const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());

/** `strangers` chips of their own and `copies` of one, each seen with an error of 0.1 spreads. */
function fleet(strangers: number, copies: number, seed: number) {
  const random = mulberry32(seed);
  const size = strangers + copies;
  const at = new Float64Array(size * DIMS);
  const error = new Float64Array(size * DIMS).fill(0.1);
  const one = Array.from({ length: DIMS }, () => normal(random));
  for (let i = 0; i < size; i++)
    for (let k = 0; k < DIMS; k++)
      at[i * DIMS + k] = (i < strangers ? normal(random) : one[k]!) + 0.1 * normal(random);
  const group = emptyGroup(size, DIMS);
  const order = fillGroup(
    group,
    Uint32Array.from({ length: size }, (_, i) => i),
    at,
    error,
  );
  return { group, order };
}

describe('the scan for one chip', () => {
  it('finds the copies and names hardly anybody else', () => {
    const { group, order } = fleet(100, 10, 5);
    const seed = densest(group);
    expect(seed.nats).toBeGreaterThan(15);
    const named = membersOf(group, seed).filter(({ odds }) => odds >= 4);
    expect(named.length).toBeGreaterThanOrEqual(8);
    expect(named.every(({ index }) => order[index]! >= 100)).toBe(true);
  });

  it('passes five nats in no more than one honest group in fifty', () => {
    const crowded = Array.from({ length: 400 }, (_, i) => densest(fleet(60, 0, 100 + i).group).nats);
    expect(crowded.filter((nats) => nats > 5).length).toBeLessThanOrEqual(8);
  });
});
