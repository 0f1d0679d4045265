/** Names as numbers, so that the work on groups is done in typed arrays. */

export interface Interned {
  /** The number of a name; a new name gets the next one. */
  number(name: string): number;
  /** The names in code-unit order, and by number the place of each in it. */
  inOrder(): { sorted: string[]; rank: Int32Array };
}

export function intern(): Interned {
  const numbers = new Map<string, number>();
  return {
    number(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, numbers.size);
      return numbers.size - 1;
    },
    inOrder() {
      const sorted = [...numbers.keys()].sort();
      const rank = new Int32Array(sorted.length);
      for (const [place, name] of sorted.entries()) rank[numbers.get(name)!] = place;
      return { sorted, rank };
    },
  };
}
