import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, type TestDataset, testDataset } from '../../testing/dataset.ts';

const AT = Date.UTC(2024, 3, 1, 12);
const DEVICES = `device_id,account_id,registered_at,gpu_model,gpu_count\n${['d1', 'd2']
  .map((id) => `${id},a1,2024-04-01T00:00:00Z,NVIDIA GeForce RTX 4090,1\n`)
  .join('')}`;
const HEAD = 'device_id,received_at,ip,temperature_gpu_c,power_draw_w,memory_used_mib,sent_at';

function beats(rows: readonly string[]): Readonly<Record<string, string>> {
  return {
    'accounts.csv': ACCOUNTS,
    'devices.csv': DEVICES,
    'heartbeats.csv': `${[HEAD, ...rows].join('\n')}\n`,
  };
}

const readings = (made: TestDataset) =>
  made.warehouse.rows(
    'SELECT temperature_gpu_c AS c, power_draw_w AS w, memory_used_mib AS m FROM loaded.heartbeats ORDER BY received_at',
  );
const owners = (made: TestDataset) =>
  made.warehouse
    .rows<{ text: string }>(
      `SELECT concat_ws(' ', table_name, column_name, owner_type, owner_id, "rows") AS text FROM loaded.lost_owner`,
    )
    .then((rows) => rows.map(({ text }) => text));
const counts = (made: TestDataset, table: string) =>
  made.warehouse
    .rows<{ text: string }>(
      `SELECT concat_ws(' ', file, column_name, kept, empty, lost) AS text FROM loaded.column_value
       WHERE table_name = $table ORDER BY file, column_name`,
      { table },
    )
    .then((rows) => rows.map(({ text }) => text));

describe('a missing sensor', () => {
  it('costs its value and not the heartbeat, whatever word stands for it', async () => {
    for (const word of [
      '[N/A]',
      'N/A',
      '[Not Supported]',
      '[Unknown Error]',
      'ERR!',
      '\\N',
      'NULL',
      'None',
      'nan',
      'NA',
    ]) {
      const made = await testDataset(
        beats([`d1,2024-04-01T12:00:00Z,1.2.3.4,${word},26.78 W,184 MiB,${word}`]),
      );
      expect((await made.ingest()).files[2], word).toMatchObject({ loaded: 1, rejected: 0 });
      expect(await readings(made)).toEqual([{ c: null, w: 26.78, m: 184 }]);
      expect(await made.lost()).toEqual([]);
      expect(await counts(made, 'heartbeats')).toContain('heartbeats.csv temperature_gpu_c 0 1 0');
    }
  });

  it('is told from a reading that is lost', async () => {
    const made = await testDataset(
      beats([
        'd1,2024-04-01T12:00:00Z,1.2.3.4,[N/A],hot,184 MiB,',
        'd1,2024-04-01T12:00:01Z,1.2.3.4,45 C,26.78 kW,17592186044134 MiB,yesterday',
        'd2,2024-04-01T12:00:02Z,1.2.3.4,45,inf,12,2024-04-01T12:00:02Z',
        'd2,2024-04-01T12:00:03,1.2.3.4,45,7,12,',
        'd2,2024-04-01T12:00:04Z,"1.2".3.4,45,7,12,',
        'd2,2024-04-01T12:00:05Z,[N/A],45,7,12,',
      ]),
    );
    expect((await made.ingest()).files[2]).toMatchObject({ rowsIn: 6, loaded: 4, rejected: 2 });
    expect(await made.rejected()).toEqual(['R_TIME 5 received_at', 'R_QUOTE 6']);
    expect(await counts(made, 'heartbeats')).toEqual([
      'heartbeats.csv device_id 4 0 0',
      'heartbeats.csv ip 4 0 0',
      'heartbeats.csv memory_used_mib 3 0 1',
      'heartbeats.csv power_draw_w 1 0 3',
      'heartbeats.csv received_at 4 0 0',
      'heartbeats.csv sent_at 1 2 1',
      'heartbeats.csv temperature_gpu_c 3 1 0',
    ]);
    expect(await owners(made)).toEqual([
      'heartbeats  device d2 2',
      'heartbeats memory_used_mib device d1 1',
      'heartbeats power_draw_w device d1 2',
      'heartbeats power_draw_w device d2 1',
      'heartbeats sent_at device d1 1',
    ]);
  });

  it('costs a key, a required and a knowable value their row', async () => {
    const made = await testDataset({
      'accounts.csv': 'account_id,created_at\na1,2024-04-01T00:00:00Z\na2,NULL\na3,soon\na4,\n',
      'devices.csv':
        'device_id,account_id,registered_at,gpu_model,gpu_count\nd1,a1,[N/A],RTX 4090,N/A\nd2,a1,,RTX 4090,many\nd3,a2,,,1\n',
      'gpus.csv': 'device_id,gpu_index,seen_at,name\nd1,N/A,,A\nd1,0,\\N,B\nd1,0,,[N/A]\n',
    });
    await made.ingest();
    expect(await made.rejected()).toEqual([
      'R_TIME 4 created_at',
      'R_TYPE 3 gpu_count',
      'R_REQUIRED 4 gpu_model',
      'R_TYPE 2 gpu_index',
      'R_TIME 3 seen_at',
    ]);
    expect(await made.warehouse.rows('SELECT account_id AS a, created_at AS t FROM loaded.accounts')).toEqual(
      [
        { a: 'a1', t: Date.UTC(2024, 3, 1) },
        { a: 'a2', t: null },
        { a: 'a4', t: null },
      ],
    );
    expect(await counts(made, 'gpus')).toContain('gpus.csv name 0 1 0');
    expect(await owners(made)).toEqual([
      'accounts  account a3 1',
      'devices  account a1 1',
      'devices  account a2 1',
      'gpus  device d1 2',
    ]);
  });
});

describe('exports of databases', () => {
  it('BigQuery and Dune write " UTC"', async () => {
    const made = await testDataset({
      'accounts.ndjson':
        '{"account_id":"b1","created_at":"2024-05-02 08:30:00 UTC"}\n{"account_id":"b2","created_at":"2024-05-02 08:30:00.654321 UTC","house":"NULL"}\n',
    });
    await made.ingest();
    const noon = Date.UTC(2024, 4, 2, 8, 30);
    expect(await made.warehouse.rows('SELECT created_at AS t, house FROM loaded.accounts')).toEqual([
      { t: noon, house: null },
      { t: noon + 654, house: null },
    ]);
  });

  it('Postgres writes "+00" and other offsets, "t" and "f"', async () => {
    const made = await testDataset({
      'accounts.csv':
        'account_id,created_at,house\np1,2024-05-02 08:30:00+00,f\np2,2024-05-02 14:00:00.5+05:30,t\np3,2024-05-02 04:30:00-04,\\N\n',
    });
    expect((await made.ingest()).files[0]).toMatchObject({ loaded: 3 });
    const noon = Date.UTC(2024, 4, 2, 8, 30);
    expect(await made.warehouse.rows('SELECT created_at AS t, house FROM loaded.accounts')).toEqual([
      { t: noon, house: false },
      { t: noon + 500, house: true },
      { t: noon, house: null },
    ]);
  });

  it('ClickHouse and MySQL write no zone: the rejection says what to put into ghostcard.yaml', async () => {
    const made = await testDataset({ 'accounts.csv': 'account_id,created_at\nc1,2024-05-02 08:30:00\n' });
    await expect(made.ingest()).rejects.toMatchObject({
      code: 'E_TABLE_EMPTY',
      detail: { got: expect.stringContaining('zone: UTC for it in ghostcard.yaml') },
    });
  });
});

describe('text in a Parquet file', () => {
  async function parquet(select: string): Promise<TestDataset> {
    const made = await testDataset({ 'accounts.csv': ACCOUNTS, 'devices.csv': DEVICES });
    const plain = join(made.folder, 'plain.tmp');
    await made.warehouse.run(
      `SET preserve_insertion_order = true; COPY (${select}) TO '${plain}' (FORMAT parquet)`,
    );
    renameSync(plain, join(made.folder, 'heartbeats.parquet'));
    return made;
  }
  const row = (device: string, at: string, w: string, extra = '') =>
    `SELECT '${device}' AS device_id, '${at}' AS received_at, '1.2.3.4' AS ip, '45' AS temperature_gpu_c, '${w}' AS power_draw_w, '1' AS memory_used_mib${extra}`;

  it('is read by the grammar of values where numbers, times or booleans belong', async () => {
    const made = await parquet(
      [
        row('d1', '2024-04-01 12:00:00+00', '26.78 W'),
        row('d1', '2024-04-01T12:00:01Z', '[N/A]'),
        row('d2', '2024-04-01 12:00:02 UTC', 'hot'),
        row('d2', '2024-04-01 12:00:03', '7'),
      ].join(' UNION ALL '),
    );
    expect((await made.ingest()).files[2]).toMatchObject({ rowsIn: 4, loaded: 3, rejected: 1 });
    expect(await made.rejected()).toEqual(['R_TIME 4 received_at']);
    expect(await readings(made)).toEqual([
      { c: 45, w: 26.78, m: 1 },
      { c: 45, w: null, m: 1 },
      { c: 45, w: null, m: 1 },
    ]);
    expect(await made.warehouse.row('SELECT min(received_at) AS t FROM loaded.heartbeats')).toEqual({
      t: AT,
    });
    expect(await made.lost()).toEqual(['heartbeats.power_draw_w 1 1 1']);
    expect(await owners(made)).toEqual(['heartbeats  device d2 1', 'heartbeats power_draw_w device d2 1']);
  });

  it('loses the words for nothing in text columns too, and keeps a column without them bare', async () => {
    const made = await parquet(
      `${row('d1', '2024-04-01 12:00:00Z', '1', ", '\\N' AS status, '[Not Supported]' AS throttle_reasons")} UNION ALL
       ${row('d1', '2024-04-01 12:00:01Z', '1', ", 'busy' AS status, '0x4' AS throttle_reasons")}`,
    );
    await made.ingest();
    const read = 'SELECT status AS s, throttle_reasons AS r FROM loaded.heartbeats ORDER BY received_at';
    expect(await made.warehouse.rows(read)).toEqual([
      { s: null, r: null },
      { s: 'busy', r: '0x4' },
    ]);
    expect(await counts(made, 'heartbeats')).toEqual(
      expect.arrayContaining([
        'heartbeats.parquet status 1 1 0',
        'heartbeats.parquet throttle_reasons 1 1 0',
      ]),
    );
  });
});

describe('who is hit', () => {
  it('is read from the record where its fields could be split, and is nobody elsewhere', async () => {
    const made = await testDataset({
      'accounts.csv': [
        'account_id,email,created_at',
        'a1,a@x.io,2024-04-01T00:00:00Z',
        'a2,a@x.io,2024-04-01T00:00:00Z,one,more',
        'a3,a@x.io',
        'a4,"a@x.io,2024-04-01T00:00:00Z',
        '"a5,a@x.io,2024-04-01T00:00:00Z',
        'a1,other@x.io,2024-04-01T00:00:00Z',
        'a1,a@x.io,2024-04-01T00:00:00Z',
      ].join('\n'),
      'prior_list.ndjson':
        '{"source":"s","account_id":"a9","verdict":5,"listed_at":"?"}\n{"source":"s","wallet":"w"}\n[]\n',
    });
    await made.ingest();
    expect(await owners(made)).toEqual([
      'accounts    1',
      'accounts  account a1 1',
      'accounts  account a2 1',
      'accounts  account a3 1',
      'accounts  account a4 1',
      'prior_list    2',
      'prior_list listed_at account a9 1',
    ]);
  });

  it('sums files, and counts no file twice', async () => {
    const bad = `${HEAD}\nd1,2024-04-01T12:00:00Z,1.2.3.4,x,1,1,\n`;
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'devices.csv': DEVICES,
      'heartbeats/1.csv': bad,
      'heartbeats/2.csv': bad,
      'heartbeats/3.csv': `${bad}d2,2024-04-01T12:00:01Z,1.2.3.4,x,1,1,\n`,
    });
    await made.ingest();
    expect(await owners(made)).toEqual([
      'heartbeats temperature_gpu_c device d1 2',
      'heartbeats temperature_gpu_c device d2 1',
    ]);
    expect(await made.lost()).toEqual([
      'heartbeats.temperature_gpu_c 0 0 1',
      'heartbeats.temperature_gpu_c 0 0 2',
    ]);
  });

  it('is told whose a record on several lines is by the line that opens it, not by what its field holds', async () => {
    const made = await testDataset(
      beats([
        'd1,2024-04-01T12:00:00Z,"1.2',
        'd2,2024-04-01T12:00:01Z,1.2.3.4,45,26,12,',
        'd2,2024-04-01T12:00:02Z,1.2.3.4",45,26,12,',
        'd2,2024-04-01T12:00:03Z,1.2.3.4,45,26,12,',
      ]),
    );
    expect((await made.ingest()).files[2]).toMatchObject({ rowsIn: 4, loaded: 1, rejected: 3 });
    expect(await owners(made)).toEqual(['heartbeats    2', 'heartbeats  device d1 1']);
  });
});
