import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { typeCsv } from './csv.ts';
import { copyCsvSlowly } from './csv-slow.ts';
import { partsFrom } from './inspect.ts';
import { NO_MAPPING } from './mapping.ts';
import { plan } from './plan.ts';
import { RejectLog } from './reject-log.ts';
import type { TextFile, TypedFile } from './source.ts';
import { type Segment, Surveyor } from './survey.ts';
import { lostMark } from './typed-row.ts';

let warehouse: Warehouse;
let folder: string;
let serial = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-csv-'));
  mkdirSync(folder, { recursive: true });
  warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '1GB' });
  await warehouse.run('SET preserve_insertion_order = true');
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const HEADER = 'device_id,received_at,ip,gpu_index,power_draw_w,note';
const NAMES = HEADER.split(',');
const planned = plan('heartbeats', NO_MAPPING.of('heartbeats'));

function survey(text: string | Buffer): TextFile {
  const path = join(folder, `f${serial++}.csv`);
  writeFileSync(path, text);
  const surveyor = new Surveyor(',');
  surveyor.push(Buffer.from(text));
  return { relative: 'x.csv', path, segments: surveyor.finish(), firstLine: surveyor.firstLine };
}

async function rowsOf(typed: TypedFile): Promise<unknown[]> {
  if (typed.parts.length === 0) return [];
  return warehouse.rows(
    `SELECT line, device_id, received_at, ip, gpu_index::VARCHAR AS gpu_index, power_draw_w::VARCHAR AS w, lost FROM ${partsFrom(typed, true)} ORDER BY line`,
  );
}

const job = (file: TextFile) => ({
  file,
  planned,
  delimiter: ',',
  base: join(folder, `b${serial++}`),
  check() {},
});

/** The slow path alone, whatever the survey says. */
async function slowly(file: TextFile): Promise<TypedFile> {
  const base = join(folder, `s${serial++}`);
  const log = new RejectLog(`${base}.rejected.csv`);
  const columns = planned.filter(({ source }) => NAMES.includes(source));
  const shape = { path: file.path, names: NAMES, columns, delimiter: ',', owner: 'device_id' };
  const end = file.segments.at(-1)!.end;
  const start = file.firstLine!.length + 1;
  const span = { start, end, firstLine: 2, lastLine: Number.MAX_SAFE_INTEGER, brokenUntil: 0 };
  const { records, rows } = await copyCsvSlowly(warehouse, shape, span, `${base}.parquet`, log, () => {});
  await log.close();
  const typed = columns.map(({ meta }) => ({ column: meta.name, source: meta.name, type: 'any' }));
  const parts: TypedFile['parts'] = rows > 0 ? [{ path: `${base}.parquet`, rows, lost: true }] : [];
  return { parts, columns: typed, rowsIn: records, rejectedRows: log.rows, extra: [] };
}

const nasty = fc.constantFrom(
  ...[
    '',
    ' ',
    '0',
    '-0',
    '+5',
    ' 5 ',
    '1.5',
    '1.0',
    '1e3',
    '1_000',
    '0x1F',
    'NaN',
    'inf',
    '1e309',
    '.5',
    '5.',
    '-',
  ],
  ...[
    '9223372036854775808',
    '9007199254740993',
    '00012',
    'abc',
    'a"b',
    '"a"',
    '"a""b"',
    '"',
    '""',
    '"a,b"',
    'é',
    'T 1',
  ],
  ...[
    '=HYPERLINK("x")',
    '\ufeff',
    '<b>',
    "';--",
    '1__0',
    '1e',
    'e5',
    '٣',
    '1 2',
    '\\N',
    'NULL',
    'null',
    '#',
    '\t7\t',
  ],
  ...['[N/A]', 'ERR!', 'NaN', '8.24 W', '8.24W', '24 MiB', '[GPU is lost]', '<NA>', '"[N/A]"'],
);
const time = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    ...[
      '2024-04-25T00:00:00Z',
      '2024-04-25 00:00:00Z',
      '2024-04-25T24:00:00.000Z',
      '2024-04-25T23:59:60.000Z',
    ],
    ...[
      '2024-04-25T00:00:00.123456789Z',
      '2024-04-25T00:00:00+02:00',
      '2024-04-25T00:00:00',
      '1714003200',
      'now',
      '',
    ],
    ...[
      '2024-02-30T00:00:00.000Z',
      '2024-04-25T 1:00:00.000Z',
      '-024-04-25T00:00:00.000Z',
      '2024-04-25T00:00:00.000z',
    ],
    ...[
      '2024-04-25T00:00:00.000+0200',
      '2024-04-25 00:00:00.123+00',
      '2024-04-25 00:00:00 UTC',
      '1969-12-31T23:59:59.000Z',
      '2024-04-25T25:00:00.000Z',
      '2024-04-25T00:00:00.99999999Z',
    ],
  ),
);
const id = fc.constantFrom('d1', 'd_2', 'd3_4', '"d,5"', 'дев', '');
const record = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(id, time, fc.constant('1.2.3.4'), nasty, nasty, nasty).map((f) => f.join(',')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ',',
      'd1,2024',
      '"open,2024-04-25T00:00:00Z,1.1.1.1,0,1,x',
      'a,b,c,d,e,f,g',
      'a\0,b',
      'x\ry',
    ),
  },
);
const plain = fc
  .tuple(
    fc.constantFrom('d1', 'd2'),
    fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 9 }),
    fc.double({ noNaN: true }),
  )
  .map(([device, at, index, watt]) => `${device},${at.toISOString()},1.2.3.4,${index},${watt},`);

describe('CSV', () => {
  it('reads every file to the same rows on the path it takes as on the slow path, and conserves rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 2, arbitrary: plain }, { weight: 1, arbitrary: record }), {
          maxLength: 6,
        }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (records, newline, final) => {
          const file = survey(HEADER + newline + records.join(newline) + (final ? newline : ''));
          const [typed, slow] = [await typeCsv(warehouse, job(file)), await slowly(file)];
          expect(typed.rowsIn).toBe(records.filter((text) => text !== '' && text !== '\r').length);
          expect(typed.rowsIn).toBe(typed.parts.reduce((sum, part) => sum + part.rows, typed.rejectedRows));
          const got = await rowsOf(typed);
          expect(got.map((row) => normal(row))).toEqual((await rowsOf(slow)).map((row) => normal(row)));
        },
      ),
      { numRuns: 500 },
    );
  }, 900_000);

  it('refuses a record on several lines wherever a segment ends', async () => {
    const row = (id: string) => `${id},2024-04-01T00:00:00.000Z,1.1.1.1,0,1,x`;
    const evil = ['evil,2024-04-01T00:00:00.000Z,1.1.1.1,0,1,"x', row('victim'), row('victim'), 'x"'];
    const lines = [HEADER, row('a'), ...evil, row('b'), row('c,"'), row('d')].map((line) => `${line}\n`);
    for (let cut = 2; cut < lines.length; cut++) {
      const file = survey(lines.join(''));
      const [whole] = file.segments as [Segment];
      // Each half with the flags that its own bytes earn.
      const halves = [lines.slice(0, cut), lines.slice(cut)].map(
        (half) => survey(half.join('')).segments[0]!,
      );
      const { end, lines: count } = halves[0]!;
      const second = { ...halves[1]!, start: end, end: whole.end, firstLine: count + 1 };
      const typed = await typeCsv(warehouse, job({ ...file, segments: [halves[0]!, second] }));
      const rows = (await rowsOf(typed)) as Array<{ device_id: string; line: number }>;
      expect(rows.map(({ line, device_id }) => `${line} ${device_id}`)).toEqual(['2 a', '7 b', '9 d']);
      expect(typed).toMatchObject({ rowsIn: 8, rejectedRows: 5 });
    }
  });

  it('reads words for nothing, units and the times of databases fast too', async () => {
    const rows = ['[N/A]', '8.24 W', 'NULL', '5', ' 7 '].map(
      (watt, i) => `d1,2024-04-25 00:00:0${i}+00,1.2.3.4,\\N,${watt},x`,
    );
    const typed = await typeCsv(warehouse, job(survey(`${HEADER}\n${rows.join('\n')}\n`)));
    expect(typed.parts).toMatchObject([{ rows: rows.length, firstLine: 2, lost: true }]);
    const read = (await rowsOf(typed)) as Array<{ w: string | null; lost: string | null }>;
    expect(read.map(({ w }) => w)).toEqual([null, '8.24', null, '5.0', '7.0']);
    expect(read.map(({ lost }) => lost)).toEqual([null, null, null, null, null]);
  });

  it('reads plain files fast: one part in the order of the lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { minLength: 1, maxLength: 20 }), async (records) => {
        const typed = await typeCsv(warehouse, job(survey(`${HEADER}\n${records.join('\n')}\n`)));
        expect(typed.parts).toMatchObject([{ rows: records.length, firstLine: 2 }]);
        const rows = (await rowsOf(typed)) as Array<{ device_id: string; received_at: number }>;
        expect(rows.map((row) => `${row.device_id},${new Date(row.received_at).toISOString()}`)).toEqual(
          records.map((text) => text.split(',', 2).join(',')),
        );
      }),
      { numRuns: 50 },
    );
  });
});

/**
 * The strict path leaves NaN and infinities to the judgement of ranges: NaN is nothing, an infinity is lost.
 */
function normal(row: unknown): unknown {
  const { w, lost, ...rest } = row as { w: string | null; lost: string | null };
  const isInfinite = w !== null && /inf/i.test(w);
  return {
    ...rest,
    w: w !== null && /nan|inf/i.test(w) ? null : w,
    lost: isInfinite ? `${lost ?? ''}${lostMark('power_draw_w')}` : lost,
  };
}
