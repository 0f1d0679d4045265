import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMapping } from '../ingest/mapping.ts';
import { init } from './init.ts';

let dataset: string;
beforeEach(() => {
  dataset = mkdtempSync(join(tmpdir(), 'ghostcard-init-'));
});
afterEach(() => rmSync(dataset, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dataset, file)), { recursive: true });
    writeFileSync(join(dataset, file), content);
  }
}

const drafted = async (files: Readonly<Record<string, string | Buffer>>) => {
  put(files);
  return init({ dataset, force: true });
};
const yamlLines = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

const OFFER = {
  id: 1,
  machine_id: 2,
  host_id: 3,
  gpu_name: 'RTX 4090',
  num_gpus: 1,
  dph_total: 0.4,
  rentable: true,
};

describe('exports of databases', () => {
  it('from Postgres need no mapping: their times carry a zone', async () => {
    const report = await drafted({ 'accounts.csv': 'account_id,created_at\na1,2024-04-23 10:00:00.5+00\n' });
    expect(report).toMatchObject({ written: null, mapping: '' });
    expect(existsSync(join(dataset, 'ghostcard.yaml'))).toBe(false);
  });

  it('from BigQuery need none either', async () => {
    const line = '{"account_id":"a1","created_at":"2024-04-23 10:00:00 UTC","house":"false"}\n';
    expect((await drafted({ 'accounts.json': line.repeat(3) })).mapping).toBe('');
  });

  it('from ClickHouse and MySQL get the zone, to be confirmed', async () => {
    const { mapping } = await drafted({ 'accounts.csv': 'account_id,created_at\na1,2024-04-23 10:00:00\n' });
    expect(yamlLines(mapping)).toEqual(['version: 1', expect.stringMatching(/^zone: "UTC" {2}# CONFIRM/)]);
    expect(parseMapping(mapping).of('accounts').defaults?.zone).toBe('UTC');
  });

  it('from a German Excel get separator and decimal mark', async () => {
    const { mapping } = await drafted({
      'accounts.csv': '\uFEFFaccount_id;created_at\r\na1;2024-04-23T10:00:00Z\r\n',
      'points.csv': 'account_id;epoch;points\r\na1;e1;12,5\r\n',
    });
    expect(yamlLines(mapping).map((line) => line.split('  ')[0])).toEqual([
      'version: 1',
      'delimiter: ";"',
      'decimal: ","',
    ]);
    expect(parseMapping(mapping).of('points').defaults).toEqual({ delimiter: ';', decimal: ',' });
  });

  it('with times as a German Excel writes them get the form of days, and the zone where none follows', async () => {
    const { mapping } = await drafted({ 'accounts.csv': 'account_id;created_at\r\na1;23.04.2024 10:00\r\n' });
    const defaults = { delimiter: ';', dates: 'DD.MM.YYYY' };
    expect(parseMapping(mapping).of('accounts').defaults).toEqual({ ...defaults, zone: 'UTC' });
    const zoned = await drafted({ 'accounts.csv': 'account_id;created_at\r\na1;23.04.2024 10:00:00Z\r\n' });
    expect(parseMapping(zoned.mapping).of('accounts').defaults).toEqual(defaults);
  });

  it('in shards are one table by a glob', async () => {
    const line = '{"account_id":"a1","created_at":"2024-04-23T10:00:00Z"}\n';
    const { tables } = await drafted({
      'accounts-000000000000.json': line,
      'accounts-000000000001.json': line,
    });
    expect(tables).toMatchObject([{ table: 'accounts', file: 'accounts-*.json', files: 2 }]);
  });

  it('beside a file of the very name are left, and named', async () => {
    const text = 'account_id,created_at\na1,2024-04-23T10:00:00Z\n';
    const report = await drafted({ 'accounts-2024.csv': text, 'accounts.csv': text });
    expect(report).toMatchObject({ mapping: '', tables: [{ file: 'accounts.csv' }] });
    expect(report.unread).toMatchObject([{ what: 'accounts-2024.csv' }]);
  });

  it('with numbers for times get the unit that their size says', async () => {
    const { mapping } = await drafted({ 'accounts.csv': 'account_id,created_at\na1,1713866400123\n' });
    expect(parseMapping(mapping).of('accounts').columns.get('created_at')).toMatchObject({
      from: 'created_at',
      unit: 'ms',
    });
  });

  it('with other spellings of the columns are mapped; a required column is never guessed', async () => {
    const { mapping } = await drafted({
      'accounts.csv': 'Account ID,createdAt,e-mail\na1,2024-04-23T10:00:00Z,x@y.example\n',
    });
    const { columns } = parseMapping(mapping).of('accounts');
    expect([...columns].map(([name, { from }]) => [name, from])).toEqual([
      ['account_id', 'Account ID'],
      ['email', 'e-mail'],
      ['created_at', 'createdAt'],
    ]);
    rmSync(join(dataset, 'accounts.csv'));
    await expect(drafted({ 'accounts.csv': 'user,createdAt\na1,x\n' })).rejects.toMatchObject({
      code: 'E_DATASET_MISSING',
    });
  });
});

describe('a draft', () => {
  it('is never written over, unless told to', async () => {
    put({ 'offers.json': JSON.stringify([OFFER]), 'ghostcard.yaml': 'version: 1\ntables: {}\n' });
    await expect(init({ dataset, force: false })).rejects.toMatchObject({ code: 'E_OUT', exitCode: 1 });
    expect(readFileSync(join(dataset, 'ghostcard.yaml'), 'utf8')).toBe('version: 1\ntables: {}\n');
    await init({ dataset, force: true });
    expect(readFileSync(join(dataset, 'ghostcard.yaml'), 'utf8')).toContain('host_id');
  });

  it('may lie elsewhere', async () => {
    put({ 'offers.json': JSON.stringify([OFFER]), 'elsewhere/x.txt': '' });
    const out = join(dataset, 'elsewhere');
    expect((await init({ dataset, out, force: false })).written).toBe(join(out, 'ghostcard.yaml'));
    expect(existsSync(join(dataset, 'ghostcard.yaml'))).toBe(false);
  });

  it('names when the offers were seen as it was told', async () => {
    put({ 'offers.json': JSON.stringify([OFFER]) });
    const { mapping } = await init({ dataset, force: false, seenAt: Date.UTC(2025, 0, 2, 3) });
    expect(parseMapping(mapping).of('listings').columns.get('seen_at')?.constant).toBe(
      String(Date.UTC(2025, 0, 2, 3)),
    );
  });

  it('without owners holds the offers alone, and says so', async () => {
    const { host_id: _, ...ownerless } = OFFER;
    const report = await drafted({ 'offers.json': JSON.stringify([ownerless]) });
    expect(report.tables.map(({ table }) => table)).toEqual(['listings']);
    expect(report.supplyOnly).toBe(true);
    expect(report.cannot).toContainEqual({ what: 'accounts', why: 'no owners in this export (no host_id)' });
  });

  it('leaves a table that the dataset brings itself', async () => {
    const report = await drafted({
      'offers.json': JSON.stringify([OFFER]),
      'accounts.csv': 'account_id,created_at\n3,2024-04-23T10:00:00Z\n',
    });
    expect(report.tables.find(({ table }) => table === 'accounts')?.file).toBe('accounts.csv');
    expect(report.mapping).not.toContain('account_id: "host_id"\n  devices');
    expect(report.mapping).not.toMatch(/^ {2}accounts:/m);
  });

  it('warns of an export in a folder that is called like another table', async () => {
    const report = await drafted({ 'gpus/offers.json': JSON.stringify([OFFER]) });
    expect(report.unread[0]).toMatchObject({
      what: 'gpus/offers.json',
      why: expect.stringContaining('rename'),
    });
  });
});

describe('a published list of wallets', () => {
  const wallets = (n: number) => Array.from({ length: n }, (_, i) => `0x${String(i).padStart(40, 'a')}`);

  it('of one column is a prior list, with its name as source', async () => {
    const report = await drafted({
      'accounts.csv': 'account_id,wallet\na1,x\n',
      'lists/eliminated.csv': `address\n${wallets(20).join('\n')}\nsee below\n`,
    });
    const { columns } = parseMapping(report.mapping).of('prior_list');
    expect(columns.get('source')?.constant).toBe('eliminated');
    expect(columns.get('verdict')?.constant).toBe('sybil');
    expect(columns.get('wallet')?.from).toBe('address');
    expect(report.detectors.run).toContain('prior-list');
  });

  it('without a header would lose its first address: it is named instead', async () => {
    const report = await drafted({
      'accounts.csv': 'account_id,wallet\na1,x\n',
      'list.csv': wallets(5).join('\n'),
    });
    expect(report.unread).toEqual([{ what: 'list.csv', why: expect.stringContaining('put a line') }]);
  });
});

describe('files that are hostile', () => {
  it('cannot write YAML by their names or fields', async () => {
    const name = 'a"b: {}\n# x\u2028.csv';
    const field = 'add"ress\\: [x]';
    const report = await drafted({
      'accounts.csv': 'account_id,wallet\na1,x\n',
      [name]: `"${field.replaceAll('"', '""')}"\n0x${'a'.repeat(40)}\n`,
    });
    const mapping = parseMapping(report.mapping);
    expect(mapping.tablesOf(name)).toEqual(['prior_list']);
    expect(mapping.of('prior_list').columns.get('wallet')?.from).toBe(field);
  });

  it('are read to a bound: large, cut, deep or bombs', async () => {
    const many = JSON.stringify(Array.from({ length: 20_000 }, (_, i) => ({ ...OFFER, id: i })));
    expect(many.length).toBeGreaterThan(2 ** 20);
    const report = await drafted({
      'offers.json': many,
      'deep.json': '['.repeat(300_000),
      'objects.json': '{"a":'.repeat(200_000),
      'bomb.csv.gz': gzipSync(Buffer.alloc(2 ** 26)),
      'cut.json.gz': gzipSync(many).subarray(0, 5000),
      'empty.csv': '',
      'noise.json': Buffer.from([0xff, 0xfe, 0, 1, 2, 34, 92]),
    });
    expect(report.tables.map(({ table }) => table)).toContain('listings');
    expect(report.unread.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['bomb.csv.gz', 'deep.json', 'empty.csv', 'noise.json', 'objects.json']),
    );
  });

  it('of no known sort end in an error that says what to do', async () => {
    await expect(drafted({ 'x.csv': 'a,b\n1,2\n' })).rejects.toMatchObject({ code: 'E_DATASET_MISSING' });
    rmSync(join(dataset, 'x.csv'));
    await expect(init({ dataset, force: false })).rejects.toMatchObject({
      detail: { got: 'an empty folder' },
    });
  });
});
