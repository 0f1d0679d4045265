/** The smallest scenario, alone on its ground, that still does what a scenario did in a batch. */
interface Shrinkable<M> {
  moves: readonly M[];
  budget: number;
}

/**
 * Halves the budget and drops moves while `fails` holds. Null where the scenario alone does not fail: then
 * several attackers together did it.
 */
export async function smallest<M, S extends Shrinkable<M>>(
  scenario: S,
  fails: (scenario: S) => Promise<boolean>,
): Promise<S | null> {
  if (!(await fails(scenario))) return null;
  let best = scenario;
  for (;;) {
    const smaller = [
      ...best.moves.map((_, i) => ({ ...best, moves: best.moves.toSpliced(i, 1) })),
      { ...best, budget: best.budget >> 1 },
    ].filter(({ moves, budget }) => moves.length > 0 && budget > 0);
    let found: S | null = null;
    for (const one of smaller) {
      if (await fails(one)) {
        found = one;
        break;
      }
    }
    if (!found) return best;
    best = found;
  }
}
