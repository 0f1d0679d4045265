/**
 * The dataset contract, version 1.1: every table that a dataset may hold, its columns, keys and units.
 * This file is the single source of table definitions: ingest validates by it, the warehouse builds its
 * schema from it, the detectors' cases are typed by it, and the JSON Schema that others validate against is
 * printed from it.
 */
import { z } from 'zod';

/** How a column is stored. Times are UTC epoch milliseconds (BIGINT) everywhere behind ingest. */
export type ColumnKind = 'text' | 'int' | 'float' | 'decimal' | 'boolean' | 'time';

export interface ColumnMeta {
  kind: ColumnKind;
  /** True when a row without this value is rejected. */
  required: boolean;
  /** True when the column is part of the table's key. */
  key: boolean;
  /**
   * True when nothing may stand here (1.1: unknown) and an unreadable value still rejects the row. The column
   * may be absent; detectors that ask it do not run on rows without a value.
   */
  unknownAllowed?: boolean;
  /** What an empty field stands for, where the contract names one (`gpu_index` 0, `measured_by` machine). */
  fallback?: string | number;
  /**
   * A closed list of words, where the contract has one. Other words are loaded as NULL only if not required.
   */
  oneOf?: readonly string[];
  description: string;
}

/** DuckDB type of each kind. Decimals keep six places, as the contract's points do. */
export const SQL_TYPE: Readonly<Record<ColumnKind, string>> = {
  text: 'VARCHAR',
  int: 'BIGINT',
  float: 'DOUBLE',
  decimal: 'DECIMAL(38,6)',
  boolean: 'BOOLEAN',
  time: 'BIGINT',
};

const VALUE = {
  text: z.string(),
  int: z.number().int().safe(),
  float: z.number(),
  decimal: z.number(),
  boolean: z.boolean(),
  time: z.number().int().safe(),
} as const satisfies Record<ColumnKind, z.ZodType>;

type Extra = Partial<Pick<ColumnMeta, 'fallback' | 'oneOf' | 'unknownAllowed'>>;
type Value<K extends ColumnKind> = (typeof VALUE)[K];
type Optional<K extends ColumnKind> = z.ZodOptional<z.ZodNullable<Value<K>>>;

/**
 * A column's schema carrying its metadata. The casts restate what zod's chained types lose on a generic kind.
 */
function column<K extends ColumnKind>(kind: K, meta: Omit<ColumnMeta, 'kind'>): Value<K> {
  return VALUE[kind].meta({ kind, ...meta }) as unknown as Value<K>;
}

function nullable<K extends ColumnKind>(kind: K, meta: Omit<ColumnMeta, 'kind'>): Optional<K> {
  const schema: z.ZodType = VALUE[kind];
  return schema
    .nullable()
    .optional()
    .meta({ kind, ...meta }) as unknown as Optional<K>;
}

function optional<K extends ColumnKind>(kind: K, description: string, extra: Extra = {}) {
  return nullable(kind, { required: false, key: false, description, ...extra });
}

function required<K extends ColumnKind>(kind: K, description: string, extra: Extra = {}) {
  return column(kind, { required: true, key: false, description, ...extra });
}

/**
 * A value that every row should have and that a source may not know: empty is NULL, unreadable rejects the
 * row.
 */
function knowable<K extends ColumnKind>(kind: K, description: string) {
  return optional(kind, description, { unknownAllowed: true });
}

function key<K extends ColumnKind>(kind: K, description: string) {
  return column(kind, { required: true, key: true, description });
}

/** A key column that a dataset may leave out; absent values compare equal to each other. */
function optionalKey<K extends ColumnKind>(kind: K, description: string) {
  return nullable(kind, { required: false, key: true, description });
}

export const TABLES = {
  accounts: z.object({
    account_id: key('text', 'the points account'),
    email: optional('text', 'as registered, exact bytes'),
    created_at: knowable('time', 'when the network opened the account; NULL = unknown (1.1)'),
    signup_ip: optional('text', 'address of the registration'),
    wallet: optional('text', 'payout wallet'),
    wallet_set_at: optional('time', 'when this wallet was bound to the account (1.1)'),
    referrer_id: optional('text', 'account_id of the referrer'),
    country: optional('text', 'ISO 3166-1 alpha-2'),
    user_agent: optional('text', 'browser of the registration'),
    house: optional('boolean', 'declared team-owned'),
    affiliation: optional('text', 'team, investor, partner; NULL = none'),
  }),
  devices: z.object({
    device_id: key('text', 'the registered machine'),
    account_id: required('text', 'its owner'),
    registered_at: knowable('time', 'when the network registered it; NULL = unknown (1.1)'),
    gpu_model: required('text', 'claimed model, as nvidia-smi prints it'),
    gpu_count: knowable('int', 'claimed number of cards; NULL = unknown (1.1)'),
    machine_id: optional('text', '/etc/machine-id or its like'),
    hostname: optional('text', 'host name'),
    os: optional('text', 'operating system'),
    driver_version: optional('text', 'nvidia-smi driver_version'),
    cpu_model: optional('text', 'CPU model name'),
    hypervisor: optional('text', 'none, kvm, vmware, …'),
    image_id: optional('text', 'machine image'),
    agent_version: optional('text', 'version of the network client'),
    net_up_mbps: optional('float', 'upload rating, Mbit/s'),
    net_down_mbps: optional('float', 'download rating, Mbit/s'),
  }),
  gpus: z.object({
    device_id: key('text', 'the machine that reports the card'),
    gpu_index: optionalKey(
      'int',
      'nvidia-smi index; absent = gpu_uuid, else pci_bus_id, takes its place (1.1)',
    ),
    seen_at: optionalKey('time', 'when this inventory was taken; absent = at registration'),
    gpu_uuid: optional('text', 'nvidia-smi gpu_uuid'),
    serial: optional('text', 'nvidia-smi serial, of the board: two chips on one board share it'),
    gpu_part_number: optional('text', 'nvidia-smi gpu_part_number'),
    pci_bus_id: optional('text', 'nvidia-smi pci.bus_id'),
    pci_device_id: optional('text', 'vendor:device, 10de:2684'),
    pci_subsystem_id: optional('text', 'nvidia-smi pci.sub_device_id'),
    name: optional('text', 'nvidia-smi name'),
    memory_total_mib: optional('int', 'nvidia-smi memory.total'),
    vbios_version: optional('text', 'nvidia-smi vbios_version'),
    mig_profile: optional('text', 'MIG profile; NULL when whole'),
    virtualization_mode: optional('text', 'as nvidia-smi prints: None, Pass-Through, VGPU, …'),
  }),
  heartbeats: z.object({
    device_id: required('text', 'the machine'),
    gpu_index: optional('int', 'the card', { fallback: 0 }),
    sent_at: optional('time', "the machine's clock"),
    received_at: required('time', "the network's clock"),
    ip: required('text', 'source address, IPv4 or IPv6'),
    status: optional('text', 'what the machine says: idle, busy, paused'),
    temperature_gpu_c: optional('float', 'nvidia-smi temperature.gpu, °C'),
    power_draw_w: optional('float', 'nvidia-smi power.draw, W'),
    utilization_gpu_pct: optional('float', 'nvidia-smi utilization.gpu, %'),
    memory_used_mib: optional('int', 'nvidia-smi memory.used, MiB'),
    uptime_s: optional('int', 'seconds since the client started'),
    boot_id: optional('text', '/proc/sys/kernel/random/boot_id'),
    total_energy_mj: optional('int', "the driver's energy counter, mJ"),
    clocks_sm_mhz: optional('float', 'nvidia-smi clocks.sm, MHz'),
    throttle_reasons: optional('text', 'nvidia-smi clocks_event_reasons'),
  }),
  pings: z.object({
    device_id: required('text', 'the machine'),
    occurred_at: required('time', "the network's clock"),
    ok: required('boolean', 'whether it answered'),
    rtt_ms: optional('float', 'round trip, ms'),
    probe_id: optional('text', 'the vantage point'),
  }),
  shown_status: z.object({
    device_id: required('text', 'the machine'),
    occurred_at: required('time', "the network's clock"),
    status: required('text', 'online or offline', { oneOf: ['online', 'offline'] }),
  }),
  benchmarks: z.object({
    benchmark_id: key('text', 'the run'),
    device_id: required('text', 'the machine'),
    gpu_index: optional('int', 'the card'),
    measured_by: optional('text', 'network or machine', {
      fallback: 'machine',
      oneOf: ['network', 'machine'],
    }),
    requested_at: optional('time', 'the challenge left the network'),
    started_at: required('time', 'run began'),
    finished_at: required('time', 'run ended'),
    nonce: optional('text', 'challenge nonce'),
    digest: optional('text', 'digest of the result'),
    memory_total_mib: optional('int', 'memory that the run could fill, MiB'),
    sm_count: optional('int', 'streaming multiprocessors'),
    sm_clock_mhz: optional('float', 'SM clock under load, MHz'),
    fp32_tflops: optional('float', 'FP32, TFLOPS'),
    fp16_tflops: optional('float', 'FP16, dense, on tensor cores where the card has them, TFLOPS'),
    memory_bandwidth_gb_s: optional('float', 'device memory, 10⁹ bytes/s'),
    pcie_gb_s: optional('float', 'host link, 10⁹ bytes/s'),
  }),
  rentals: z.object({
    rental_id: key('text', 'the hire'),
    device_id: required('text', 'the machine'),
    renter_id: required('text', 'account or customer'),
    started_at: required('time', 'hire began'),
    ended_at: optional('time', 'hire ended'),
    price_usd: optional('decimal', 'paid, US dollars'),
  }),
  transfers: z.object({
    from_wallet: required('text', 'payer'),
    to_wallet: required('text', 'payee'),
    occurred_at: optional('time', 'block time'),
    amount: optional('decimal', 'units of the asset'),
    asset: optional('text', 'token'),
    tx: optional('text', 'transaction'),
  }),
  engagement: z.object({
    account_id: required('text', 'the account'),
    occurred_at: required('time', "the network's clock"),
    kind: required('text', 'mission or action'),
    points: optional('decimal', 'points for it'),
  }),
  points: z.object({
    account_id: key('text', 'the account'),
    epoch: key('text', 'the epoch'),
    points: required('decimal', 'points awarded before the audit'),
  }),
  listings: z.object({
    network: required('text', 'the other network'),
    listing_id: required('text', 'its listing'),
    seen_at: required('time', 'when it was seen'),
    available: optional('boolean', 'for hire'),
    gpu_model: optional('text', 'listed model'),
    gpu_count: optional('int', 'listed cards'),
    ip: optional('text', 'listed address'),
    gpu_uuid: optional('text', 'listed uuid'),
    memory_bandwidth_gb_s: optional('float', 'listed bandwidth, 10⁹ bytes/s'),
  }),
  network_stats: z.object({
    occurred_at: required('time', 'when published'),
    metric: required('text', 'gpus_online, earnings_usd_daily, …'),
    value: required('float', 'the figure'),
  }),
  community_reports: z.object({
    report_id: key('text', 'the accusation'),
    occurred_at: required('time', 'when made'),
    subject_type: required('text', 'account, device or ip', { oneOf: ['account', 'device', 'ip'] }),
    subject_id: required('text', 'the accused'),
    reporter: optional('text', 'who reports'),
    text: optional('text', 'their words'),
    resolved_at: optional('time', 'when closed'),
  }),
  addresses: z.object({
    cidr: key('text', 'address range'),
    asn: optional('int', 'autonomous system'),
    organisation: optional('text', 'holder'),
    country: optional('text', 'ISO 3166-1 alpha-2'),
    class: optional('text', 'residential, mobile, hosting, vpn, campus', {
      oneOf: ['residential', 'mobile', 'hosting', 'vpn', 'campus'],
    }),
  }),
  prior_list: z.object({
    source: required('text', 'whose list'),
    account_id: optional('text', 'the account'),
    wallet: optional('text', 'or the wallet'),
    verdict: required('text', 'what it said'),
    listed_at: optional('time', 'when'),
  }),
  attestations: z.object({
    device_id: required('text', 'the machine'),
    gpu_index: optional('int', 'the card', { fallback: 0 }),
    attested_at: required('time', "the network's clock"),
    issued_nonce: optional('text', 'hex; what the network asked; NULL = unknown'),
    nonce_rule: optional('text', 'how the nonce stands in the report', {
      oneOf: ['plain', 'first32', 'sha256(nonce‖key)'],
    }),
    bound_key: optional('text', 'key that the nonce rule binds'),
    kind: required('text', 'spdm: raw report; eat: token of a verifier', { oneOf: ['spdm', 'eat'] }),
    evidence: optional('text', 'hex or base64 of the report'),
    certificates: optional('text', 'PEM chain'),
    token: optional('text', 'token of the verifier'),
    collected_by: optional('text', 'network or machine', { oneOf: ['network', 'machine'] }),
  }),
  labels: z.object({
    subject_type: key('text', 'account or device'),
    subject_id: key('text', 'the subject'),
    truth: required('text', 'bad or good', { oneOf: ['bad', 'good'] }),
    family: optional('text', 'attack family or honest cohort'),
    strength: optional('int', 'attack strength'),
    operator: optional('text', 'who is truly behind it'),
  }),
} as const;

/**
 * Tables that an option of the audit brings, never the dataset's folder: there, a file of that name is an
 * unknown one. `challenges` is what `ghostcard challenges` plans and `audit --challenges` reads.
 */
export const OPTION_TABLES = {
  challenges: z.object({
    challenge_id: key('text', 'the planned run'),
    plan_id: required('text', 'the plan'),
    cohort: required('text', 'machines whose runs alone are kept apart from each other'),
    round: required('int', 'number of the round, in order of time'),
    mode: required('text', 'together: everybody at one second; alone: one machine of a cohort at a time', {
      oneOf: ['together', 'alone'],
    }),
    role: required('text', 'suspect, related, owner, unverified or control', {
      oneOf: ['suspect', 'related', 'owner', 'unverified', 'control'],
    }),
    starts_at: required('time', 'the second at which the network asks'),
    device_id: required('text', 'the machine'),
    gpu_index: required('int', 'the card'),
    gpu_model: required('text', 'claimed model'),
    memory_mib: required('int', 'memory to fill and hold, MiB'),
    hold_s: required('int', 'seconds for which the memory is held and read'),
    nonce: required('text', 'what the memory is filled from; the result carries it'),
  }),
} as const;

export type TableName = keyof typeof TABLES;
export type OptionTableName = keyof typeof OPTION_TABLES;
/** Every table that a detector may need. */
export type InputTableName = TableName | OptionTableName;

const INPUT_TABLES = { ...TABLES, ...OPTION_TABLES } as const;

/** A row of a table as code writes it in cases, worlds and tests: times in epoch ms. */
export type Row<T extends InputTableName> = z.infer<(typeof INPUT_TABLES)[T]>;

/** The columns of a table with their metadata, in contract order. */
export function columnsOf(table: InputTableName): ReadonlyArray<ColumnMeta & { name: string }> {
  return Object.entries(INPUT_TABLES[table].shape).map(([name, schema]) => ({
    name,
    ...(schema.meta() as unknown as ColumnMeta),
  }));
}

/** Key columns of a table; empty for tables that keep every row. */
export function keysOf(table: TableName): readonly string[] {
  return columnsOf(table)
    .filter((column) => column.key)
    .map((column) => column.name);
}

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];
export const OPTION_TABLE_NAMES = Object.keys(OPTION_TABLES) as readonly OptionTableName[];

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}

/** Tables too large to copy: read where they lie (Parquet) or as typed Parquet in the workspace. */
export const LARGE_TABLES: ReadonlySet<TableName> = new Set(['heartbeats', 'pings']);

/** The network's own clock in each table: orders events, and is cut at the snapshot. */
export const NETWORK_TIME: Readonly<Partial<Record<TableName, string>>> = {
  accounts: 'created_at',
  devices: 'registered_at',
  gpus: 'seen_at',
  heartbeats: 'received_at',
  pings: 'occurred_at',
  shown_status: 'occurred_at',
  benchmarks: 'finished_at',
  rentals: 'started_at',
  transfers: 'occurred_at',
  engagement: 'occurred_at',
  listings: 'seen_at',
  network_stats: 'occurred_at',
  community_reports: 'occurred_at',
  prior_list: 'listed_at',
  attestations: 'attested_at',
};

/** Columns that name another table's row; a row that names an unknown one is an orphan, kept apart. */
export const REFERENCES: Readonly<Partial<Record<TableName, Readonly<Record<string, TableName>>>>> = {
  devices: { account_id: 'accounts' },
  gpus: { device_id: 'devices' },
  heartbeats: { device_id: 'devices' },
  pings: { device_id: 'devices' },
  shown_status: { device_id: 'devices' },
  benchmarks: { device_id: 'devices' },
  rentals: { device_id: 'devices' },
  engagement: { account_id: 'accounts' },
  points: { account_id: 'accounts' },
  attestations: { device_id: 'devices' },
};
