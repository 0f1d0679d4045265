/** The statistics that know a trait best, by trait; the best of each counts. */
import type { CardTraitId } from '../../../fixtures/worlds/grammar/cards/catalogue.ts';
import type { TraitId } from '../../../fixtures/worlds/grammar/trait.ts';
import type { Oracle } from '../oracle-areas.ts';
import { INVENTORY_ORACLES } from './inventory.ts';
import { host, image, power, schedule, slice, software } from './machines.ts';
import { exchange, funder, renter, wallet } from './money.ts';
import { guide, mail, occasion, referrer, worker } from './people.ts';
import { exit, line, room } from './places.ts';
import { RUN_ORACLES, SHARED_SILICON, silicon } from './runs.ts';
import { SENSOR_ORACLES, SHARED_SENSORS, TURNS } from './sensors.ts';
import { LIE_ORACLES } from './silence.ts';
import type { Statistic } from './statistic.ts';

export const ACCOUNT_ORACLES: Readonly<Record<TraitId, readonly Statistic[]>> = {
  room,
  line,
  exit,
  host,
  slice,
  image,
  software,
  schedule,
  power,
  occasion,
  mail,
  referrer,
  guide,
  worker,
  wallet,
  funder,
  exchange,
  renter,
};

export const CARD_ORACLES: Readonly<Record<CardTraitId, readonly Statistic[]>> = {
  'card.executes.rig': [...SHARED_SILICON, ...SHARED_SENSORS],
  'card.executes.turns': [...TURNS, silicon],
  'card.executes.sequence': [...TURNS, silicon],
  ...RUN_ORACLES,
  ...INVENTORY_ORACLES,
  ...SENSOR_ORACLES,
};

export const ORACLES: readonly Oracle[] = [
  ...Object.entries(ACCOUNT_ORACLES).map(([trait, statistics]) => ({
    trait,
    subject: 'account' as const,
    statistics,
  })),
  ...Object.entries({ ...CARD_ORACLES, ...LIE_ORACLES }).map(([trait, statistics]) => ({
    trait,
    subject: 'device' as const,
    statistics,
  })),
];

/** Moves of framers leave traces on a victim, not among fellows: their bench is `bench/framing`. */
const OF_FRAMERS = /^framing\./;

/** Throws for a trait that no oracle knows: nobody could say whether it can be found at all. */
export function checkComplete(traits: readonly string[]): void {
  const known = new Set(ORACLES.map(({ trait }) => trait));
  const open = traits.filter((trait) => !known.has(trait) && !OF_FRAMERS.test(trait));
  if (open.length > 0) throw new Error(`these traits have no oracle: ${open.join(', ')}`);
}
