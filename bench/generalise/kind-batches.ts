/** Which kinds of honest people each of several worlds has, so that all come to be equally many. Pure. */

export interface KindShare {
  id: string;
  /** Of a thousand honest accounts of a world of all kinds. */
  perThousand: number;
  /** Machines of an account, where they are dozens. */
  machines?: number | undefined;
}

/**
 * Kinds of one world after another, each world of `accounts`, until every kind has `each` accounts as its
 * share is, or `each` machines where an account has dozens: a kind that has enough is in no further world.
 * Throws for a number that is not positive.
 */
export function kindBatches(kinds: readonly KindShare[], each: number, accounts: number): string[][] {
  if (!(each > 0 && accounts > 0)) throw new Error(`expected positive numbers, got ${each} and ${accounts}`);
  const missing = new Map(kinds.map(({ id, machines = 1 }) => [id, each / machines]));
  const batches: string[][] = [];
  for (;;) {
    const open = kinds.filter(({ id }) => (missing.get(id) ?? 0) > 0);
    if (open.length === 0) return batches;
    const sum = open.reduce((total, { perThousand }) => total + perThousand, 0);
    for (const { id, perThousand } of open)
      missing.set(id, (missing.get(id) ?? 0) - (accounts * perThousand) / sum);
    batches.push(open.map(({ id }) => id));
  }
}
