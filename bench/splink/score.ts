/**
 * Pairwise F1 against operators: of groups as they stand, and of weighted pairs at the threshold that is best
 * in hindsight.
 */
import { type UnionFind, unionFind } from '../../statistics/union-find.ts';

export interface PairScore {
  /** Linked pairs, those of one operator, and all pairs of one operator. */
  linked: number;
  right: number;
  all: number;
  precision: number;
  recall: number;
  f1: number;
}

export interface Thresholded extends PairScore {
  /** Pairs of at least this weight are links. */
  threshold: number;
}

const pairsOf = (n: number) => (n * (n - 1)) / 2;

/**
 * Pairs of accounts of one operator. `operator` holds a number per account, −1 for honest ones, who share
 * nothing.
 */
export function operatorPairs(operator: Int32Array): number {
  const sizes = new Map<number, number>();
  for (const o of operator) if (o >= 0) sizes.set(o, (sizes.get(o) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, n) => sum + pairsOf(n), 0);
}

export function scoreOf(linked: number, right: number, all: number): PairScore {
  const precision = linked === 0 ? 1 : right / linked;
  const recall = all === 0 ? 1 : right / all;
  return { linked, right, all, precision, recall, f1: linked + all === 0 ? 1 : (2 * right) / (linked + all) };
}

/** Scores groups: `group` holds a number per account, −1 for accounts without one. */
export function scoreGroups(group: Int32Array, operator: Int32Array): PairScore {
  const linked = new Map<number, number>();
  const right = new Map<string, number>();
  for (const [i, g] of group.entries()) {
    if (g < 0) continue;
    linked.set(g, (linked.get(g) ?? 0) + 1);
    const o = operator[i]!;
    if (o >= 0) right.set(`${g} ${o}`, (right.get(`${g} ${o}`) ?? 0) + 1);
  }
  const total = (sizes: Iterable<number>) => [...sizes].reduce((sum, n) => sum + pairsOf(n), 0);
  return scoreOf(total(linked.values()), total(right.values()), operatorPairs(operator));
}

export interface Pairs {
  /** Account numbers and weights, heaviest first. */
  a: Int32Array;
  b: Int32Array;
  weight: Float64Array;
}

/**
 * The better of two readings, each at its best threshold: pairs alone, and everything that chains of pairs
 * connect.
 */
export function bestThreshold(
  pairs: Pairs,
  operator: Int32Array,
): { pairs: Thresholded; chained: Thresholded } {
  const all = operatorPairs(operator);
  const none = { ...scoreOf(0, 0, all), threshold: Number.POSITIVE_INFINITY };
  const best = { pairs: none, chained: none };
  const sets = new Chains(operator);
  let right = 0;
  for (let i = 0; i < pairs.a.length; i++) {
    const [a, b, weight] = [pairs.a[i]!, pairs.b[i]!, pairs.weight[i]!];
    if (operator[a]! >= 0 && operator[a] === operator[b]) right++;
    sets.join(a, b);
    if (pairs.weight[i + 1] === weight) continue;
    const alone = scoreOf(i + 1, right, all);
    const chained = scoreOf(sets.linked, sets.right, all);
    if (alone.f1 > best.pairs.f1) best.pairs = { ...alone, threshold: weight };
    if (chained.f1 > best.chained.f1) best.chained = { ...chained, threshold: weight };
  }
  return best;
}

/** Disjoint sets that count their pairs, and their pairs of one operator, as they grow. */
class Chains {
  linked = 0;
  right = 0;
  readonly #sets: UnionFind;
  /** Accounts of each set's root. */
  readonly #size: Int32Array;
  /** Accounts per operator of each set's root. */
  readonly #operators: (Map<number, number> | undefined)[];

  constructor(operator: Int32Array) {
    this.#sets = unionFind(operator.length);
    this.#size = new Int32Array(operator.length).fill(1);
    this.#operators = Array.from(operator, (o) => (o >= 0 ? new Map([[o, 1]]) : undefined));
  }

  join(a: number, b: number): void {
    let [large, small] = [this.#sets.find(a), this.#sets.find(b)];
    if (large === small) return;
    if (this.#size[large]! < this.#size[small]!) [large, small] = [small, large];
    this.linked += this.#size[large]! * this.#size[small]!;
    const [kept, moved] = [this.#operators[large] ?? new Map<number, number>(), this.#operators[small]];
    for (const [o, n] of moved ?? []) {
      this.right += n * (kept.get(o) ?? 0);
      kept.set(o, n + (kept.get(o) ?? 0));
    }
    const size = this.#size[large]! + this.#size[small]!;
    this.#operators[small] = undefined;
    this.#sets.union(large, small);
    const root = this.#sets.find(large);
    this.#size[root] = size;
    this.#operators[large] = undefined;
    this.#operators[root] = kept;
  }
}
