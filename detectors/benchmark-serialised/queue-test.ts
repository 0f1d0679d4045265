/** Does waiting follow the requests that are in flight to a set of machines? One queue makes it so, cards of their own do not. */
import { seeded, sequentialP } from '../../statistics/chance.ts';

export interface Wait {
  device: string;
  requestedAt: number;
  /** Wait beyond the machine's usual one, ms; not below 0. */
  excessMs: number;
  /** Length of a run, ms. */
  lengthMs: number;
  /** Challenges of the whole network just before: waits are only exchanged between runs that met the same rush. */
  load: number;
}

export interface QueueTest {
  /** Requests for which one card would have had work before it: the overlaps of this schedule, whatever the cards. */
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
 * Work in ms that one card would still have before it at each request, had it been asked all that the other machines of the set were:
 * Lindley's recursion over the schedule. A machine's own runs do not count, since any card makes them wait. `waits` in the order of time.
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

/** Rush of the network at a request, by doublings: were the set the whole network, its queue would be the network's own. */
const rush = (load: number): number => Math.floor(Math.log2(Math.max(1, load)));

/**
 * Sum over runs of log excess wait times log work before them, against exchanges of the waits between runs of the same machine in the same
 * rush: the network's schedule, each machine's habits and busy hours of the network stay as they were.
 */
export function testQueue(unordered: readonly Wait[], seed: number, limits: QueueLimits): QueueTest {
  const waits = inOrder(unordered);
  const before = backlog(waits, limits.deepest).map((ms) => Math.log1p(ms / 1000));
  const overlaps = before.filter((work) => work > 0).length;
  const groups = new Map<string, number[]>();
  for (const [i, { device, load }] of waits.entries()) {
    const name = `${rush(load)} ${device}`;
    const block = groups.get(name);
    if (block) block.push(i);
    else groups.set(name, [i]);
  }
  const blocks = [...groups.values()]
    .filter((block) => block.length > 1 && block.some((i) => before[i] !== before[block[0]!]))
    .map((block) => Uint32Array.from(block));
  const excess = Float64Array.from(waits, ({ excessMs }) =>
    Math.log1p(Math.min(excessMs, limits.longest_ms) / 1000),
  );
  const statistic = () => {
    let sum = 0;
    for (const block of blocks) for (const i of block) sum += excess[i]! * before[i]!;
    return sum;
  };
  const observed = statistic();
  const random = seeded(seed);
  const draw = () => {
    for (const block of blocks) {
      for (let i = block.length - 1; i > 0; i--) {
        const other = Math.floor(random() * (i + 1));
        const value = excess[block[i]!]!;
        excess[block[i]!] = excess[block[other]!]!;
        excess[block[other]!] = value;
      }
    }
    return statistic();
  };
  // A sum in another order may differ in its last bits.
  return {
    overlaps,
    p: blocks.length === 0 ? 1 : sequentialP(observed - 1e-9, draw, { most: limits.most_draws }),
  };
}
