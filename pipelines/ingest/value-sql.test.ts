import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableName } from '../../contracts/dataset.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { columnSql } from './expression.ts';
import type { ColumnMapping } from './mapped.ts';
import { NO_MAPPING } from './mapping.ts';
import { plan } from './plan.ts';
import type { PartColumn } from './source.ts';
import { ruleOf, type ValueRule } from './value-rule.ts';
import { textSql, unreadableSql } from './value-sql.ts';
import { type Parsed, parseValue } from './values.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
});
afterAll(() => warehouse.close());

function rule(table: TableName, name: string, mapping: Partial<ColumnMapping> = {}): ValueRule {
  const columns = new Map([[name, { from: name, ...mapping }]]);
  const planned = plan(table, { ...NO_MAPPING.of(table), columns });
  return ruleOf(planned.find(({ meta }) => meta.name === name)!);
}

const NUMBERS = ['0', '1', '5', '9', '00', '12', '0.1', '.5', '5.', '24564', '8.24', '9223372036854775807'];
const PIECES = [
  ...[
    '.',
    ',',
    '-',
    '+',
    'e',
    'E',
    'e3',
    'e-7',
    '5e-7',
    'e31',
    'e400',
    '5e-70',
    '1e3',
    'e99999',
    '_',
    '0x1F',
    ' ',
    '\t',
  ],
  ...[
    'W',
    ' W',
    ' MiB',
    ' %',
    '%',
    ' C',
    '°C',
    ' mJ',
    ' MHz',
    'inf',
    '-Infinity',
    'é',
    '\u00a0',
    'ſ',
    'K',
    'x',
  ],
  ...['123456789012345678901234567890123', '4999999.9999995', '0.00000049999', '999999999999999999'],
];
const WORDS = [
  ...['', 'NaN', '-nan', 'N/A', 'n/a', '[N/A]', '(n/a)', '[Not Supported]', '[Unknown Error]', 'ERR!', 'NA'],
  ...[
    '[GPU requires reset]',
    '[GPU is lost]',
    '\\N',
    '\\n',
    'NULL',
    'null',
    'None',
    '<NA>',
    'undefined',
    '[null]',
  ],
  ...['true', 'T', 'f', 'FALSE', 'yes'],
];
const DATES = [
  '23.04.2024',
  '31.04.2024',
  '04.23.2024',
  '1.4.2024',
  '23.04.24',
  '2024-04-25',
  '2024-02-30',
  '0000-01-01',
  '1969-12-31',
  '9999-12-31',
];
const HOURS = [
  '10:00',
  '9:30',
  '24:00',
  '10:00:',
  '00:00:00',
  '24:00:00',
  '24:00:01',
  '23:59:60',
  '12:34:56',
  '25:00:00',
];
const FRACTIONS = ['', '.1', '.123', '.000', '.9999999', '.999999999', '.1234567890'];
const ZONES = ['', 'Z', 'z', ' UTC', ' utc', '+00', '+05:30', '-0330', '-08', '+19:59', '+20', '+5'];
const from = (texts: readonly string[]) => fc.constantFrom(...texts);
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((each) => each.join(''));

const text = fc.oneof(
  from(WORDS),
  joined(from(['', ' ', '-', '+']), from(NUMBERS), from(['', ...PIECES]), from(['', ' ', 'e2', ...PIECES])),
  joined(from(DATES), from(['T', 't', ' ', '  ']), from(HOURS), from(FRACTIONS), from(ZONES)),
  fc.array(from([...NUMBERS, ...PIECES, ...WORDS]), { maxLength: 4 }).map((each) => each.join('')),
  fc.string({ unit: 'binary', maxLength: 6 }).filter((each) => !/[\0\p{Surrogate}]/u.test(each)),
  fc.double().map(String),
  fc.bigInt().map(String),
);

const COLUMNS: ReadonlyArray<[TableName, string]> = [
  ['heartbeats', 'power_draw_w'],
  ['heartbeats', 'memory_used_mib'],
  ['heartbeats', 'utilization_gpu_pct'],
  ['heartbeats', 'received_at'],
  ['heartbeats', 'throttle_reasons'],
  ['heartbeats', 'ip'],
  ['rentals', 'price_usd'],
  ['pings', 'ok'],
  ['gpus', 'gpu_index'],
  ['accounts', 'wallet'],
];
const MAPPINGS: Partial<ColumnMapping>[] = [
  {},
  { decimal: ',', zone: 'UTC', nulls: ['-', '0', 'x'] },
  { dates: 'DD.MM.YYYY', zone: 'UTC' },
  { dates: 'DD.MM.YYYY' },
];

/** `value`, `nothing` or `lost`, with one spelling for each value. */
function outcome(kind: ValueRule['kind'], value: string | null, lost: boolean): string {
  if (lost) return 'lost';
  if (value === null) return 'nothing';
  if (kind === 'float') return `value ${Number(value)}`;
  if (kind !== 'decimal') return `value ${value}`;
  const [whole, part = ''] = value.replace(/^-(?=[0.]*$)/, '').split('.');
  return `value ${whole}.${part.padEnd(6, '0')}`;
}

const isLost = (parsed: Parsed) => !parsed.ok || 'nonsense' in parsed;

describe('the grammar of values', () => {
  it('reads every text in SQL as field by field, under every rule', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 300, maxLength: 300 }), async (texts) => {
        await warehouse.run(
          `CREATE OR REPLACE TABLE t AS SELECT unnest(from_json($texts, '["VARCHAR"]')) AS x`,
          { texts: JSON.stringify(texts) },
        );
        for (const [table, name] of COLUMNS) {
          for (const mapping of MAPPINGS) {
            const own = rule(table, name, mapping);
            const rows = await warehouse.rows<{ x: string; v: string | null; lost: boolean }>(
              `SELECT x, CAST(v AS VARCHAR) AS v, ${unreadableSql(own, 'x', 'v')} AS lost
               FROM (SELECT x, ${textSql(own, 'x')} AS v FROM t)`,
            );
            const bySql = rows.map(({ x, v, lost }) => [name, x, outcome(own.kind, v, lost)]);
            const byField = rows.map(({ x }) => {
              const parsed = parseValue(own, x);
              return [name, x, outcome(own.kind, parsed.ok ? parsed.text : null, isLost(parsed))];
            });
            expect(bySql).toEqual(byField);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  const reads = (own: ValueRule, raw: string) => {
    const parsed = parseValue(own, raw);
    return outcome(own.kind, parsed.ok ? parsed.text : null, isLost(parsed));
  };

  it('takes the words of databases and of nvidia-smi for nothing in numbers, times and booleans', () => {
    const words =
      'N/A,[N/A],[Not Supported],[Unknown Error],ERR!,[GPU requires reset],\\N,NULL,None,<NA>,NaN,nan';
    for (const word of words.split(',')) {
      expect(reads(rule('heartbeats', 'power_draw_w'), word), word).toBe('nothing');
      expect(reads(rule('accounts', 'created_at'), word), word).toBe('nothing');
      expect(reads(rule('accounts', 'house'), word), word).toBe('nothing');
      expect(reads(rule('gpus', 'gpu_index'), word), `${word} in a key`).toBe('lost');
    }
    for (const garbage of ['REDACTED', '-', 'none at all', 'hot', '0x10', '1_000']) {
      expect(reads(rule('heartbeats', 'power_draw_w'), garbage), garbage).toBe('lost');
    }
  });

  it('takes few words for nothing in text, and none in names', () => {
    expect(reads(rule('heartbeats', 'throttle_reasons'), '[Not Supported]')).toBe('nothing');
    expect(reads(rule('heartbeats', 'throttle_reasons'), '\\N')).toBe('nothing');
    expect(reads(rule('devices', 'hostname'), '\\N')).toBe('nothing');
    expect(reads(rule('devices', 'hostname'), '[N/A]')).toBe('value [N/A]');
    for (const [table, name] of [
      ['accounts', 'account_id'],
      ['accounts', 'email'],
      ['accounts', 'wallet'],
      ['accounts', 'referrer_id'],
      ['rentals', 'renter_id'],
    ] as const) {
      for (const word of ['\\N', 'NULL', 'None', '[N/A]']) {
        expect(parseValue(rule(table, name), word), `${name} ${word}`).toEqual({ ok: true, text: word });
      }
    }
    for (const word of ['None', 'Pass-Through']) {
      expect(parseValue(rule('gpus', 'virtualization_mode'), word)).toEqual({ ok: true, text: word });
    }
    expect(parseValue(rule('devices', 'hypervisor'), 'none')).toEqual({ ok: true, text: 'none' });
  });

  it('takes the words of the mapping for nothing, byte by byte', () => {
    const own = rule('accounts', 'wallet', { nulls: ['-', 'unknown'] });
    expect(
      ['-', 'unknown', 'Unknown', '--'].map((word) => parseValue(own, word).ok && reads(own, word)),
    ).toEqual(['nothing', 'nothing', 'value Unknown', 'value --']);
  });

  it('reads the words of the mapping first, as numbers too', async () => {
    const planned = plan('heartbeats', {
      ...NO_MAPPING.of('heartbeats'),
      columns: new Map([
        [
          'power_draw_w',
          {
            from: 'w',
            words: new Map([
              ['off', '0'],
              ['N/A', '1.5'],
              ['max', '450 W'],
            ]),
          },
        ],
        ['memory_used_mib', { from: 'm', scale: 1024, words: new Map([['half', '0.5']]) }],
        ['uptime_s', { from: 'u', nulls: ['-1'] }],
      ]),
    });
    const value = (name: string, part: Partial<PartColumn>) => {
      const column = planned.find(({ meta }) => meta.name === name)!;
      const sql = columnSql(column, { column: name, source: column.source, type: 'VARCHAR', ...part });
      return `CASE WHEN ${sql.absent} THEN 'nothing' WHEN ${sql.nonsense} THEN 'lost' ELSE CAST(${sql.value} AS VARCHAR) END`;
    };
    const rows = await warehouse.rows(
      `SELECT ${value('power_draw_w', { raw: true })} AS w, ${value('memory_used_mib', { raw: true })} AS m,
         ${value('uptime_s', { type: 'INTEGER', sentinels: true })} AS u
       FROM (VALUES ('off', 'half', -1), ('N/A', '2', 5), ('max', '[N/A]', NULL), ('NULL', 'full', -2), ('on', '', 0)) t(w, m, u)`,
    );
    expect(rows).toEqual([
      { w: '0.0', m: '512', u: 'nothing' },
      { w: '1.5', m: '2048', u: '5' },
      { w: '450.0', m: 'nothing', u: 'nothing' },
      { w: 'nothing', m: 'lost', u: 'lost' },
      { w: 'lost', m: 'nothing', u: '0' },
    ]);
  });

  it('reads the unit of the column, and no other', () => {
    const same = {
      power_draw_w: '8.24 W',
      memory_used_mib: '24564 MiB',
      utilization_gpu_pct: '45 %',
    } as const;
    for (const [name, value] of Object.entries(same)) {
      expect(reads(rule('heartbeats', name), value)).toBe(`value ${Number.parseFloat(value)}`);
    }
    expect(reads(rule('heartbeats', 'clocks_sm_mhz'), '1410 MHz')).toBe('value 1410');
    expect(reads(rule('heartbeats', 'temperature_gpu_c'), '45 C')).toBe('value 45');
    expect(reads(rule('heartbeats', 'total_energy_mj'), '12 mJ')).toBe('value 12');
    for (const [name, value] of [
      ['memory_used_mib', '24 GiB'],
      ['power_draw_w', '8240 mW'],
      ['temperature_gpu_c', '113 F'],
      ['total_energy_mj', '12 MJ'],
      ['gpu_index', '1 W'],
    ] as const) {
      expect(reads(rule('heartbeats', name), value), value).toBe('lost');
    }
    expect(reads(rule('heartbeats', 'memory_used_mib', { scale: 1024 }), '24 MiB')).toBe('lost');
  });

  it('reads a decimal comma where the mapping says so, and refuses a point beside it', () => {
    const comma = rule('heartbeats', 'power_draw_w', { decimal: ',' });
    expect(['8,24', '-8,24e1', '8,24 W', '8'].map((value) => reads(comma, value))).toEqual([
      'value 8.24',
      'value -82.4',
      'value 8.24',
      'value 8',
    ]);
    for (const value of ['1.234,5', '1.234', '1,2,3']) expect(reads(comma, value), value).toBe('lost');
    const point = rule('heartbeats', 'power_draw_w');
    expect(parseValue(point, '8,24')).toMatchObject({
      ok: false,
      expected: expect.stringContaining("decimal: ','"),
    });
  });

  it('reads a time only with its zone, unless the mapping states it', () => {
    const zoned = rule('accounts', 'created_at');
    const noon = `value ${Date.UTC(2024, 3, 23, 10)}`;
    for (const form of [
      '2024-04-23T10:00:00Z',
      '2024-04-23 10:00:00+00',
      '2024-04-23 15:30:00+05:30',
      '2024-04-23 12:00:00.000000+02',
      '2024-04-23 10:00:00 UTC',
      '2024-04-23 10:00:00.000000 UTC',
    ]) {
      expect(reads(zoned, form), form).toBe(noon);
    }
    expect(parseValue(zoned, '2024-04-23 10:00:00')).toMatchObject({
      ok: false,
      code: 'R_TIME',
      expected: expect.stringContaining('zone: UTC'),
    });
    expect(parseValue(zoned, '1713866400')).toMatchObject({
      ok: false,
      expected: expect.stringContaining('unit: s'),
    });
    const utc = rule('accounts', 'created_at', { zone: 'UTC' });
    expect(reads(utc, '2024-04-23 10:00:00')).toBe(noon);
    expect(reads(utc, '2024-04-23 12:00:00+02')).toBe(noon);
    for (const none of ['2024-04-23', '23.04.2024 10:00', '10:00:00'])
      expect(reads(utc, none), none).toBe('lost');
  });

  it('reads days written DD.MM.YYYY where the mapping says so, and says what to write there', () => {
    const noon = `value ${Date.UTC(2024, 3, 23, 10)}`;
    const dotted = rule('accounts', 'created_at', { dates: 'DD.MM.YYYY', zone: 'UTC' });
    for (const form of [
      '23.04.2024 10:00',
      '23.04.2024 10:00:00',
      '23.04.2024T10:00:00.000',
      '23.04.2024 12:00+02:00',
    ])
      expect(reads(dotted, form), form).toBe(noon);
    expect(reads(dotted, '2024-04-23 10:00:00')).toBe(noon);
    for (const none of [
      '04.23.2024 10:00',
      '31.04.2024 10:00',
      '23.04.24 10:00',
      '23.04.2024',
      '23/04/2024 10:00',
    ])
      expect(reads(dotted, none), none).toBe('lost');
    const zoned = rule('accounts', 'created_at', { dates: 'DD.MM.YYYY' });
    expect(reads(zoned, '23.04.2024 10:00:00Z')).toBe(noon);
    expect(parseValue(zoned, '23.04.2024 10:00')).toMatchObject({
      code: 'R_TIME',
      expected: expect.stringContaining('or zone: UTC'),
    });
    expect(parseValue(rule('accounts', 'created_at'), '23.04.2024 10:00')).toMatchObject({
      code: 'R_TIME',
      expected: expect.stringContaining("dates: 'DD.MM.YYYY'"),
    });
  });
});
