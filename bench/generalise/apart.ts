/** Whose good subjects are nobody's honest ones, and are counted apart. */
import { ALL_TRAITS } from './traits.ts';

export const OPERATORS_MACHINES = '(real machines of operators)';
export const FORGERS = '(owners of forged cards)';
export const NETWORK = '(the network itself)';

/**
 * The cohort of a good subject's family where it is not an honest one: real machines of operators, who have the
 * families of their owners; accounts and real machines of those who forge cards or buy forged ones, and know
 * it; accounts and machines by which the network lies. Null for honest people.
 */
export function apartOf(family: string): string | null {
  if (ALL_TRAITS.includes(family.split('+')[0]!)) return OPERATORS_MACHINES;
  if (family === 'forger' || family === 'service') return FORGERS;
  return family.startsWith('lie-') ? NETWORK : null;
}
