/**
 * Everything about a subject that is no evidence by itself: its ids, its place in files, how many rows it
 * has, what is missing, how long texts are, how common its values are, how many decimals its numbers have and
 * how large and how many they are, when its rows fall. Made from the contract, column by column, so that a new column is looked at by itself.
 */
import { type ColumnKind, columnsOf, type TableName } from '../../contracts/dataset.ts';
import type { Statistic } from '../../fixtures/worlds/grammar/trait.ts';

export type SubjectType = 'account' | 'device';

export interface LeakStatistic {
  /** As it is printed. */
  name: string;
  /** What a trait must claim to move it. Empty: no trait may. */
  claims: readonly Statistic[];
  /** Aggregate over the rows `t` of the subject. */
  sql: string;
}

/** Rows of a subject in a table: relation `t` with `subject`. */
interface Source {
  table: TableName;
  from: string;
  /** Columns by which the rows are found to be the subject's: who moves them moves all of this table. */
  by?: readonly Statistic[];
}

const OWNED = 'JOIN devices d USING (device_id)';
const DEVICE_TABLES = ['gpus', 'heartbeats', 'pings', 'benchmarks', 'rentals', 'shown_status'] as const;

/** Listings of other networks, by the uuid of a card. */
const LISTED = 'FROM listings x JOIN (SELECT DISTINCT gpu_uuid, device_id FROM gpus) g USING (gpu_uuid)';

const SOURCES: Readonly<Record<SubjectType, readonly Source[]>> = {
  account: [
    ...(['accounts', 'devices', 'engagement', 'points'] as const).map((table) => ({
      table,
      from: `SELECT *, account_id AS subject FROM ${table}`,
    })),
    ...DEVICE_TABLES.map((table) => ({
      table,
      from: `SELECT x.*, d.account_id AS subject FROM ${table} x ${OWNED}`,
    })),
    {
      table: 'transfers',
      from: `SELECT x.*, a.account_id AS subject FROM transfers x JOIN accounts a ON a.wallet = x.from_wallet
             UNION ALL
             SELECT x.*, a.account_id AS subject FROM transfers x JOIN accounts a ON a.wallet = x.to_wallet`,
    },
    {
      table: 'listings',
      from: `SELECT x.*, d.account_id AS subject ${LISTED} JOIN devices d USING (device_id)`,
      by: ['gpus.gpu_uuid'],
    },
    {
      table: 'community_reports',
      from: `SELECT *, subject_id AS subject FROM community_reports WHERE subject_type = 'account'
             UNION ALL
             SELECT x.*, d.account_id AS subject FROM community_reports x JOIN devices d ON d.device_id = x.subject_id`,
    },
  ],
  device: [
    ...(['devices', ...DEVICE_TABLES] as const).map((table) => ({
      table,
      from: `SELECT *, device_id AS subject FROM ${table}`,
    })),
    {
      table: 'accounts',
      from: `SELECT a.*, d.device_id AS subject FROM accounts a
             JOIN (SELECT device_id, account_id FROM devices) d USING (account_id)`,
    },
    {
      table: 'listings',
      from: `SELECT x.*, g.device_id AS subject ${LISTED}`,
      by: ['gpus.gpu_uuid'],
    },
    {
      table: 'community_reports',
      from: "SELECT *, subject_id AS subject FROM community_reports WHERE subject_type = 'device'",
    },
  ],
};

/** Texts of which many rows share a value. */
const COMMON = new Set([
  ...[
    'country',
    'user_agent',
    'gpu_model',
    'os',
    'driver_version',
    'cpu_model',
    'hypervisor',
    'agent_version',
  ],
  ...[
    'name',
    'vbios_version',
    'gpu_part_number',
    'pci_subsystem_id',
    'virtualization_mode',
    'status',
    'kind',
  ],
]);
/** Texts of characters that mean nothing. */
const IDS = new Set([
  'account_id',
  'device_id',
  'benchmark_id',
  'rental_id',
  'gpu_uuid',
  'boot_id',
  'machine_id',
]);

/** In other tables these repeat whose row it is. */
const OWNERS = new Set(['account_id', 'device_id', 'subject_id']);

/** The mean code of its characters: ids of one generator differ by chance alone. */
const codes = (column: string) =>
  `avg(list_avg(list_transform(string_split(t."${column}", ''), lambda c: ascii(c))))`;

const hour = (column: string) => `(t."${column}" / 3600000.0) % 24`;

/** What is looked at in a column, by its kind. `#` forms are the vocabulary of `Statistic`. */
function ofColumn(table: TableName, column: string, kind: ColumnKind, frequent: boolean): LeakStatistic[] {
  const value = `${table}.${column}` as Statistic;
  // Of more rows the first is earlier and more values differ.
  const rows: Statistic = `rows.${table}`;
  const form = (suffix: string) => `${value}#${suffix}` as Statistic;
  const c = `t."${column}"`;
  const found: LeakStatistic[] = [
    { name: `${value} missing`, claims: [value], sql: `avg((${c} IS NULL)::INT)` },
  ];
  if (kind === 'text') {
    found.push({ name: form('length'), claims: [value, form('length')], sql: `avg(length(${c}))` });
    if (!frequent || COMMON.has(column))
      found.push({
        name: form('count'),
        claims: [form('count'), rows],
        sql: `count(DISTINCT coalesce(${c}, ''))`,
      });
    if (IDS.has(column) && !frequent)
      found.push({ name: `${value} characters`, claims: [], sql: codes(column) });
    if (COMMON.has(column))
      found.push({ name: `${value} commonness`, claims: [value], sql: `avg(t."${column}/common")` });
  }
  if (kind === 'float' || kind === 'decimal')
    found.push({
      name: `${value} decimals`,
      claims: [value],
      sql: `avg(CASE WHEN ${c} = round(${c}, 0) THEN 0 WHEN ${c} = round(${c}, 1) THEN 1 ELSE 2 END)`,
    });
  if (kind === 'int' || kind === 'float' || kind === 'decimal')
    found.push(
      { name: `${value} mean`, claims: [value], sql: `avg(${c})` },
      { name: `${value} distinct`, claims: [value, form('count'), rows], sql: `count(DISTINCT ${c})` },
    );
  if (kind === 'boolean') found.push({ name: `${value} mean`, claims: [value], sql: `avg(${c}::INT)` });
  if (kind === 'time')
    found.push(
      { name: `${value} first`, claims: [value, form('time'), rows], sql: `min(${c})` },
      { name: `${value} last`, claims: [value, form('time'), rows], sql: `max(${c})` },
      { name: `${value} hour`, claims: [value, form('time')], sql: `avg(cos(0.2618 * (${hour(column)})))` },
    );
  return found;
}

const FREQUENT: ReadonlySet<TableName> = new Set(['heartbeats', 'pings', 'shown_status']);

export function statisticsOf(table: TableName, subject: SubjectType): LeakStatistic[] {
  const own = table === `${subject}s`;
  const columns = columnsOf(table).filter(
    ({ name }) => !OWNERS.has(name) || table === `${name.slice(0, -3)}s`,
  );
  return [
    own
      ? { name: `${table} position`, claims: [], sql: 'min(t.position)' }
      : { name: `rows.${table}`, claims: [`rows.${table}`], sql: 'count(*)' },
    ...columns.flatMap(({ name, kind }) => ofColumn(table, name, kind, FREQUENT.has(table))),
  ];
}

export interface LeakQuery {
  statistics: readonly LeakStatistic[];
  /** One row for each subject with rows: `subject`, then the statistics as `s0`, `s1`, … */
  sql: string;
}

/** One query for each table in which a subject has rows. */
export function leakQueries(subject: SubjectType): LeakQuery[] {
  return SOURCES[subject].map(({ table, from, by = [] }) => {
    const statistics = statisticsOf(table, subject).map((one) => ({
      ...one,
      claims: [...one.claims, ...by],
    }));
    const common = columnsOf(table).filter(({ name, kind }) => kind === 'text' && COMMON.has(name));
    const shares = common.map(
      ({ name }) => `count(*) OVER (PARTITION BY "${name}") / count(*) OVER () AS "${name}/common"`,
    );
    return {
      statistics,
      sql: `SELECT t.subject, ${statistics.map(({ sql }, i) => `(${sql})::DOUBLE AS s${i}`).join(', ')}
            FROM (SELECT ${['*', ...shares].join(', ')} FROM (${from})) t GROUP BY t.subject`,
    };
  });
}
