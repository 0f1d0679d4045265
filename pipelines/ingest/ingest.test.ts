import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contracts/errors.ts';
import { ACCOUNTS, type TestDataset, testDataset } from '../../testing/dataset.ts';

const refuses = (made: TestDataset, code: ErrorCode) => expect(made.ingest()).rejects.toMatchObject({ code });

const DEVICES =
  'device_id,account_id,registered_at,gpu_model,gpu_count\nd1,a1,2024-04-01T00:00:00.000Z,NVIDIA GeForce RTX 4090,1\n';
const BEAT = 'device_id,received_at,ip\n';
const beat = (device: string, at: string) => `${device},${at},1.2.3.4\n`;

describe('the folder', () => {
  it('must exist and hold a table', async () => {
    await refuses(await testDataset({}), 'E_DATASET_MISSING');
    await refuses(await testDataset({ 'notes.txt': 'x' }), 'E_DATASET_MISSING');
    const made = await testDataset({});
    await expect(made.ingest({ dataset: join(made.folder, 'none') })).rejects.toMatchObject({
      code: 'E_DATASET_MISSING',
    });
  });

  it('may be a link to a folder, but no file', async () => {
    const made = await testDataset({ 'accounts.csv': ACCOUNTS });
    const link = join(made.folder, '..', 'link');
    symlinkSync(made.folder, link);
    expect((await made.ingest({ dataset: link })).files).toHaveLength(1);
    await expect(made.ingest({ dataset: join(link, 'accounts.csv') })).rejects.toMatchObject({
      code: 'E_DATASET_MISSING',
    });
  });

  it('says why no account could be loaded', async () => {
    const made = await testDataset({ 'accounts.csv': 'account_id,created_at\na1,1712000000\n' });
    await expect(made.ingest()).rejects.toMatchObject({
      code: 'E_TABLE_EMPTY',
      detail: { got: expect.stringContaining('accounts.csv line 2, created_at:') },
    });
  });

  it('refuses a snapshot before the first account', async () => {
    const made = await testDataset({ 'accounts.csv': ACCOUNTS });
    const at = (day: string) => made.ingest({ snapshot: Date.parse(`${day}T00:00:00Z`) });
    await expect(at('2024-03-31')).rejects.toMatchObject({ code: 'E_USAGE', exitCode: 2 });
    expect((await at('2024-04-01')).files).toHaveLength(1);
  });

  it('needs accounts, with at least one row', async () => {
    await refuses(await testDataset({ 'devices.csv': DEVICES }), 'E_TABLE_MISSING');
    await refuses(await testDataset({ 'accounts.csv': 'account_id,created_at\n' }), 'E_TABLE_EMPTY');
  });

  it('holds each table in one form', async () => {
    const both = { 'accounts.csv': ACCOUNTS, 'accounts/1.csv': ACCOUNTS };
    await refuses(await testDataset(both), 'E_TABLE_AMBIGUOUS');
    await refuses(
      await testDataset({ 'accounts.csv': ACCOUNTS, 'accounts.ndjson': '' }),
      'E_TABLE_AMBIGUOUS',
    );
  });

  it('lists files of no table, and never follows a link', async () => {
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'readme.md': 'x',
      'sub/heartbeats.csv': BEAT,
    });
    expect(await made.ingest()).toMatchObject({
      unknown: ['readme.md'],
      unread: [{ file: 'sub/heartbeats.csv', looksLike: 'heartbeats' }],
    });
    expect(await made.warehouse.rows("SELECT file FROM loaded.extra WHERE table_name = ''")).toEqual([
      { file: 'readme.md' },
    ]);
    expect(await made.warehouse.rows('SELECT file, looks_like FROM loaded.unread')).toEqual([
      { file: 'sub/heartbeats.csv', looks_like: 'heartbeats' },
    ]);
    symlinkSync('/etc/passwd', join(made.folder, 'devices.csv'));
    await refuses(made, 'E_FILE_UNREADABLE');
  });

  it('takes names with glob characters and quotes, and Hive folders', async () => {
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      "heartbeats/day=2024-04-01/it's [a] {b}*?.csv": BEAT + beat('d1', '2024-04-01T00:00:00Z'),
      'heartbeats/day=2024-04-02/*.csv': BEAT + beat('d1', '2024-04-02T00:00:00Z'),
      'heartbeats/day=2024-04-02/other.csv': BEAT + beat('d1', '2024-04-02T01:00:00Z'),
    });
    expect((await made.ingest()).files.map(({ loaded }) => loaded)).toEqual([1, 1, 1, 1]);
  });
});

describe('a CSV file', () => {
  const accounts = (text: string | Buffer) => testDataset({ 'accounts.csv': text });

  it('may have a BOM, CRLF or both line ends, and no final line end', async () => {
    const row = 'a2,b@x.io,2024-04-01T00:00:00Z';
    for (const text of [`\ufeff${ACCOUNTS}`, ACCOUNTS.replaceAll('\n', '\r\n'), `${ACCOUNTS}${row}`]) {
      const made = await accounts(text);
      await made.ingest();
      expect(await made.warehouse.row('SELECT account_id, email, created_at FROM loaded.accounts')).toEqual({
        account_id: 'a1',
        email: 'a@x.io',
        created_at: Date.parse('2024-04-01T00:00:00Z'),
      });
    }
    const mixed = await accounts(`${ACCOUNTS}${row}\r\n\n${row.replace('a2', 'a3')}`);
    expect((await mixed.ingest()).files[0]).toMatchObject({ rowsIn: 3, loaded: 3 });
    expect(await mixed.warehouse.rows('SELECT account_id AS id FROM loaded.accounts')).toEqual(
      ['a1', 'a2', 'a3'].map((id) => ({ id })),
    );
  });

  it('is read by the names of its header, whatever their order, and lists what it does not know', async () => {
    const made = await accounts('created_at,shoe,email,account_id\n2024-04-01T00:00:00Z,44,a@x.io,a1\n');
    expect((await made.ingest()).extra).toEqual([
      { file: 'accounts.csv', table: 'accounts', column: 'shoe' },
    ]);
    expect(await made.warehouse.row('SELECT account_id, email FROM loaded.accounts')).toEqual({
      account_id: 'a1',
      email: 'a@x.io',
    });
  });

  it('is refused without bytes, without a header, or with a bad one', async () => {
    await refuses(await accounts(''), 'E_FILE_EMPTY');
    await refuses(await accounts('\ufeff'), 'E_FILE_EMPTY');
    await refuses(await accounts('email,created_at\na,2024-04-01T00:00:00Z\n'), 'E_HEADER');
    await refuses(await accounts('account_id,created_at,created_at\n'), 'E_HEADER');
    await refuses(await accounts('account_id,created_at,"a"b\n'), 'E_HEADER');
    await refuses(await accounts(Buffer.from('account_id,created_at,\xff\n', 'latin1')), 'E_HEADER');
    await refuses(await accounts(`account_id,created_at,${'x,'.repeat(300)}\n`), 'E_HEADER');
    await refuses(await accounts('x'.repeat(200_000)), 'E_HEADER');
  });

  it('loses no row to a bad neighbour', async () => {
    const good = (id: string) =>
      `${id},=HYPERLINK("x")<b>,2024-04-01T00:00:00Z\n`.replace(
        '=HYPERLINK("x")<b>',
        '"=HYPERLINK(""x"")<b>"',
      );
    const bad = [
      '"open,x,2024-04-01T00:00:00Z\n',
      'b,x"y,2024-04-01T00:00:00Z\n',
      'b,x\n',
      'b,x,2024-04-01T00:00:00Z,more\n',
      'b,\0,2024-04-01T00:00:00Z\n',
      Buffer.from('b,\xc0\xaf,2024-04-01T00:00:00Z\n', 'latin1'),
      `b,${'x'.repeat(70_000)},2024-04-01T00:00:00Z\n`,
      `b,${'x'.repeat(10_000_000)},2024-04-01T00:00:00Z\n`,
      'b,x,2024-04-01\n',
      'b,x,1711929600\n',
      'b,x,1711929600000\n',
      'b,x,\n',
      ',x,2024-04-01T00:00:00Z\n',
    ];
    const pieces = bad.flatMap((text, i) => [Buffer.from(good(`g${i}`)), Buffer.from(text)]);
    const made = await accounts(Buffer.concat([Buffer.from('account_id,email,created_at\n'), ...pieces]));
    expect((await made.ingest()).files[0]).toMatchObject({
      rowsIn: 26,
      loaded: 14,
      duplicate: 0,
      rejected: 12,
    });
    expect(await made.rejected()).toEqual([
      'R_QUOTE 3',
      'R_QUOTE 5',
      'R_COLUMNS 7',
      'R_COLUMNS 9',
      'R_NUL 11',
      'R_ENCODING 13',
      'R_FIELD_SIZE 15',
      'R_RECORD_SIZE 17',
      'R_TIME 19 created_at',
      'R_TIME 21 created_at',
      'R_TIME 23 created_at',
      'R_REQUIRED 27 account_id',
    ]);
    expect(
      await made.warehouse.rows('SELECT DISTINCT email FROM loaded.accounts WHERE created_at IS NOT NULL'),
    ).toEqual([{ email: '=HYPERLINK("x")<b>' }]);
    const { bytes } = await made.warehouse.row<{ bytes: string }>(
      'SELECT bytes FROM loaded.rejected WHERE line = 17',
    );
    expect(bytes).toMatch(/^b,x{254}… \(10000023 bytes, sha256 [0-9a-f]{64}\)$/);
  });

  it('keeps rows whose optional reading is nonsense, and counts it', async () => {
    const rows = ['17592186044134', '-1', '99999999999999999999', '24564', ''].map(
      (mib, i) => `d1,${i},2024-04-01T00:00:00Z,${mib}\n`,
    );
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'devices.csv': DEVICES,
      'gpus.csv': `device_id,gpu_index,seen_at,memory_total_mib\n${rows.join('')}`,
    });
    await made.ingest();
    expect(await made.lost()).toEqual(['gpus.memory_total_mib 1 1 3']);
    expect(
      await made.warehouse.rows('SELECT memory_total_mib AS m FROM loaded.gpus ORDER BY gpu_index'),
    ).toEqual([null, null, null, 24564, null].map((m) => ({ m })));
  });

  it('may claim zero GPUs; a senseless count is refused', async () => {
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'devices.csv':
        DEVICES.replace(',1\n', ',0\n') +
        DEVICES.split('\n')[1]!.replace('d1', 'd2').replace(',1', ',-1') +
        '\n',
    });
    await made.ingest();
    expect(await made.warehouse.rows('SELECT device_id, gpu_count FROM loaded.devices')).toEqual([
      { device_id: 'd1', gpu_count: 0 },
    ]);
    expect(await made.rejected()).toEqual(['R_RANGE 3 gpu_count']);
  });
});

describe('keys', () => {
  it('count an equal row as duplicate and refuse another; the first stays', async () => {
    const made = await testDataset({
      'accounts/1.csv': `${ACCOUNTS}a1,a@x.io,2024-04-01T00:00:00.000Z\na1,evil@x.io,2024-04-01T00:00:00.000Z\n`,
      'accounts/2.csv': 'account_id,email,created_at\na1,,2024-04-01T00:00:00.000Z\n',
    });
    const { files } = await made.ingest();
    expect(files).toMatchObject([
      { rowsIn: 3, loaded: 1, duplicate: 1, rejected: 1 },
      { rowsIn: 1, loaded: 0, duplicate: 0, rejected: 1 },
    ]);
    expect(await made.warehouse.rows('SELECT email FROM loaded.accounts')).toEqual([{ email: 'a@x.io' }]);
    expect(await made.rejected()).toEqual(['R_KEY_CONFLICT 4 account_id', 'R_KEY_CONFLICT 2 account_id']);
  });

  it('do not matter to a file of bytes met before: all of it is duplicate', async () => {
    const beats = BEAT + beat('d1', '2024-04-01T00:00:00Z') + beat('d1', '2024-04-01T00:00:00Z');
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'heartbeats/1.csv': beats,
      'heartbeats/2.csv': beats,
    });
    expect((await made.ingest()).files.slice(1)).toMatchObject([
      { loaded: 2, duplicate: 0 },
      { loaded: 0, duplicate: 2 },
    ]);
    expect(await made.warehouse.row('SELECT count(*) AS n FROM loaded.heartbeats')).toEqual({ n: 2 });
  });
});

describe('rows that refer to nothing, or to the future', () => {
  it('orphans are loaded, listed and hidden', async () => {
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'devices.csv': DEVICES,
      'heartbeats.csv': BEAT + beat('d1', '2024-04-01T00:00:00Z') + beat('ghost', '2024-04-01T00:00:00Z'),
    });
    expect((await made.ingest()).orphans).toEqual([{ table: 'heartbeats', column: 'device_id', rows: 1 }]);
    expect(await made.warehouse.row('SELECT count(*) AS n FROM loaded.heartbeats')).toEqual({ n: 2 });
    expect(await made.warehouse.rows('SELECT device_id FROM raw.heartbeats')).toEqual([{ device_id: 'd1' }]);
  });

  it('one far-future row is refused, moves no reference, and takes no honest row along', async () => {
    const honest = Array.from({ length: 40 }, (_, i) =>
      beat('d1', new Date(Date.UTC(2024, 3, 1, i)).toISOString()),
    );
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'devices.csv': DEVICES,
      'heartbeats.csv':
        BEAT + honest.join('') + beat('d1', '2099-01-01T00:00:00Z') + beat('d1', '2024-04-03T10:00:00Z'),
    });
    const { files, newestAt } = await made.ingest();
    expect(files[2]).toMatchObject({ loaded: 41, rejected: 1 });
    expect(await made.rejected()).toEqual(['R_FUTURE 42 received_at']);
    expect(newestAt).toBe(Date.UTC(2024, 3, 3, 10));
    expect(await made.warehouse.row('SELECT count(*) AS n FROM loaded.heartbeats')).toEqual({ n: 41 });
  });
});
