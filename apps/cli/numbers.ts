/** Numbers from the command line. */
import { InvalidArgumentError } from '@commander-js/extra-typings';

/** A parser of whole numbers from `low` to `high`, for commander. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= low && value <= high)) {
      throw new InvalidArgumentError(`Expected a whole number from ${low} to ${high}.`);
    }
    return value;
  };
}
