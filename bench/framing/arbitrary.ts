/** Scenarios as fast-check draws and shrinks them: fewer accounts, fewer moves, one after the other. */
import fc from 'fast-check';
import { LAUNDERINGS, type Laundering, type LaunderScenario } from '../../testing/framing/launder.ts';
import { MACHINE_MOVES, type MachineMove, type MachineScenario } from '../../testing/framing/machines.ts';
import { ARRIVALS, MOVES, type Move, type Scenario } from '../../testing/framing/scenario.ts';

const seed = fc.noBias(fc.nat());

/** Most attackers have a handful of accounts, some have hundreds. */
const budget = (most: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1000 }).map((x) => Math.max(1, Math.round(most ** ((x / 1000) ** 2))));

/** Alone, two to four at once. */
const some = <T>(names: readonly T[]): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...names).map((name) => [name]) },
    { weight: 3, arbitrary: fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 4 }) },
  );

export function framings({
  moves = Object.keys(MOVES) as Move[],
  forewarned = false,
  most = 200,
}: {
  moves?: Move[];
  forewarned?: boolean;
  most?: number;
} = {}): fc.Arbitrary<Scenario> {
  return fc.record({
    victim: fc.noBias(fc.nat()),
    moves: some(moves),
    budget: budget(most),
    arrival: fc.constantFrom(...ARRIVALS),
    paceMinutes: fc.constantFrom(1, 5, 20, 60, 240),
    share: fc.constantFrom(1, 0.7, 0.3),
    forewarned: fc.constant(forewarned),
    seed,
  });
}

export const launderings: fc.Arbitrary<LaunderScenario> = fc.record({
  ring: fc.noBias(fc.nat()),
  moves: some(Object.keys(LAUNDERINGS) as Laundering[]),
  budget: budget(300),
  seed,
});

/** `count` draws at once: a batch is one dataset, so its scenarios are shrunk one by one, by `smallest`. */
export const batchOf = <T>(one: fc.Arbitrary<T>, count: number): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: count, maxLength: count, size: 'max' });

export const machineFramings: fc.Arbitrary<MachineScenario> = fc.record({
  victim: fc.noBias(fc.nat()),
  moves: some(Object.keys(MACHINE_MOVES) as MachineMove[]),
  budget: fc.integer({ min: 1, max: 8 }),
  seed,
});
