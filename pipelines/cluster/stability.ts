/** How firmly a group holds together over the resolutions and seeds of the sweep. */

export interface Group {
  /** Local account numbers, ascending. */
  members: number[];
  /** Share of runs in which each member stays with the group's majority, in the order of `members`. */
  stability: number[];
  /** Mean overlap (Jaccard) of the group with the run's part that holds its majority. */
  overlap: number;
}

/** Groups of two or more in the base run, measured against every run. */
export function groups(base: Int32Array, runs: readonly Int32Array[]): Group[] {
  const parts = new Map<number, number[]>();
  base.forEach((part, account) => {
    const list = parts.get(part);
    if (list) list.push(account);
    else parts.set(part, [account]);
  });
  const sizes = runs.map((run) => {
    const size = new Map<number, number>();
    for (const part of run) size.set(part, (size.get(part) ?? 0) + 1);
    return size;
  });
  return [...parts.values()]
    .filter((part) => part.length > 1)
    .map((part) => {
      const stayed = new Int32Array(part.length);
      let overlap = 0;
      for (const [r, run] of runs.entries()) {
        const { part: majority, count } = largestPart(part, run);
        part.forEach((account, i) => {
          if (run[account] === majority) stayed[i]!++;
        });
        overlap += count / (part.length + sizes[r]!.get(majority)! - count);
      }
      return {
        members: part,
        stability: Array.from(stayed, (n) => n / runs.length),
        overlap: overlap / runs.length,
      };
    });
}

/** The run's part with most of the accounts; the smallest number among equals. */
function largestPart(accounts: readonly number[], run: Int32Array): { part: number; count: number } {
  const counts = new Map<number, number>();
  for (const account of accounts) counts.set(run[account]!, (counts.get(run[account]!) ?? 0) + 1);
  let best = { part: -1, count: 0 };
  for (const [part, count] of counts) {
    if (count > best.count || (count === best.count && part < best.part)) best = { part, count };
  }
  return best;
}
