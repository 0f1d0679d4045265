/**
 * The ledger of what was looked at. Whoever has seen which operators of a seed were missed, or has mended
 * something for a trait, cannot be surprised by them any more: they are good for fitting, not for counting.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { halfOfSeed, halfOfTrait } from './split.ts';

export interface Looked {
  /** ISO day. */
  date: string;
  /** What it was looked at for. */
  purpose: string;
  seeds: number[];
  traits: string[];
}

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

/** Why seeds and traits are not fit to count on, one sentence each; empty when they are. */
export function objections(
  ledger: readonly Looked[],
  { seeds, traits }: Pick<Looked, 'seeds' | 'traits'>,
): string[] {
  const when = (of: (entry: Looked) => boolean) => ledger.filter(of).map(({ date }) => date);
  const seen = (name: string, dates: readonly string[]) =>
    dates.length === 0 ? [] : [`${name} was looked at (${dates.join(', ')})`];
  return [
    ...seeds.flatMap((seed) => [
      ...(halfOfSeed(seed) === 'A' ? [`seed ${seed} is of the half to fit and to look at`] : []),
      ...seen(
        `seed ${seed}`,
        when((entry) => entry.seeds.includes(seed)),
      ),
    ]),
    ...traits.flatMap((trait) => [
      ...(halfOfTrait(trait) === 'A' ? [`trait ${trait} is of the half to fit and to look at`] : []),
      ...seen(
        `trait ${trait}`,
        when((entry) => entry.traits.includes(trait)),
      ),
    ]),
  ];
}

/** Throws where something is not fit to count on, unless `looked` says that this is known. */
export function refuseLooked(
  ledger: readonly Looked[],
  what: Pick<Looked, 'seeds' | 'traits'>,
  looked: boolean,
): string[] {
  const found = objections(ledger, what);
  if (found.length > 0 && !looked)
    throw new Error(
      `${found.join('; ')}. Count on others, or say --looked, which is printed with the figures.`,
    );
  return found;
}
