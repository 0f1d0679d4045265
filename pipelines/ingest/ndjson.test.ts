import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testDataset } from '../../testing/dataset.ts';
import { readObject } from './json-object.ts';

const GOOD = '{"account_id":"a1","created_at":"2024-04-01T00:00:00Z","email":"a\\u00e9\\n\\"x"}\n';

describe('NDJSON', () => {
  it('quarantines what is no flat object, and keeps its neighbours', async () => {
    const deep = `{"account_id":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
    const at = '"created_at":"2024-04-01T00:00:00Z"';
    const lines = [
      GOOD.trim(),
      deep,
      `{"account_id":"b","account_id":"c",${at}}`,
      `{"account_id":"b","created_at":1711929600}`,
      '[1]',
      '{"account_id":"b"',
      `{"account_id":"${'x'.repeat(70_000)}",${at}}`,
      `{"account_id":"${'x'.repeat(1_100_000)}",${at}}`,
      `{"account_id":"\\u0000",${at}}`,
      `{"account_id":"\\ud800",${at}}`,
      `{${at}}`,
      '',
      `{"account_id":9007199254740993,${at},"__proto__":"x","house":true}`,
    ];
    const made = await testDataset({ 'accounts.ndjson': lines.join('\r\n') });
    const report = await made.ingest();
    expect(report.files[0]).toMatchObject({ rowsIn: 12, loaded: 2, rejected: 10 });
    expect(report.extra).toMatchObject([{ column: '__proto__' }]);
    expect(await made.rejected()).toEqual([
      'R_TYPE 2 account_id',
      'R_JSON_KEY 3 account_id',
      'R_TIME 4 created_at',
      'R_JSON 5',
      'R_JSON 6',
      'R_FIELD_SIZE 7 account_id',
      'R_RECORD_SIZE 8',
      'R_NUL 9 account_id',
      'R_ENCODING 10 account_id',
      'R_REQUIRED 11 account_id',
    ]);
    expect(await made.warehouse.rows('SELECT account_id AS id, email, house FROM loaded.accounts')).toEqual([
      { id: 'a1', email: 'aé\n"x', house: null },
      { id: '9007199254740993', email: null, house: true },
    ]);
  });

  it('reads whole numbers exactly, and none that a BIGINT cannot hold', async () => {
    const beat = (energy: string) =>
      `{"device_id":"d1","received_at":"2024-04-01T00:00:00Z","ip":"::1","uptime_s":${energy}}\n`;
    const made = await testDataset({
      'accounts.ndjson': GOOD,
      'heartbeats.ndjson': ['5', '1e2', '99999999999999999999', '1.5', '"7"'].map(beat).join(''),
    });
    const { files } = await made.ingest();
    expect(files[1]).toMatchObject({ loaded: 5, rejected: 0 });
    expect(await made.lost()).toEqual(['heartbeats.uptime_s 3 0 2']);
    expect(await made.warehouse.rows('SELECT uptime_s AS s FROM loaded.heartbeats ORDER BY s')).toEqual([
      { s: 5 },
      { s: 7 },
      { s: 100 },
      { s: null },
      { s: null },
    ]);
  });

  it('agrees with JSON.parse on every flat object, and refuses what it refuses', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), scalar),
        fc.constantFrom(undefined, 1, '\t'),
        (object, space) => {
          const read = readObject(JSON.stringify(object, null, space));
          const values = read.ok ? [...read.top].map(([key, value]) => [key, value && plain(value)]) : read;
          expect(values).toEqual(
            Object.entries(object).map(([key, value]) => [key, Object.is(value, -0) ? 0 : value]),
          );
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\ue019.-+ tfrn"') }), (text) => {
        const parsed = attempt(() => JSON.parse(text));
        const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        if (readObject(text).ok) expect(isObject).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

function plain({ type, text }: { type: string; text: string }): unknown {
  return type === 'number' ? Number(text) + 0 : type === 'boolean' ? text === 'true' : text;
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return undefined;
  }
}
