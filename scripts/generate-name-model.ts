/**
 * The character model of personal names behind `mail-pattern`: fixtures/catalog/name_trigrams.csv. Letters of
 * given names and surnames of many locales, each locale with the same say, so that no language is the measure
 * of another.
 */
import { allLocales } from '@faker-js/faker';
import { dictionary } from '@zxcvbn-ts/language-en';
import { ASIAN_NAMES, toLatin } from './romanise.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Occurrences that a longer context needs before it outweighs a shorter one by two to one. */
const BACKOFF = 4;
/** Names of a locale together count as this many; small lists do not become certain of their letters. */
const SAY = 20_000;
/** Keys that lie side by side: rows and the columns of a QWERTY board, both ways, and one key held down. */
const WALKS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qazwsxedcrfvtgbyhnujmik'];

type Counts = Map<string, number>;
const at = (counts: Counts, key: string): number => counts.get(key) ?? 0;
const add = (counts: Counts, key: string, by: number): void => {
  counts.set(key, at(counts, key) + by);
};

/** All strings within a value of unknown nesting. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

const words = (names: readonly string[]): string[] => {
  const parts = names.flatMap((name) => toLatin(name).split(/[^a-z]+/));
  return [...new Set(parts)].filter((word) => word.length >= 2 && word.length <= 16).sort();
};

/** Lists of names, one per locale. Locales whose script is not romanised here leave no words and drop out. */
function corpora(): string[][] {
  const lists = Object.keys(allLocales)
    .sort()
    .map((locale) => {
      const person = allLocales[locale as keyof typeof allLocales].person;
      return words([...strings(person?.first_name), ...strings(person?.last_name)]);
    });
  const english = ['firstnames-en', 'lastnames-en', 'commonWords-en'] as const;
  lists.push(...english.map((name) => words(dictionary[name].slice(0, 30_000).map(String))));
  return [...lists, ...ASIAN_NAMES.map(words)].filter((list) => list.length >= 30);
}

function count(lists: readonly (readonly string[])[]): Counts {
  const counts: Counts = new Map();
  for (const list of lists) {
    const letters = list.reduce((sum, word) => sum + word.length, 0);
    const weight = SAY / letters;
    for (const word of list) {
      const padded = `^^${word}`;
      for (let i = 2; i < padded.length; i++) {
        for (const from of [i - 2, i - 1, i]) {
          add(counts, padded.slice(from, i + 1), weight);
          add(counts, `${padded.slice(from, i)}*`, weight);
        }
      }
    }
  }
  return counts;
}

/** P(letter | context), each context smoothed by the next shorter one; without context by equal letters. */
function probability(counts: Counts, context: string, letter: string): number {
  const shorter = context === '' ? 1 / LETTERS.length : probability(counts, context.slice(1), letter);
  return (at(counts, context + letter) + BACKOFF * shorter) / (at(counts, `${context}*`) + BACKOFF);
}

const reversed = (text: string): string => [...text].reverse().join('');
const isWalk = (trigram: string): boolean =>
  trigram === trigram[0]!.repeat(3) ||
  WALKS.some((row) => row.includes(trigram) || row.includes(reversed(trigram)));

/**
 * One row per three letters (`^` before the first): minus a hundred times the natural logarithm of the last
 * one's probability.
 */
export function nameModelFiles(): Map<string, string> {
  const counts = count(corpora());
  const contexts = ['^^'];
  for (const a of LETTERS) contexts.push(`^${a}`, ...[...LETTERS].map((b) => a + b));
  const rows = contexts.sort().flatMap((context) =>
    [...LETTERS].map((letter) => {
      const centinats = Math.round(-100 * Math.log(probability(counts, context, letter)));
      return `${context}${letter},${centinats},${isWalk(context + letter) ? 1 : 0}`;
    }),
  );
  return new Map([['fixtures/catalog/name_trigrams.csv', `trigram,centinats,walk\n${rows.join('\n')}\n`]]);
}
