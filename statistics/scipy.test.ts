/** Holds our functions to SciPy's values: scipy.json, written by scipy-table.py. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { betaCdf, logGamma } from './beta.ts';
import { clopperPearson, logChoose, upperBound } from './binomial.ts';
import { correlation } from './gapped-series.ts';
import { isotonicFalling } from './isotonic.ts';
import { normalCdf, normalDensity, normalTailNats } from './normal.ts';
import { poissonNats } from './poisson.ts';
import { type Part, poissonBinomialCdf, poissonBinomialQuantile } from './poisson-binomial.ts';
import { lowerQuantile, quantile } from './quantile.ts';

type Case = readonly (number | readonly number[] | readonly (readonly number[])[])[];
const table = JSON.parse(readFileSync(new URL('./scipy.json', import.meta.url), 'utf8')) as Record<
  string,
  Case[]
>;

/** Distance in units of the larger of the value and `floor`: relative above it, absolute below. */
const off = (ours: number, theirs: number, floor: number): number =>
  ours === theirs ? 0 : Math.abs(ours - theirs) / Math.max(Math.abs(theirs), floor);

/**
 * Cases of one function whose value lies further from SciPy's than `tolerance`, with what we say; and their
 * number.
 */
function compared(name: string, ours: (...given: never[]) => number, tolerance: number, floor = 1e-300) {
  const cases = table[name]!;
  const wrong = cases.flatMap((row) => {
    const value = (ours as (...given: unknown[]) => number)(...row.slice(0, -1));
    return off(value, row.at(-1) as number, floor) <= tolerance ? [] : [[...row, value]];
  });
  return { wrong, count: cases.length };
}

const partsOf = (rows: readonly (readonly [number, number, number])[]): Part[] =>
  rows.map(([events, weight, p]) => ({ events, weight, p }));

/** Function, least number of cases, tolerance, and the value below which the tolerance is absolute. */
it.each<[string, (...given: never[]) => number, number, number, number?]>([
  ['normalDensity', normalDensity, 40, 1e-12],
  ['normalCdf', normalCdf, 40, 1e-12],
  ['logGamma', logGamma, 24, 1e-13, 1],
  // Logs of large factorials cancel: their last digits are the first that are lost.
  ['betaCdf', betaCdf, 300, 1e-11, 1e-280],
  ['upperBound', upperBound, 700, 5e-9],
  ['logChoose', logChoose, 20, 1e-13, 1],
  ['quantile', quantile, 100, 1e-14, 1],
  ['lowerQuantile', lowerQuantile as never, 100, 0],
  ['poissonNats', poissonNats, 70, 1e-12, 1e-3],
  ['correlation', (a: number[], b: number[], shift: number) => correlation(a, b, shift).r, 12, 1e-12, 1],
])('%s is SciPy’s', (name, ours, least, tolerance, floor) => {
  const { wrong, count } = compared(name, ours, tolerance, floor);
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(least);
});

it('clopperPearson is SciPy’s exact interval', () => {
  const cases = table.clopperPearson as number[][];
  const wrong = cases.filter(([k, n, level, low, high]) => {
    const ours = clopperPearson(k!, n!, level!);
    return off(ours.low, low!, 1e-300) > 2e-9 || off(ours.high, high!, 1e-300) > 2e-9;
  });
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(300);
});

it('isotonicFalling is SciPy’s decreasing fit', () => {
  const cases = table.isotonicFalling as [number[], number[], number[]][];
  for (const [values, weights, fit] of cases) {
    const ours = isotonicFalling(values.map((value, i) => ({ value, weight: weights[i]! })));
    expect(Math.max(...ours.map((value, i) => off(value, fit[i]!, 1)))).toBeLessThan(1e-12);
  }
  expect(cases.length).toBe(42);
});

it('normalTailNats and poissonNats bound the exact tails from below, and are near them', () => {
  for (const [z, nats] of table.normalTailNats as [number, number][]) {
    expect(nats - normalTailNats(z)).toBeGreaterThan(-1e-12 * nats);
    expect(nats - normalTailNats(z)).toBeLessThan(1 / (z * z) + 1e-12 * nats);
  }
  const tails = table.poissonTail as [number, number, number][];
  for (const [k, mean, nats] of tails) {
    expect(nats - poissonNats(k, mean)).toBeGreaterThan(-1e-9 * nats);
    // Chernoff lacks the factor 1 / √(2πk) of Stirling, and what the sum adds above its first term.
    expect(nats - poissonNats(k, mean)).toBeLessThan(0.5 * Math.log(2 * Math.PI * k) + 0.1);
  }
  expect(tails.length).toBeGreaterThan(30);
});

it('poissonBinomialCdf is the exact law while it is convolved', () => {
  const cases = table.poissonBinomialCdf as [[number, number, number][], number, number][];
  const wrong = cases.filter(([parts, k, p]) => off(poissonBinomialCdf(partsOf(parts))(k), p, 1e-12) > 1e-10);
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThan(30);
});

it('poissonBinomialCdf is within 1e-3 of the exact law beyond, and its quantiles within one', () => {
  const cases = table.poissonBinomialWide as [[number, number, number][], number, number][];
  for (const [parts, k, p] of cases) {
    const ours = partsOf(parts);
    expect(Math.abs(poissonBinomialCdf(ours)(k) - p)).toBeLessThan(1e-3);
    expect(Math.abs(poissonBinomialQuantile(ours, p) - k)).toBeLessThanOrEqual(1);
  }
  expect(cases.length).toBe(21);
});
