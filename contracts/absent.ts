/** Absent inputs, counted by the detectors that wait for them. */

/** The words of a detector that did not run: `absent: table a, b.c`. */
const inputsOf = (why: string): string[] => why.replace(/^absent: /, '').split(', ');

interface Absent {
  /** `table a` or `b.c`. */
  input: string;
  /**
   * Ids of the detectors that lack it, in the order given; a detector that lacks two inputs stands at both.
   */
  detectors: string[];
}

/** Inputs that the most detectors lack come first, equal ones in code-unit order. */
export function absentInputs(notRun: readonly { id: string; why: string }[]): Absent[] {
  const groups = new Map<string, string[]>();
  for (const { id, why } of notRun)
    for (const input of inputsOf(why)) groups.set(input, [...(groups.get(input) ?? []), id]);
  return [...groups]
    .map(([input, detectors]) => ({ input, detectors }))
    .sort((a, b) => b.detectors.length - a.detectors.length || (a.input < b.input ? -1 : 1));
}
