/** Fuzzed files of a dataset with the counts that any honest reader must reach. */
import fc from 'fast-check';
import { type Cell, COLUMNS, type Column, type FuzzedTable, type Temper } from './cells.ts';

export interface Expected {
  rowsIn: number;
  rejected: number;
  /** By column that the file has. */
  columns: Record<string, { kept: number; empty: number; lost: number }>;
}

export interface FuzzedFile {
  table: FuzzedTable;
  form: 'csv' | 'ndjson';
  bytes(serial: number): Buffer;
  expected: Expected;
}

/** A record: its cells in the order of the columns, or bytes that are none. */
type Row = { cells: readonly Cell[]; quoted: boolean } | { damage: string | Buffer };

const fixed = (name: string, value: string): Column => ({
  name,
  rejects: true,
  required: true,
  cell: () => fc.constant({ raw: value, outcome: 'kept', value }),
});

/** Stands for the serial number of the file, so that no two files share a key or their bytes. */
const SERIAL = '@serial@';

/** Columns that every file of a table has; of gpus, which has a key, few different ones. */
const REQUIRED: Readonly<Record<FuzzedTable, readonly Column[]>> = {
  heartbeats: [fixed('device_id', SERIAL), fixed('ip', '192.0.2.1')],
  pings: [fixed('device_id', SERIAL)],
  gpus: [
    fixed('device_id', SERIAL),
    {
      ...fixed('gpu_index', ''),
      cell: () =>
        fc.integer({ min: 0, max: 12 }).map((n) => ({ raw: String(n), outcome: 'kept', value: String(n) })),
    },
  ],
  transfers: [fixed('from_wallet', SERIAL), fixed('to_wallet', 'NULL')],
};

const CSV_DAMAGE = ['one', 'x"y', `${SERIAL},\0`, Buffer.from('\xff\xfe', 'latin1'), ','.repeat(40)];
const NDJSON_DAMAGE = [
  '{',
  '[1]',
  '{"a":1,"a":2}',
  'null',
  '{"device_id":{}}',
  Buffer.from('{"a":"\xff"}', 'latin1'),
];

const isRead = (columns: readonly Column[], cells: readonly Cell[]) =>
  columns.every(({ required, rejects }, i) => {
    const { outcome } = cells[i]!;
    return outcome === 'kept' || (outcome === 'empty' ? !required : !rejects);
  });

/**
 * The count by hand: rows that must be refused, repeated keys, and the outcome of each cell of the others.
 */
function count(
  table: FuzzedTable,
  form: FuzzedFile['form'],
  columns: readonly Column[],
  rows: readonly Row[],
): Expected {
  const read = new Map<string, string>();
  const isSeen = form === 'csv' || rows.some((row) => 'cells' in row);
  const names = isSeen ? columns.map(({ name }) => [name, { kept: 0, empty: 0, lost: 0 }] as const) : [];
  const expected: Expected = { rowsIn: rows.length, rejected: 0, columns: Object.fromEntries(names) };
  for (const row of rows) {
    const isGood = 'cells' in row && isRead(columns, row.cells);
    const key = isGood && table === 'gpus' ? row.cells[1]!.value : undefined;
    const content = isGood ? JSON.stringify(row.cells.map(({ value }) => value)) : '';
    const first = key === undefined ? content : (read.get(key) ?? content);
    if (!isGood || first !== content) {
      expected.rejected++;
      continue;
    }
    if (key !== undefined) read.set(key, content);
    for (const [i, { name }] of columns.entries()) expected.columns[name]![row.cells[i]!.outcome]++;
  }
  return expected;
}

function csvField(raw: string, quoted: boolean): string {
  return quoted || /[",]/.test(raw) ? `"${raw.replaceAll('"', '""')}"` : raw;
}

function jsonField({ raw }: Cell): string {
  if (raw === '') return 'null';
  const isBare = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?|true|false)$/.test(raw);
  return isBare ? raw : JSON.stringify(raw);
}

function lineOf(form: FuzzedFile['form'], columns: readonly Column[], row: Row): string | Buffer {
  if ('damage' in row) return row.damage;
  if (form === 'csv') return row.cells.map(({ raw }) => csvField(raw, row.quoted)).join(',');
  return `{${columns.map(({ name }, i) => `${JSON.stringify(name)}:${jsonField(row.cells[i]!)}`).join(',')}}`;
}

function fileOf(
  table: FuzzedTable,
  form: FuzzedFile['form'],
  temper: Temper,
  isDamaged: boolean,
): fc.Arbitrary<FuzzedFile> {
  const optional = COLUMNS[table].filter(({ required }) => !required);
  const always: Column[] = [...REQUIRED[table], ...COLUMNS[table].filter(({ required }) => required)];
  const damage = fc
    .constantFrom<string | Buffer>(...(form === 'csv' ? CSV_DAMAGE : NDJSON_DAMAGE))
    .map((bytes) => ({ damage: bytes }));
  return fc.subarray<Column>([...optional]).chain((chosen) => {
    const columns = [...always, ...chosen];
    const cells = fc.tuple(...columns.map((column) => column.cell(temper)));
    const row: fc.Arbitrary<Row> = fc.record({ cells, quoted: fc.boolean() });
    const more = fc.array(
      isDamaged ? fc.oneof({ weight: 6, arbitrary: row }, { weight: 1, arbitrary: damage }) : row,
      {
        maxLength: 30,
        size: 'medium',
      },
    );
    // A first row that bears the serial: no two files have the same bytes, which would bring no values.
    const rows = fc.tuple(row, more).map(([first, others]) => [first, ...others]);
    return fc
      .record({ rows, newline: fc.constantFrom('\n', '\r\n'), ends: fc.boolean() })
      .map(({ rows: list, newline, ends }) => ({
        table,
        form,
        expected: count(table, form, columns, list),
        bytes: (serial: number) => {
          const header = form === 'csv' ? [columns.map(({ name }) => name).join(',')] : [];
          const lines = [...header, ...list.map((each) => lineOf(form, columns, each))];
          const parts = lines.flatMap((line, i) => [
            Buffer.isBuffer(line) ? line : Buffer.from(line.replaceAll(SERIAL, `s${serial}`)),
            Buffer.from(i < lines.length - 1 || ends ? newline : ''),
          ]);
          return Buffer.concat(parts);
        },
      }));
  });
}

/** Files of every table, form and temper. */
export const fuzzedFile: fc.Arbitrary<FuzzedFile> = fc
  .record({
    table: fc.constantFrom(...(Object.keys(COLUMNS) as FuzzedTable[])),
    form: fc.constantFrom('csv' as const, 'csv' as const, 'ndjson' as const),
    temper: fc.constantFrom<Temper>('plain', 'worded', 'garbled', 'garbled'),
    isDamaged: fc.boolean(),
  })
  .chain(({ table, form, temper, isDamaged }) => fileOf(table, form, temper, isDamaged));
