/**
 * Cells of fuzzed files, each with what a reader must make of it: known by how it was made, not by reading
 * it.
 */
import fc from 'fast-check';

export interface Cell {
  raw: string;
  outcome: 'kept' | 'empty' | 'lost';
  /** One spelling of the value, for comparing rows; '' where none is kept. */
  value: string;
}

/** How far from plain the cells of a file may be. */
export type Temper = 'plain' | 'worded' | 'garbled';

const empty = (raw: string): Cell => ({ raw, outcome: 'empty', value: '' });
const lost = (raw: string): Cell => ({ raw, outcome: 'lost', value: '' });
const kept = (raw: string, value: string | number): Cell => ({ raw, outcome: 'kept', value: String(value) });

const WORDS = [
  ...[
    'N/A',
    'n/a',
    '[N/A]',
    '[Not Supported]',
    '[Unknown Error]',
    'ERR!',
    '[GPU requires reset]',
    '\\N',
    'NULL',
  ],
  ...['None', '<NA>', 'NaN', 'nan', ' ', 'Not Active'],
];
const GARBAGE = [
  'hot',
  '1_000',
  '0x1F',
  '--',
  '1,5',
  '1 2',
  'inf',
  '1e400',
  'yesterday',
  '"',
  'é',
  'REDACTED',
  '1.2.3',
];

export interface Column {
  name: string;
  /** A value that cannot be read rejects the row. */
  rejects: boolean;
  required: boolean;
  cell(temper: Temper): fc.Arbitrary<Cell>;
}

type Pool = fc.Arbitrary<Cell>;

function mixed(temper: Temper, plain: Pool, worded: Pool, garbled: Pool, isRare: boolean): Pool {
  if (temper === 'plain') return plain;
  const weight = isRare ? 30 : 2;
  const tame = fc.oneof({ weight, arbitrary: plain }, { weight: isRare ? 3 : 2, arbitrary: worded });
  return temper === 'worded'
    ? tame
    : fc.oneof({ weight, arbitrary: tame }, { weight: 1, arbitrary: garbled });
}

const nothing = fc.constant(empty(''));
const words = fc.constantFrom(...WORDS.map(empty));
const garbage = fc.constantFrom(...GARBAGE.map(lost));

function number(name: string, unit: string, isWhole: boolean): Column {
  const value = fc.integer({ min: 0, max: 9_999 }).map((n) => (isWhole ? n : n / 10));
  const plain = fc.oneof(
    { weight: 9, arbitrary: value.map((n) => kept(String(n), n)) },
    { weight: 1, arbitrary: nothing },
  );
  const forms = ['', ' ', '+', 'e0', unit && ` ${unit}`, unit];
  const formed = fc.tuple(value, fc.constantFrom(...forms)).map(([n, form]) => {
    return kept(form === ' ' || form === '+' ? `${form}${n}` : `${n}${form}`, n);
  });
  const other = fc.constantFrom(lost(`7 k${unit || 'g'}`), lost('-1e300'), lost('9'.repeat(30)));
  const fraction = isWhole ? [lost('1.5')] : [];
  return {
    name,
    rejects: false,
    required: false,
    cell: (temper) =>
      mixed(
        temper,
        plain,
        fc.oneof(words, formed),
        fc.oneof(garbage, other, fc.constantFrom(lost('?'), ...fraction)),
        false,
      ),
  };
}

const DAY = Date.UTC(2024, 4, 6);

function time(name: string, required: boolean): Column {
  const at = fc.integer({ min: 0, max: 86_399_999 }).map((ms) => DAY + ms);
  const plain = at.map((ms) => kept(new Date(ms).toISOString(), ms));
  const forms: ReadonlyArray<(iso: string) => string> = [
    (iso) => iso.replace('T', ' ').replace('Z', '+00'),
    (iso) => iso.replace('T', ' ').replace('Z', ' UTC'),
    (iso) => iso.replace('Z', '999-00:00'),
    (iso) => iso.replace('Z', '+0000').toLowerCase(),
  ];
  const formed = fc
    .tuple(at, fc.constantFrom(...forms))
    .map(([ms, form]) => kept(form(new Date(ms).toISOString()), ms));
  const none = fc.constantFrom(
    ...[
      '2024-05-06 10:00:00',
      '1714989600',
      '2024-02-30T10:00:00Z',
      '06.05.2024',
      '2024-05-06T25:00:00Z',
    ].map(lost),
  );
  return {
    name,
    rejects: required,
    required,
    cell: (temper) =>
      mixed(
        temper,
        required ? plain : fc.oneof(plain, nothing),
        required ? formed : fc.oneof(formed, words),
        fc.oneof(none, garbage),
        required,
      ),
  };
}

function text(name: string, isName: boolean): Column {
  const plain = fc
    .constantFrom('idle', 'busy', 'NVIDIA Q "x", 8 GB', 'é', 'None', 'N/A', '=1+1', "';--", '1')
    .map((raw) => kept(raw, raw));
  const worded = isName ? fc.constant(kept('\\N', '\\N')) : fc.constantFrom(empty('\\N'), empty('\\n'));
  return {
    name,
    rejects: false,
    required: false,
    cell: (temper) => mixed(temper, fc.oneof(plain, nothing), worded, plain, false),
  };
}

function boolean(name: string): Column {
  const plain = fc.constantFrom('true', 'false').map((raw) => kept(raw, raw));
  const formed = fc.constantFrom(kept('TRUE', 'true'), kept('f', 'false'), empty('NULL'), empty('[N/A]'));
  return {
    name,
    rejects: true,
    required: true,
    cell: (temper) => mixed(temper, plain, formed, fc.constantFrom(lost('yes'), lost('2'), empty('')), true),
  };
}

/** Columns beside the key's, by table. */
export const COLUMNS = {
  heartbeats: [
    time('received_at', true),
    time('sent_at', false),
    text('status', false),
    number('temperature_gpu_c', 'C', false),
    number('power_draw_w', 'W', false),
    number('memory_used_mib', 'MiB', true),
    number('uptime_s', 's', true),
  ],
  pings: [time('occurred_at', true), boolean('ok'), number('rtt_ms', 'ms', false), text('probe_id', false)],
  gpus: [text('name', false), number('memory_total_mib', 'MiB', true), text('vbios_version', false)],
  transfers: [time('occurred_at', false), text('asset', false), text('tx', false)],
} as const satisfies Record<string, readonly Column[]>;

export type FuzzedTable = keyof typeof COLUMNS;
