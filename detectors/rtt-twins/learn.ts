/**
 * `own.rtt_room`: machines whose round trips and losses follow one room's uplink though their addresses are
 * in different networks.
 */
import type { Learner, LearnTables } from '../../contracts/learner.ts';
import { findGroups, type Mover } from '../../statistics/co-movement.ts';
import { ABSENT, stored } from '../../statistics/gapped-series.ts';
import { normalTailNats } from '../../statistics/normal.ts';

/** The numbers of `params` in detector.ts that the learner reads. */
type Bounds = Readonly<Record<'least_spans' | 'day_bins' | 'per_account', number>>;

/**
 * Machines with enough spans in each half of the days; so many of one account, since a big holder's hall says
 * nothing about others.
 */
const machinesSql = ({ least_spans, day_bins, per_account }: Bounds) => `
  SELECT device_id, account_id, country, placed, networks, organisations FROM (
    SELECT m.*, row_number() OVER (PARTITION BY m.account_id ORDER BY m.device_id) AS i
    FROM own.ping_machine m WHERE m.device_id IN (
      SELECT device_id FROM own.ping_residual GROUP BY device_id
      HAVING count(*) FILTER (WHERE slot * width // ${day_bins} % 2 = 0) >= ${least_spans}
        AND count(*) FILTER (WHERE slot * width // ${day_bins} % 2 = 1) >= ${least_spans})
  ) WHERE i <= ${per_account} ORDER BY device_id`;

/** Each slot's half of the days and its place in it. */
const residualsSql = (bounds: Bounds) => `
  SELECT m.machine::INTEGER, s.half::INTEGER, s.place::INTEGER, r.residual
  FROM own.ping_residual r
  JOIN (SELECT device_id, row_number() OVER (ORDER BY device_id) - 1 AS machine FROM (${machinesSql(bounds)})) m
    ON m.device_id = r.device_id
  JOIN (SELECT slot, half, row_number() OVER (PARTITION BY half ORDER BY slot) - 1 AS place
    FROM (SELECT DISTINCT slot, slot * width // ${bounds.day_bins} % 2 AS half FROM own.ping_residual)) s ON s.slot = r.slot`;

interface Machine {
  device_id: string;
  account_id: string;
  country: string | null;
  placed: boolean;
  networks: string[];
  organisations: number[];
}

async function readLines(
  tables: LearnTables,
  bounds: Bounds,
  machines: readonly Machine[],
): Promise<Mover[]> {
  const { even, odd } = await tables.row<{ even: number; odd: number }>(
    `SELECT count(DISTINCT slot) FILTER (WHERE slot * width // ${bounds.day_bins} % 2 = 0) AS even,
       count(DISTINCT slot) FILTER (WHERE slot * width // ${bounds.day_bins} % 2 = 1) AS odd
     FROM own.ping_residual`,
  );
  const lengths = [even, odd] as const;
  const halves = lengths.map((length) => new Int8Array(length * machines.length).fill(ABSENT));
  for await (const { columns, rowCount } of tables.stream<[number, number, number, number]>(
    residualsSql(bounds),
  )) {
    const [machine, half, place, residual] = columns;
    for (let i = 0; i < rowCount; i++) {
      const side = half[i]!;
      halves[side]![machine[i]! * lengths[side]! + place[i]!] = stored(residual[i]!);
    }
  }
  const of = (side: 0 | 1, i: number) => halves[side]!.subarray(i * lengths[side], (i + 1) * lengths[side]);
  return machines.map(({ account_id, networks, organisations }, i) => ({
    owner: account_id,
    ties: new Set([...networks, ...organisations.map((asn) => `as${asn}`)]),
    found: of(1, i),
    tested: of(0, i),
  }));
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

export const learner: Learner = {
  name: 'rtt_room',
  reads: ['own.ping_machine', 'own.ping_residual'],
  columns: {
    device_id: 'VARCHAR',
    account_id: 'VARCHAR',
    country: 'VARCHAR',
    placed: 'BOOLEAN',
    room: 'VARCHAR',
    spans: 'BIGINT',
    z: 'DOUBLE',
    z_low: 'DOUBLE',
    nats: 'DOUBLE',
    measured: 'BIGINT',
  },
  async fill({ tables, params, append }) {
    const bounds = params as Bounds;
    const machines = await tables.rows<Machine>(machinesSql(bounds));
    if (machines.length < 8) return;
    const members = findGroups(await readLines(tables, bounds, machines));
    const names = new Map<number, string>();
    for (const { index, group } of members) {
      const { device_id } = machines[index]!;
      const name = names.get(group);
      if (name === undefined || device_id < name) names.set(group, device_id);
    }
    const measured = new Set(machines.map(({ account_id }) => account_id)).size;
    const rows = members.map(({ index, group, spans, z, zLow }) => {
      const { device_id, account_id, country, placed } = machines[index]!;
      const nats = Math.max(0, normalTailNats(z) - Math.log(machines.length));
      return {
        device_id,
        account_id,
        country,
        placed,
        room: names.get(group)!,
        spans,
        z: round(z),
        z_low: round(zLow),
        nats: round(nats),
        measured,
      };
    });
    await append(rows);
  },
};
