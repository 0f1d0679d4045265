import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Component } from './component.ts';
import { densities, hanging } from './shape.ts';

/** A component from lists of accounts that share a value. */
function component(n: number, values: readonly (readonly number[])[]): Component {
  return {
    accounts: Array.from({ length: n }, (_, i) => i),
    values: values.map((_, v) => v),
    edges: values.flatMap((accounts, value) => accounts.map((account) => ({ account, value, nats: 1 }))),
  };
}

/** Accounts reached from `from` when `without` is taken away. */
function reach(
  n: number,
  values: readonly (readonly number[])[],
  from: number,
  without: number,
): Set<number> {
  const seen = new Set([from]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const accounts of values) {
      const left = accounts.filter((account) => account !== without && account < n);
      if (!left.some((account) => seen.has(account))) continue;
      for (const account of left) {
        if (!seen.has(account)) grew = true;
        seen.add(account);
      }
    }
  }
  return seen;
}

/** The definition, account by account: cut off from the largest rest when one other account is removed. */
function hangingByDefinition(n: number, values: readonly (readonly number[])[]): number[] {
  const marks = new Array<number>(n).fill(0);
  for (let cut = 0; cut < n; cut++) {
    const others = Array.from({ length: n }, (_, i) => i).filter((i) => i !== cut);
    const sizes = others.map((i) => reach(n, values, i, cut).size);
    const largest = Math.max(0, ...sizes);
    const parts = new Set(
      others.filter((_, k) => sizes[k] === largest).map((i) => Math.min(...reach(n, values, i, cut))),
    );
    others.forEach((i, k) => {
      if (sizes[k]! < n - 1 && (sizes[k]! < largest || parts.size > 1)) marks[i] = 1;
    });
  }
  return marks;
}

describe('hanging accounts', () => {
  it('are those behind a cut vertex', () => {
    expect([
      ...hanging(
        component(5, [
          [0, 1, 2, 3],
          [3, 4],
        ]),
      ),
    ]).toEqual([0, 0, 0, 0, 1]);
    expect([
      ...hanging(
        component(3, [
          [0, 1],
          [1, 2],
        ]),
      ),
    ]).toEqual([1, 0, 1]);
    expect([
      ...hanging(
        component(4, [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 0],
        ]),
      ),
    ]).toEqual([0, 0, 0, 0]);
  });

  it('agree with the definition on connected graphs', () => {
    const value = (n: number) => fc.uniqueArray(fc.nat(n - 1), { minLength: 2, maxLength: 4 });
    const graph = fc
      .integer({ min: 2, max: 9 })
      .chain((n) => fc.tuple(fc.constant(n), fc.array(value(n), { minLength: 1, maxLength: 9 })))
      .filter(([n, values]) => reach(n, values, 0, -1).size === n);
    fc.assert(
      fc.property(graph, ([n, values]) => {
        expect([...hanging(component(n, values))]).toEqual(hangingByDefinition(n, values));
      }),
      { numRuns: 400 },
    );
  });
});

describe('density', () => {
  it('is the share of the others met directly, each once', () => {
    expect([
      ...densities(
        component(4, [
          [0, 1],
          [0, 1, 2],
          [2, 3],
        ]),
      ),
    ]).toEqual([2 / 3, 2 / 3, 1, 1 / 3]);
    expect([...densities(component(3, [[0, 1, 2]]))]).toEqual([1, 1, 1]);
  });
});
