/** `own.silicon`: cards that stand at one place of their model's spread, where chance puts fewer. */

import type { Learner } from '../../contracts/learner.ts';
import { sampleToFront, sequentialP } from '../../statistics/permutation.ts';
import { mulberry32 } from '../../statistics/prng.ts';
import { type Frame, frameOf, groupsBy, type SiliconRow } from './frame.ts';
import { densest, emptyGroup, fillGroup, membersOf } from './search.ts';

const DRAWS = 1_999;
/** Comparisons that the permutations of one group may cost. */
const EFFORT = 1.5e7;

type Key = (row: SiliconRow) => string | null;
/** Where one card may stand under several names. None of these is evidence; they only say where to look. */
const PLACES: Readonly<Record<string, Key>> = {
  account: (row) => `${row.class}\n${row.account_id}`,
  address: (row) => (row.block === null ? null : `${row.class}\n${row.block}`),
  host: (row) => (row.host === null ? null : `${row.class}\n${row.host}`),
  model: (row) => row.class,
};

interface Match {
  card: number;
  place: string;
  cards: number;
  searched: number;
  chance: number;
  /** Nats of the crowd beyond the search over all groups. */
  nats: number;
  p: number;
  odds: number;
  related: string[];
}

/** p-value of a group's size and most crowded place. */
type Chance = (size: number, observed: number) => number;

/**
 * Crowds of one group, the most crowded first, each tested against groups of as many chips drawn from all
 * models.
 */
function crowds(
  frame: Frame,
  cards: readonly number[],
  place: string,
  searches: number,
  chanceOf: Chance,
): Match[] {
  const found: Match[] = [];
  let left = [...cards];
  while (left.length >= 3) {
    const group = emptyGroup(left.length, frame.dims);
    const order = fillGroup(group, Uint32Array.from(left), frame.at, frame.error);
    const seed = densest(group);
    if (seed.nats < Math.log(searches)) break;
    const members = membersOf(group, seed);
    const inside = new Set(members.map(({ index }) => order[index]!));
    inside.add(order[seed.index]!);
    const p = chanceOf(left.length, seed.nats);
    if (p > 0.01) break;
    for (const { index, odds } of members) {
      const row = frame.rows[order[index]!]!;
      // A card that moved on is not at two places: others must have been there in the same days.
      const beside = members.filter(({ index: other }) => {
        const at = frame.rows[order[other]!]!;
        return at.device_id !== row.device_id && at.first_at < row.last_at && at.last_at > row.first_at;
      });
      if (beside.length < 2 || odds <= 0) continue;
      const related = [
        ...new Set(beside.map(({ index: other }) => frame.rows[order[other]!]!.device_id)),
      ].sort();
      const match = { card: order[index]!, place, p, odds, related: related.slice(0, 50) };
      const nats = seed.nats - Math.log(searches);
      found.push({ ...match, cards: members.length, searched: left.length, chance: seed.chance, nats });
    }
    left = left.filter((card) => !inside.has(card));
  }
  return found;
}

/**
 * How crowded groups of as many chips are, drawn from all models: each draw repeats the whole search. Draws
 * are made when first asked for.
 */
function nullOf(frame: Frame): (size: number, observed: number) => number {
  const kept = new Map<number, { draw(): number; values: number[]; most: number }>();
  const open = (size: number) => {
    const random = mulberry32(size);
    const group = emptyGroup(size, frame.dims);
    const drawn = new Uint32Array(size);
    const stock = frame.distinct.slice();
    const taken = Math.min(size, stock.length);
    const draw = () => {
      sampleToFront(stock, taken, random);
      for (let i = 0; i < size; i++) drawn[i] = stock[i % taken]!;
      fillGroup(group, drawn, frame.at, frame.error);
      return densest(group).nats;
    };
    return { draw, values: [], most: Math.min(DRAWS, Math.ceil(EFFORT / (size * Math.max(20, size / 8)))) };
  };
  return (size, observed) => {
    // Sizes rounded up by at most a quarter: larger groups crowd more, so the p-value errs upwards.
    const rounded =
      Math.ceil(size / 2 ** (Math.floor(Math.log2(size)) - 2)) * 2 ** (Math.floor(Math.log2(size)) - 2);
    const { draw, values, most } = kept.get(rounded) ?? kept.set(rounded, open(rounded)).get(rounded)!;
    return sequentialP(
      observed,
      (index) => {
        while (values.length <= index) values.push(draw());
        return values[index]!;
      },
      { most },
    );
  };
}

/**
 * Cards that may be compared: of one machine's cards with equal figures only one, since a benchmark may be
 * written once per card.
 */
function comparable(frame: Frame): number[] {
  const seen = new Set<string>();
  return frame.rows.flatMap(({ device_id, clock, compute, memory }, i) => {
    const name = `${device_id}\n${clock}\n${compute}\n${memory}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [i];
  });
}

export const learner: Learner = {
  name: 'silicon',
  reads: ['own.silicon_card'],
  columns: {
    device_id: 'VARCHAR',
    gpu_index: 'BIGINT',
    place: 'VARCHAR',
    cards: 'BIGINT',
    searched: 'BIGINT',
    chance: 'DOUBLE',
    nats: 'DOUBLE',
    p: 'DOUBLE',
    odds: 'DOUBLE',
    repeatability: 'DOUBLE',
    related: 'VARCHAR[]',
  },
  async fill({ tables, params, append }) {
    const { largest_group, sharp } = params as Readonly<Record<'largest_group' | 'sharp', number>>;
    const rows = await tables.rows<SiliconRow>(
      'SELECT * FROM own.silicon_card ORDER BY class, clock, compute, memory, device_id, gpu_index',
    );
    const frame = frameOf(rows);
    if (!frame || frame.sharpness < sharp) return;
    const all = comparable(frame);
    const best = new Map<number, Match>();
    const groups = Object.entries(PLACES).flatMap(([place, key]) =>
      groupsBy(all, (card) => key(frame.rows[card]!))
        .filter(([, { length }]) => length >= 3 && length <= largest_group)
        .map(([, members]) => ({ place, cards: members.map((i) => all[i]!) })),
    );
    const chanceOf = nullOf(frame);
    for (const { place, cards } of groups) {
      for (const match of crowds(frame, cards, place, groups.length, chanceOf)) {
        const known = best.get(match.card);
        if (!known || match.nats > known.nats) best.set(match.card, match);
      }
    }
    const least = Math.min(...frame.repeatability);
    const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
    await append(
      [...best.values()].map(({ card, place, cards, searched, chance, nats, p, odds, related }) => ({
        device_id: frame.rows[card]!.device_id,
        gpu_index: frame.rows[card]!.gpu_index,
        place,
        cards,
        searched,
        chance: round(chance, 3),
        nats: round(nats, 2),
        p: round(p, 5),
        odds: round(odds, 2),
        repeatability: round(least, 3),
        related,
      })),
    );
  },
};
