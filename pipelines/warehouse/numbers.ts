/** Numbers with names: a statement says `$least_cards`, metadata says what that is. */
import { PARAMETER } from './sql-text.ts';

/** Values by the names that a statement gives them. */
export type Numbers = Readonly<Record<string, number>>;

/**
 * The statement with every `$name` of `numbers` as a literal, so that types and plans are those of a number
 * written there: a bound half is a DOUBLE, a written one a DECIMAL. Comments and string literals are left
 * alone, and so are names that `numbers` lacks.
 * @throws RangeError for a value that is not finite.
 */
export function withNumbers(sql: string, numbers: Numbers): string {
  return sql.replace(PARAMETER, (whole, name?: string) => {
    if (name === undefined || !Object.hasOwn(numbers, name)) return whole;
    const value = numbers[name]!;
    if (!Number.isFinite(value)) throw new RangeError(`$${name} is ${value}`);
    return value < 0 ? `(${value})` : String(value);
  });
}
