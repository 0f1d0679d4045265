/**
 * Does waiting follow the requests that are in flight to a set of machines? One queue makes it so, cards of
 * their own do not.
 */
import { sequentialP, shuffle } from '../../statistics/permutation.ts';
import { mulberry32 } from '../../statistics/prng.ts';

export interface Wait {
  device: string;
  requestedAt: number;
  /** Wait beyond the machine's usual one, ms; not below 0. */
  excessMs: number;
  /** Length of a run, ms. */
  lengthMs: number;
  /**
   * Challenges of the whole network just before: waits are only exchanged between runs that met the same
   * rush.
   */
  load: number;
}

export interface QueueTest {
  /**
   * Requests for which one card would have had work before it: the overlaps of this schedule, whatever the
   * cards.
   */
  overlaps: number;
  p: number;
}

export interface QueueLimits {
  /** Most permutations: p is never below 1 / (most_draws + 1). */
  most_draws: number;
  /** Waits beyond this, ms, say no more. */
  longest_ms: number;
  /** Runs that one card could have before it when a request comes, at most. */
  deepest: number;
}

/**
 * Work in ms that one card would still have before it at each request, had it been asked all that the other
 * machines of the set were: Lindley's recursion over the schedule. A machine's own runs do not count, since
 * any card makes them wait. `waits` in the order of time.
 */
export function backlog(waits: readonly Wait[], deepest: number): Float64Array {
  return Float64Array.from(waits, ({ device, requestedAt, lengthMs }, i) => {
    let first = i;
    while (first > 0 && waits[first - 1]!.requestedAt > requestedAt - deepest * lengthMs) first--;
    let free = 0;
    for (let j = first; j < i; j++) {
      const other = waits[j]!;
      if (other.device !== device) free = Math.max(free, other.requestedAt) + other.lengthMs;
    }
    return Math.max(0, free - requestedAt);
  });
}

const inOrder = (waits: readonly Wait[]): Wait[] =>
  [...waits].sort(
    (a, b) =>
      a.requestedAt - b.requestedAt ||
      a.excessMs - b.excessMs ||
      a.lengthMs - b.lengthMs ||
      (a.device < b.device ? -1 : 1),
  );

/** Requests for which one card would have had work before it. */
export const overlapsOf = (waits: readonly Wait[], deepest: number): number =>
  backlog(inOrder(waits), deepest).filter((work) => work > 0).length;

/**
 * Rush of the network at a request, by doublings: were the set the whole network, its queue would be the
 * network's own.
 */
const rush = (load: number): number => Math.floor(Math.log2(Math.max(1, load)));

/**
 * Runs of one machine in one rush: log work before each, and log excess wait, which may be exchanged among
 * them.
 */
interface Block {
  before: number[];
  excess: number[];
}

function statisticOf(blocks: readonly Block[]): number {
  let sum = 0;
  for (const { before, excess } of blocks)
    for (let i = 0; i < excess.length; i++) sum += excess[i]! * before[i]!;
  return sum;
}

/**
 * Sum over runs of log excess wait times log work before them, against exchanges of the waits between runs of
 * the same machine in the same rush: the network's schedule, each machine's habits and busy hours of the
 * network stay as they were.
 */
export function testQueue(unordered: readonly Wait[], seed: number, limits: QueueLimits): QueueTest {
  const waits = inOrder(unordered);
  const before = backlog(waits, limits.deepest).map((ms) => Math.log1p(ms / 1000));
  const overlaps = before.filter((work) => work > 0).length;
  const groups = new Map<string, Block>();
  for (const [i, { device, load, excessMs }] of waits.entries()) {
    const name = `${rush(load)} ${device}`;
    const block = groups.get(name) ?? groups.set(name, { before: [], excess: [] }).get(name)!;
    block.before.push(before[i]!);
    block.excess.push(Math.log1p(Math.min(excessMs, limits.longest_ms) / 1000));
  }
  const blocks = [...groups.values()].filter(({ before: [first, ...rest] }) =>
    rest.some((work) => work !== first),
  );
  const random = mulberry32(seed);
  const draw = () => {
    for (const { excess } of blocks) shuffle(excess, (n) => Math.floor(random() * n));
    return statisticOf(blocks);
  };
  // A sum in another order may differ in its last bits.
  const observed = statisticOf(blocks) - 1e-9;
  return { overlaps, p: blocks.length === 0 ? 1 : sequentialP(observed, draw, { most: limits.most_draws }) };
}
