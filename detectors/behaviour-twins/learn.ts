/**
 * `own.behaviour_twin`: accounts whose days deviate from everybody's in the same way, by what an autoencoder
 * of all days leaves over.
 */

import type { Learner, LearnTables } from '../../contracts/learner.ts';
import { findGroups, type Member, type Mover } from '../../statistics/co-movement.ts';
import { evenlySpaced } from '../../statistics/dense-net.ts';
import { correlation, meanSeries, stored } from '../../statistics/gapped-series.ts';
import { unexplained } from './autoencoder.ts';

const HOURS = 24;
const CHANNELS = ['present', 'load', 'actions'] as const;
const WIDTH = HOURS * CHANNELS.length;
const SEED = 17;
/** Digits that survive: what the last bits of a back end do decides nothing. */
const DIGITS = 1000;

/** Neighbouring hours say much the same: a third of the numbers count as independent. */
const INDEPENDENT = WIDTH / 3;
/** How many others are asked how close they are to a team. */
const ASKED = 2000;

const PROFILES = `SELECT a.account::INTEGER, p.half::INTEGER, p.hour::INTEGER, p.present, p.load, p.actions
  FROM own.activity_profile p
  JOIN (SELECT account_id, row_number() OVER (ORDER BY account_id) - 1 AS account FROM (SELECT DISTINCT account_id FROM own.activity_profile)) a
    ON a.account_id = p.account_id`;

/** Two rows per account, the even days' first: presence, load and actions of each hour. */
async function readProfiles(tables: LearnTables, accounts: number): Promise<Float32Array> {
  const rows = new Float32Array(2 * accounts * WIDTH);
  for await (const { columns, rowCount } of tables.stream<[number, number, number, ...number[]]>(PROFILES)) {
    const [account, half, hour, ...values] = columns;
    for (let i = 0; i < rowCount; i++) {
      const row = (2 * account[i]! + half[i]!) * WIDTH + hour[i]!;
      for (const [channel, column] of values.entries()) rows[row + channel * HOURS] = column[i]!;
    }
  }
  return rows;
}

/**
 * Each column less its mean, in its standard deviations, at most four; a column that never changes is 0. In
 * place.
 */
function standardise(rows: Float32Array): void {
  const count = rows.length / WIDTH;
  for (let column = 0; column < WIDTH; column++) {
    let [sum, square] = [0, 0];
    for (let i = column; i < rows.length; i += WIDTH) {
      sum += rows[i]!;
      square += rows[i]! ** 2;
    }
    const mean = sum / count;
    const deviation = Math.sqrt(Math.max(0, square / count - mean * mean));
    for (let i = column; i < rows.length; i += WIDTH)
      rows[i] = deviation > 1e-6 ? Math.max(-4, Math.min(4, (rows[i]! - mean) / deviation)) : 0;
  }
}

/**
 * How much closer each member is to its team than people outside are, in standard deviations (Fisher's z):
 * many share hours by custom, and shade into each other; twins stand apart from everybody.
 */
function apart(days: readonly Mover[], members: readonly Member[], closer: number): number[] {
  const teams = new Map<number, Member[]>();
  for (const member of members) teams.set(member.group, [...(teams.get(member.group) ?? []), member]);
  const asked = evenlySpaced(days.length, ASKED);
  const fisher = (r: number) => Math.atanh(Math.max(-0.99, Math.min(0.99, r)));
  return members.map(({ index, group }) => {
    const team = teams.get(group)!;
    const inside = new Set(team.map((member) => member.index));
    const mean = meanSeries(
      [...inside].filter((other) => other !== index).map((other) => days[other]!.tested),
      1,
    );
    const others = asked
      .filter((i) => !inside.has(i))
      .map((i) => correlation(days[i]!.tested, mean).r)
      .sort((a, b) => b - a);
    const near = others[Math.floor(closer * others.length)] ?? 1;
    return (fisher(correlation(days[index]!.tested, mean).r) - fisher(near)) * Math.sqrt(INDEPENDENT - 3);
  });
}

export const learner: Learner = {
  name: 'behaviour_twin',
  reads: ['own.activity_profile'],
  columns: { account_id: 'VARCHAR', team: 'VARCHAR', z: 'DOUBLE', measured: 'BIGINT' },
  async fill({ tables, params, backend, append }) {
    const ids = await tables.rows<{ account_id: string }>(
      'SELECT DISTINCT account_id FROM own.activity_profile ORDER BY account_id',
    );
    const { population, closer_share } = params as Readonly<Record<'population' | 'closer_share', number>>;
    if (ids.length < population) return;
    const rows = await readProfiles(tables, ids.length);
    standardise(rows);
    const { tf } = await backend();
    const left = unexplained(tf, rows, WIDTH, SEED);
    standardise(left);
    const row = (i: number) =>
      Int8Array.from(left.subarray(i * WIDTH, (i + 1) * WIDTH), (value) =>
        stored(Math.round(value * DIGITS) / DIGITS),
      );
    const none: ReadonlySet<string> = new Set();
    const days = ids.map(
      ({ account_id }, i): Mover => ({
        owner: account_id,
        ties: none,
        found: row(2 * i + 1),
        tested: row(2 * i),
      }),
    );
    const members = findGroups(days);
    const names = new Map<number, string>();
    for (const { index, group } of members) {
      const id = ids[index]!.account_id;
      const name = names.get(group);
      if (name === undefined || id < name) names.set(group, id);
    }
    const ahead = apart(days, members, closer_share);
    await append(
      members.map(({ index, group, z: alone }, i) => ({
        account_id: ids[index]!.account_id,
        team: names.get(group)!,
        z: Math.round(Math.min(alone, ahead[i]!) * 100) / 100,
        measured: ids.length,
      })),
    );
  },
};
