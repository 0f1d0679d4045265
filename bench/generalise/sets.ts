/** The sets of worlds that the bench makes, by its command line. */
import { KINDS } from '../../fixtures/worlds/grammar/honest/catalogue.ts';
import type { Kind } from '../../fixtures/worlds/grammar/honest/kind.ts';
import type { CellPlan, Limits } from '../worlds/cells.ts';
import { positive } from '../worlds/plan.ts';
import { kindBatches } from './kind-batches.ts';
import { seedsOf } from './split.ts';
import { traitsOf } from './traits.ts';

export const setFlags = {
  /** Worlds of half A to fit on, of half B to count on, and of half B with all traits. */
  fit: { type: 'string', default: '2' },
  count: { type: 'string', default: '2' },
  all: { type: 'string', default: '2' },
  first: { type: 'string', default: '1' },
  accounts: { type: 'string', default: '2000' },
  days: { type: 'string', default: '7' },
  interval: { type: 'string', default: '1800' },
  /** Shares of Sybil accounts, and of fakes of one model, with a world for each. */
  rates: { type: 'string', default: '' },
  majority: { type: 'string', default: '' },
  /** Honest accounts at least, in worlds with nobody bad. */
  honest: { type: 'string', default: '0' },
} as const;

export type SetFlags = Record<keyof typeof setFlags, string>;

/** Where and with what the cells are made. */
export interface Making {
  work: string;
  limits: Limits;
}

type Draw = NonNullable<CellPlan['draw']>;

export interface WorldSet {
  name: string;
  seeds: number[];
  draw: Draw;
  /** Kinds of honest people by seed, in the order of `seeds`; undefined for all. */
  kinds?: readonly (readonly string[] | undefined)[];
}

/** The options of the world of one seed of a set. */
export function drawOf(
  { seeds, draw, kinds }: Pick<WorldSet, 'seeds' | 'draw' | 'kinds'>,
  seed: number,
): Draw {
  const of = kinds?.[seeds.indexOf(seed)];
  return of ? { ...draw, kinds: of } : draw;
}

const whole = (text: string, name: string): number => {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 0))
    throw new Error(`expected a whole number in ${name}, got ${text}`);
  return value;
};

const shares = (text: string, name: string): number[] =>
  text
    .split(',')
    .filter((one) => one !== '')
    .map((one) => {
      const value = positive(one, name);
      if (value >= 1) throw new Error(`expected shares below 1 in ${name}, got ${one}`);
      return value;
    });

/** The kinds of each world with nobody bad; undefined for all kinds. As many worlds as hold the accounts. */
function honestKinds(honest: number, accounts: number, each: boolean): (string[] | undefined)[] {
  if (!each || honest === 0) return Array.from({ length: Math.ceil(honest / accounts) }, () => undefined);
  const kinds = Object.entries<Kind>(KINDS).map(([id, { perThousand, machines }]) => ({
    id,
    perThousand,
    machines,
  }));
  return kindBatches(kinds, honest / kinds.length, accounts);
}

/**
 * Traits of half B are withheld where is fitted, those of half A where is counted. With `each` the honest are
 * equally many of each kind, and more than asked for by the world in which a kind comes to be enough.
 */
export function setsOf(flags: SetFlags, each = false): WorldSet[] {
  const first = positive(flags.first, '--first');
  const accounts = positive(flags.accounts, '--accounts');
  const draw: Draw = {
    accounts,
    days: positive(flags.days, '--days'),
    intervalS: positive(flags.interval, '--interval'),
  };
  const count = whole(flags.count, '--count');
  const all = whole(flags.all, '--all');
  const taken = seedsOf('B', first, count + all);
  const rates = shares(flags.rates, '--rates');
  const majorities = shares(flags.majority, '--majority');
  const kinds = honestKinds(whole(flags.honest, '--honest'), accounts, each);
  const more = seedsOf('B', (taken.at(-1) ?? first - 1) + 1, rates.length + majorities.length + kinds.length);
  return [
    {
      name: 'fit',
      seeds: seedsOf('A', first, whole(flags.fit, '--fit')),
      draw: { ...draw, holdOut: traitsOf('B') },
    },
    { name: 'count', seeds: taken.slice(0, count), draw: { ...draw, holdOut: traitsOf('A') } },
    { name: 'all', seeds: taken.slice(count), draw },
    ...rates.map((sybilShare, k) => ({
      name: `sybils-${sybilShare}`,
      seeds: more.slice(k, k + 1),
      draw: { ...draw, sybilShare },
    })),
    ...majorities.map((majority, k) => ({
      name: `majority-${majority}`,
      seeds: more.slice(rates.length + k, rates.length + k + 1),
      draw: { ...draw, majority },
    })),
    {
      name: 'honest',
      seeds: more.slice(rates.length + majorities.length),
      kinds,
      draw: { ...draw, sybilShare: 0, fakeShare: 0, framers: 0 },
    },
  ].filter(({ seeds }) => seeds.length > 0);
}
