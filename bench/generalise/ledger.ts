/**
 * The ledger of what was looked at and counted. Whoever has seen which operators of a seed were missed, or has
 * mended something for a trait, cannot be surprised by them any more: they are good for fitting, not for
 * counting. A seed that was counted is used up, too, as soon as a source or a policy changes: whoever counts,
 * mends and counts again fits on what he counts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { halfOfSeed, halfOfTrait } from './split.ts';

/** What decides every verdict of a count. */
export interface Under {
  /** Digest of the sources from world to verdict. */
  source: string;
  /** Digest of all policies that were counted. */
  policies: string;
}

export interface Looked {
  /** ISO day. */
  date: string;
  /** What it was looked at for; `count` for an entry that counting wrote. */
  purpose: string;
  seeds: number[];
  traits: string[];
  /** Only of what was counted. */
  under?: Under;
}

/** The purpose of entries that counting writes. */
export const COUNT = 'count';

export const LEDGER = new URL('./ledger.json', import.meta.url);

export function readLedger(path: URL | string = LEDGER): Looked[] {
  return JSON.parse(readFileSync(path, 'utf8')) as Looked[];
}

/** Adds an entry. Throws for a date that is no ISO day, or without a purpose. */
export function writeLooked(entry: Looked, path: URL | string = LEDGER): void {
  if (!/^\d{4}-\d\d-\d\d$/.test(entry.date))
    throw new Error(`expected an ISO day in --date, got '${entry.date}'`);
  if (entry.purpose.trim() === '')
    throw new Error('expected in --purpose what it is looked at for, got nothing');
  writeFileSync(path, `${JSON.stringify([...readLedger(path), entry], null, 2)}\n`);
}

const same = (a: Under, b: Under): boolean => a.source === b.source && a.policies === b.policies;

const datesOf = (entries: readonly Looked[]): string =>
  [...new Set(entries.map(({ date }) => date))].join(', ');

function ofSeed(looks: readonly Looked[], counts: readonly Looked[], seed: number): string[] {
  const seen = looks.filter(({ seeds }) => seeds.includes(seed));
  const before = counts.filter(({ seeds }) => seeds.includes(seed));
  return [
    ...(halfOfSeed(seed) === 'A' ? [`seed ${seed} is of the half to fit and to look at`] : []),
    ...(seen.length > 0 ? [`seed ${seed} was looked at (${datesOf(seen)})`] : []),
    ...(before.length > 0
      ? [`seed ${seed} was counted with other sources or policies (${datesOf(before)})`]
      : []),
  ];
}

/**
 * Why seeds and traits are not fit to count on, one sentence each; empty when they are. What was counted under
 * the same sources and policies may be counted again: nothing new comes out.
 */
export function objections(
  ledger: readonly Looked[],
  { seeds, traits, under }: Pick<Looked, 'seeds' | 'traits'> & { under: Under },
): string[] {
  const looks = ledger.filter((entry) => entry.under === undefined);
  const counts = ledger.filter((entry) => entry.under !== undefined && !same(entry.under, under));
  return [
    ...seeds.flatMap((seed) => ofSeed(looks, counts, seed)),
    ...traits.flatMap((trait) => {
      const seen = looks.filter((entry) => entry.traits.includes(trait));
      return [
        ...(halfOfTrait(trait) === 'A' ? [`trait ${trait} is of the half to fit and to look at`] : []),
        ...(seen.length > 0 ? [`trait ${trait} was looked at (${datesOf(seen)})`] : []),
      ];
    }),
  ];
}

/** Throws where something is not fit to count on, unless `looked` says that this is known. */
export function refuseLooked(
  ledger: readonly Looked[],
  what: Pick<Looked, 'seeds' | 'traits'> & { under: Under },
  looked: boolean,
): string[] {
  const found = objections(ledger, what);
  if (found.length > 0 && !looked)
    throw new Error(
      `${found.join('; ')}. Count on others, or say --looked, which is printed with the figures.`,
    );
  return found;
}

/** Whether a count of these seeds stands in the ledger already. */
const stands = (ledger: readonly Looked[], seeds: readonly number[], under: Under): boolean =>
  seeds.every((seed) =>
    ledger.some((entry) => entry.under && same(entry.under, under) && entry.seeds.includes(seed)),
  );

/**
 * Asks whether the seeds may be counted, and writes down that they are, before a figure of them is known. Throws
 * as `refuseLooked` and `writeLooked` do; returns the objections that `looked` waived.
 */
export function claim(
  what: Pick<Looked, 'date' | 'seeds' | 'traits'> & { under: Under },
  looked: boolean,
  path: URL | string = LEDGER,
): string[] {
  const ledger = readLedger(path);
  const { date, seeds, under } = what;
  const known = refuseLooked(ledger, what, looked);
  if (!stands(ledger, seeds, under)) writeLooked({ date, purpose: COUNT, seeds, traits: [], under }, path);
  return known;
}
