import fc from 'fast-check';
import { expect, it } from 'vitest';
import { setsOf, unionFind } from './union-find.ts';

it('joins what is joined, by the smallest number, in whatever order', () => {
  const pairs = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 25 });
  fc.assert(
    fc.property(pairs, (edges) => {
      const label = Array.from({ length: 20 }, (_, i) => i);
      for (let round = 0; round < 20; round++)
        for (const [a, b] of edges) label[a] = label[b] = Math.min(label[a]!, label[b]!);
      for (const order of [edges, [...edges].reverse()]) {
        const sets = unionFind(20);
        for (const [a, b] of order) sets.union(a, b);
        expect(label.map((_, i) => sets.find(i))).toEqual(label);
        expect([...sets.roots()]).toEqual(label);
      }
    }),
  );
});

it('lists the sets by their first number', () => {
  const sets = unionFind(6);
  sets.union(5, 1);
  sets.union(4, 2);
  sets.union(1, 3);
  expect(setsOf(sets.roots())).toEqual([[0], [1, 3, 5], [2, 4]]);
  expect(setsOf(unionFind(0).roots())).toEqual([]);
});
