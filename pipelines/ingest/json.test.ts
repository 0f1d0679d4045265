import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ACCOUNTS, testDataset } from '../../testing/dataset.ts';
import { elementsOf, shapeOf } from './json-elements.ts';
import { readObject, valueAt } from './json-object.ts';
import { jsonRows, treeOf } from './json-records.ts';

const scratch = mkdtempSync(join(tmpdir(), 'ghostcard-json-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function file(text: string | Buffer): string {
  const path = join(scratch, 'x.json');
  writeFileSync(path, text);
  return path;
}

async function elements(text: string | Buffer, limit = 2 ** 20): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of elementsOf('x.json', file(text), 'array', limit))
    for (const { number, bytes, oversize } of batch) {
      expect(number).toBe(found.length + 1);
      found.push(oversize ? `${bytes.length} of ${oversize.bytes}` : bytes.toString('utf8'));
    }
  return found;
}

const AT = '2024-04-01T00:00:00Z';
const OFFER = (id: number, more = {}) => ({
  id,
  machine_id: 700 + id,
  owner: `o${id % 2}`,
  gpu: { model: 'RTX 4090', count: 2, bars: [{ mib: 24564 }, { mib: 24000 }] },
  seen: AT,
  search: { score: [1, { x: [] }] },
  ...more,
});
const LISTINGS = `version: 1
tables:
  accounts: { file: 'accounts.csv' }
  listings:
    file: offers.json
    columns:
      network: { constant: vast }
      listing_id: id
      seen_at: seen
      gpu_model: gpu.model
      gpu_count: gpu.count
`;

describe('an array of objects', () => {
  it('is a table, whatever its white space, with paths into nested values and the others listed', async () => {
    const offers = [OFFER(1), OFFER(2, { 'gpu.model': 'RTX 3090' })];
    for (const space of [undefined, 2, '\t']) {
      const made = await testDataset({
        'accounts.csv': ACCOUNTS,
        'ghostcard.yaml': LISTINGS,
        'offers.json': `\ufeff\n${JSON.stringify(offers, null, space)}\n`,
      });
      const { files, extra } = await made.ingest();
      expect(files[1]).toMatchObject({ form: 'json', rowsIn: 2, loaded: 2, rejected: 0 });
      expect(
        await made.warehouse.rows(
          'SELECT network, listing_id AS id, seen_at, gpu_model AS model, gpu_count AS n FROM loaded.listings',
        ),
      ).toEqual([
        { network: 'vast', id: '1', seen_at: Date.parse(AT), model: 'RTX 4090', n: 2 },
        // A key that is spelled like the path comes first.
        { network: 'vast', id: '2', seen_at: Date.parse(AT), model: 'RTX 3090', n: 2 },
      ]);
      expect(extra.map(({ column }) => column)).toEqual(['gpu.bars', 'machine_id', 'owner', 'search']);
    }
  });

  it('costs a bad element alone, by its place', async () => {
    const good = JSON.stringify(OFFER(1));
    const bad = [
      '{"id":}',
      '',
      '7',
      '[1]',
      `{"id":1,"id":2,"seen":"${AT}"}`,
      `{"id":2,"seen":"${AT}","gpu":{"count":1,"count":8}}`,
      `{"id":{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}},"seen":"${AT}"}`,
      `{"id":"${'x'.repeat(1_100_000)}","seen":"${AT}"}`,
      '{"id":3,"seen":"2024-04-01"}',
      '{"id":4}',
    ];
    const text = `[${bad.flatMap((each) => [good, each]).join(',')}, ${good} ]`;
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const made = await testDataset({
        'accounts.csv': ACCOUNTS,
        'ghostcard.yaml': LISTINGS.replace('offers.json', 'offers.*'),
        [bytes.length < text.length ? 'offers.json.gz' : 'offers.json']: bytes,
      });
      expect((await made.ingest()).files[1]).toMatchObject({ rowsIn: 21, loaded: 11, rejected: 10 });
      expect(await made.rejected()).toEqual([
        'R_JSON 2 id',
        'R_JSON 4',
        'R_JSON 6',
        'R_JSON 8',
        'R_JSON_KEY 10 id',
        'R_JSON_KEY 12 gpu.count',
        'R_TYPE 14 listing_id',
        'R_RECORD_SIZE 16',
        'R_TIME 18 seen_at',
        'R_REQUIRED 20 seen_at',
      ]);
      const { bytes: shown } = await made.warehouse.row<{ bytes: string }>(
        'SELECT bytes FROM loaded.rejected WHERE line = 20',
      );
      expect(shown).toBe('{"id":4}');
    }
  });

  it('may be empty, and is refused when it does not close or something follows', async () => {
    expect(await elements(' [ ] ')).toEqual([]);
    expect(await elements('[1,]')).toEqual(['1', '']);
    const whole = JSON.stringify([OFFER(1), { text: 'a]"\\' }, OFFER(2)]);
    for (let length = 1; length < whole.length; length++)
      await expect(elements(whole.slice(0, length)), whole.slice(0, length)).rejects.toMatchObject({
        code: 'E_JSON_CORRUPT',
      });
    for (const text of ['[1]]', '[1] x', '[1]\0', '[1}', '[][]', '[{}}'])
      await expect(elements(text), text).rejects.toMatchObject({ code: 'E_JSON_CORRUPT', exitCode: 3 });
  });

  it('holds no element beyond the limit', async () => {
    expect(await elements(`[1,"${'x'.repeat(3_000_000)}",2]`)).toEqual(['1', '256 of 3000002', '2']);
  });

  it('has the elements that JSON.parse finds, cut at any byte into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 }),
        fc.constantFrom(undefined, 1),
        fc.integer({ min: 0, max: 40 }),
        async (values, space, pad) => {
          // White space before the array moves it across the border of the first chunk.
          const text = JSON.stringify(values, null, space);
          const found = await elements(`${' '.repeat(2 ** 20 - pad)}${text}`);
          expect(found.map((each) => JSON.parse(each))).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('mutated at any byte, gives what JSON.parse gives or no whole set of good elements', async () => {
    const whole = JSON.stringify([{ a: 'x,]', b: [1, { c: '\\"' }] }, { a: null }, []]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.constantFrom('', ...'{}[],:"\\ 1x\n'),
        fc.nat(2),
        async (at, put, cut) => {
          const text = whole.slice(0, at) + put + whole.slice(at + cut);
          const parsed = attempt(() => JSON.parse(text));
          const found = await elements(text).catch(() => undefined);
          const read = found && attempt(() => found.map((each) => JSON.parse(each)));
          expect(read).toEqual(Array.isArray(parsed) ? parsed : undefined);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a path', () => {
  const at = (value: unknown, path: readonly string[]): unknown =>
    path.reduce<unknown>((inner, key) => {
      if (typeof inner !== 'object' || inner === null || !Object.keys(inner).includes(key)) return undefined;
      return (inner as Record<string, unknown>)[key];
    }, value);

  it('leads to what JSON.parse has there, whatever lies beside it', () => {
    const key = fc.constantFrom('a', 'b', '0', '1', '__proto__', 'length');
    const nested = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(1, 2.5, true, null, 'x"\\é'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(
        fc.dictionary(key, nested, { noNullPrototype: true }),
        fc.array(key, { minLength: 1, maxLength: 4 }),
        (value, path) => {
          const text = JSON.stringify(value, null, 1);
          const source = path.join('.');
          const object = readObject(text, treeOf([source]));
          if (!object.ok) throw new Error(`${object.code} ${text}`);
          const found = valueAt(object, source);
          const wanted = at(JSON.parse(text), path);
          if (typeof wanted === 'object' && wanted !== null) expect(found?.type).toBe('nested');
          else
            expect(found?.text ?? null).toBe(wanted === undefined || wanted === null ? null : String(wanted));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is not led astray by a key that is spelled like its end', () => {
    const text = '{"specs":{"gpu.count":8,"gpu":{"count":1}},"specs.gpu":{"count":9}}';
    const object = readObject(text, treeOf(['specs.gpu.count']));
    expect(object.ok && valueAt(object, 'specs.gpu.count')).toEqual({ type: 'number', text: '1' });
  });
});

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return undefined;
  }
}

describe('a .json file', () => {
  it('may also hold an object a line, or objects on several lines', async () => {
    expect(await shapeOf('x.json', file('{"a":"}\\n"}\n{}'))).toBe('lines');
    expect(await shapeOf('x.json', file('{"a":1}'))).toBe('lines');
    expect(await shapeOf('x.json', file('\n {\n"a":1}'))).toBe('documents');
    expect(await shapeOf('x.json', file('[{}]'))).toBe('array');
    const rows = ['a2', 'a3'].map((id) => ({ account_id: id, created_at: AT }));
    for (const space of [undefined, 2]) {
      const text = rows.map((row) => JSON.stringify(row, null, space)).join('\n');
      const made = await testDataset({ 'accounts.json': text });
      expect((await made.ingest()).files[0]).toMatchObject({ rowsIn: 2, loaded: 2 });
    }
  });

  it('is refused without a value or with something else in it', async () => {
    for (const [text, code] of [
      ['', 'E_FILE_EMPTY'],
      [' \n', 'E_FILE_EMPTY'],
      ['<html>', 'E_JSON_CORRUPT'],
      ['"x"', 'E_JSON_CORRUPT'],
      ['{"a":\n1', 'E_JSON_CORRUPT'],
      ['{\n} ]', 'E_JSON_CORRUPT'],
    ] as const)
      await expect((await testDataset({ 'accounts.json': text })).ingest(), text).rejects.toMatchObject({
        code,
      });
  });
});

const JOBS = `version: 1
tables:
  accounts: { file: accounts.csv }
  rentals:
    file: workers/*.json
    rows: data.jobs
    columns:
      rental_id: job.id
      device_id: ^.device_id
      renter_id: for
      started_at: start
      price_usd: ^.^.paid
`;
const job = (id: string, start: unknown = AT) => ({ job: { id }, for: 'c1', start, status: 'done' });

describe('rows in an array inside', () => {
  it('reach the objects around it, before and after, in one document or many', async () => {
    const one = { paid: 1.5, data: { jobs: [job('j1'), job('j2')], device_id: 'd1', icon: { a: 1 } } };
    const two = { data: { device_id: 'd2', jobs: [job('j3')] }, paid: 2 };
    const none = { data: { device_id: 'd3', jobs: null } };
    const absent = { data: { device_id: 'd4' } };
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'ghostcard.yaml': JOBS,
      'workers/1.json': JSON.stringify(one, null, 2),
      'workers/2.json': `${JSON.stringify(two)}\n${JSON.stringify(none)}\n`,
      'workers/3.json': JSON.stringify([absent, none]).replace('null', '[]'),
    });
    expect((await made.ingest()).files.map(({ rowsIn, loaded }) => [rowsIn, loaded])).toEqual([
      [1, 1],
      [2, 2],
      [1, 1],
      [0, 0],
    ]);
    expect(
      await made.warehouse.rows(
        'SELECT rental_id AS id, device_id AS d, CAST(price_usd AS DOUBLE) AS usd FROM loaded.rentals ORDER BY id',
      ),
    ).toEqual([
      { id: 'j1', d: 'd1', usd: 1.5 },
      { id: 'j2', d: 'd1', usd: 1.5 },
      { id: 'j3', d: 'd2', usd: 2 },
    ]);
  });

  it('are quarantined one by one; a value that has no such array counts as one', async () => {
    const lines = [
      { data: { device_id: 'd1', jobs: [job('j1'), 7, job('j2', 'soon'), { job: 1 }] }, paid: 1 },
      { data: { device_id: 'd1', jobs: 'none' }, paid: 1 },
      { data: { device_id: 'd1', jobs: { a: 1 } }, paid: 1 },
      { data: [1] },
    ].map((each) => JSON.stringify(each));
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'ghostcard.yaml': JOBS,
      'workers/1.json': [...lines, '{"data":', '{"data":{"jobs":[],"jobs":[{}]}}'].join('\n'),
    });
    expect((await made.ingest()).files[1]).toMatchObject({ rowsIn: 8, loaded: 1, rejected: 7 });
    expect(await made.rejected()).toEqual([
      'R_JSON 2',
      'R_TIME 3 started_at',
      'R_REQUIRED 4 rental_id',
      'R_JSON 5 data.jobs',
      'R_JSON 6 data.jobs',
      'R_JSON 7 data',
      'R_JSON_KEY 8 data.jobs',
    ]);
  });

  it('are asked for where the file has them, and in JSON only', async () => {
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'ghostcard.yaml': JOBS,
      'workers/1.json': '{"data":{"job":[]}}',
    });
    await expect(made.ingest()).rejects.toMatchObject({ code: 'E_HEADER' });
    made.write({ 'ghostcard.yaml': JOBS.replace('workers/*.json', 'jobs.csv'), 'jobs.csv': 'a\n' });
    await expect(made.ingest()).rejects.toMatchObject({ code: 'E_MAPPING' });
  });

  it('may stand in a value larger than a record', async () => {
    const items = Array.from({ length: 30_000 }, (_, i) => ({ id: i, text: 'x'.repeat(50) }));
    const rows: string[] = [];
    const path = file(JSON.stringify({ items, totalCount: 1 }));
    for await (const batch of jsonRows('x.json', path, { shape: 'lines', rows: 'items' }, ['^.totalCount']))
      for (const { line, around } of batch) {
        expect(around.get('^.totalCount')).toEqual({ type: 'number', text: '1' });
        rows.push(line.bytes.toString());
      }
    expect(rows.map((row) => JSON.parse(row))).toEqual(items);
  });
});
