import { describe, expect, it } from 'vitest';
import { joinSharing, type Pairs } from './shared-neighbours.ts';

const pairs = (list: readonly (readonly [number, number, boolean?])[]): Pairs => ({
  a: Int32Array.from(list, ([a]) => a),
  b: Int32Array.from(list, ([, b]) => b),
  mutual: Uint8Array.from(list, ([, , mutual = true]) => (mutual ? 1 : 0)),
});

/** Every pair of the nodes from `from` to before `to`. */
const clique = (from: number, to: number): [number, number][] =>
  Array.from({ length: to - from }, (_, i) => from + i).flatMap((a) =>
    Array.from({ length: to - a - 1 }, (_, i): [number, number] => [a, a + 1 + i]),
  );

describe('sets of shared neighbours', () => {
  it('keep two cards apart that chance pairs join', () => {
    const chance: [number, number][] = [
      [0, 8],
      [1, 9],
      [2, 10],
    ];
    const sets = joinSharing(16, pairs([...clique(0, 8), ...clique(8, 16), ...chance]));
    expect([...new Set(sets)]).toEqual([0, 8]);
  });

  it('hold a set together of which every machine can name only the same few', () => {
    const named = Array.from({ length: 40 }, (_, i) => i + 10).flatMap((x): [number, number, boolean][] =>
      Array.from({ length: 10 }, (_, hub) => [hub, x, false]),
    );
    expect(new Set(joinSharing(50, pairs([...clique(0, 10), ...named]))).size).toBe(1);
  });

  it('join two machines alone only if they name each other', () => {
    expect([...joinSharing(2, pairs([[0, 1, true]]))]).toEqual([0, 0]);
    expect([...joinSharing(2, pairs([[0, 1, false]]))]).toEqual([0, 1]);
  });

  it('are empty without nodes', () => {
    expect([...joinSharing(0, pairs([]))]).toEqual([]);
  });
});
