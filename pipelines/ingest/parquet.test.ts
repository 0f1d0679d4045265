import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, type TestDataset, testDataset } from '../../testing/dataset.ts';

const dataset = () => testDataset({ 'accounts.csv': ACCOUNTS });

async function copy(made: TestDataset, select: string, name: string, options = ''): Promise<void> {
  const plain = join(made.folder, 'plain.tmp');
  await made.warehouse.run(`COPY (${select}) TO '${plain}' (FORMAT parquet${options})`);
  mkdirSync(dirname(join(made.folder, name)), { recursive: true });
  renameSync(plain, join(made.folder, name));
}

const AT = "TIMESTAMP '2024-04-01 12:00:00.123456'";
const BEATS = (time: string, extra = '') =>
  `SELECT 'd1' AS device_id, ${time} AS received_at, '1.2.3.4' AS ip${extra}`;
const MS = Date.parse('2024-04-01T12:00:00.123Z');

describe('a Parquet file', () => {
  it('carries times in any unit, with or without a zone', async () => {
    for (const type of ['TIMESTAMP', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMPTZ']) {
      const made = await dataset();
      await copy(made, BEATS(`CAST(${AT} AS ${type})`), 'heartbeats.parquet');
      await made.ingest();
      expect(await made.warehouse.rows('SELECT received_at FROM loaded.heartbeats')).toEqual([
        { received_at: MS },
      ]);
    }
  });

  it('carries numbers of any width, and floating point where whole numbers have gaps', async () => {
    const made = await dataset();
    await copy(
      made,
      BEATS(
        AT,
        ', CAST(3 AS UTINYINT) AS gpu_index, 24564.0 AS memory_used_mib, CAST(1.5 AS FLOAT) AS power_draw_w',
      ),
      'heartbeats.parquet',
    );
    await made.ingest();
    expect(
      await made.warehouse.rows(
        'SELECT gpu_index, memory_used_mib, power_draw_w, uptime_s FROM loaded.heartbeats',
      ),
    ).toEqual([{ gpu_index: 3, memory_used_mib: 24564, power_draw_w: 1.5, uptime_s: null }]);
  });

  it('is refused with a column of another type, unless the column is empty', async () => {
    const made = await dataset();
    for (const time of ['1711972800', "DATE '2024-04-01'"]) {
      await copy(made, BEATS(time), 'heartbeats.parquet');
      await expect(made.ingest()).rejects.toMatchObject({ code: 'E_COLUMN_TYPE' });
    }
    await copy(made, BEATS(AT, ', CAST(NULL AS INTEGER) AS boot_id'), 'heartbeats.parquet');
    expect((await made.ingest()).files[1]).toMatchObject({ loaded: 1 });
  });

  it('loses only rows without a required value, listed by their place', async () => {
    const made = await dataset();
    const rows = `${BEATS(AT)} UNION ALL SELECT NULL, ${AT}, '1.1.1.1' UNION ALL SELECT 'd2', ${AT}, ''
      UNION ALL SELECT 'd3', TIMESTAMP '-290000-01-01', '1.1.1.1' UNION ALL SELECT 'd4', ${AT}, '1.1.1.1'`;
    await made.warehouse.run('SET preserve_insertion_order = true');
    await copy(made, rows, 'heartbeats.parquet');
    expect((await made.ingest()).files[1]).toMatchObject({ rowsIn: 5, loaded: 2, rejected: 3 });
    expect(await made.rejected()).toEqual([
      'R_REQUIRED 2 device_id',
      'R_REQUIRED 3 ip',
      'R_RANGE 4 received_at',
    ]);
    expect(await made.warehouse.rows('SELECT device_id FROM loaded.heartbeats ORDER BY ALL')).toEqual([
      { device_id: 'd1' },
      { device_id: 'd4' },
    ]);
  });

  it('keeps rows whose optional reading is NaN or out of range', async () => {
    const made = await dataset();
    const reading = (watt: string, mib: string) =>
      BEATS(AT, `, ${watt} AS power_draw_w, ${mib} AS memory_used_mib`);
    const rows = [
      reading("'NaN'::DOUBLE", '17592186044134'),
      reading("'-inf'::DOUBLE", '5'),
      reading('300::DOUBLE', '6'),
    ];
    await copy(made, rows.join(' UNION ALL '), 'heartbeats.parquet');
    await made.ingest();
    expect(await made.lost()).toEqual(['heartbeats.memory_used_mib 2 0 1', 'heartbeats.power_draw_w 1 1 1']);
    expect(
      await made.warehouse.rows(
        'SELECT power_draw_w AS w, memory_used_mib AS m FROM loaded.heartbeats ORDER BY ALL',
      ),
    ).toEqual([
      { w: 300, m: 6 },
      { w: null, m: 5 },
      { w: null, m: null },
    ]);
  });

  it('reads files of unlike columns and types into one table', async () => {
    const made = await dataset();
    made.write({ 'heartbeats/c.csv': 'device_id,received_at,ip\nd3,2024-04-01T12:00:00.123Z,::1\n' });
    await copy(made, BEATS(AT, ', 7 AS shoe'), 'heartbeats/a.parquet');
    await copy(made, BEATS(`CAST(${AT} AS TIMESTAMPTZ)`, ', 1 AS gpu_index'), 'heartbeats/[b]*.parquet');
    await made.ingest();
    expect(
      await made.warehouse.rows(
        'SELECT received_at AS t, gpu_index AS i FROM loaded.heartbeats ORDER BY ALL',
      ),
    ).toEqual([
      { t: MS, i: 0 },
      { t: MS, i: 0 },
      { t: MS, i: 1 },
    ]);
  });

  it('counts days from its footer as a scan would', async () => {
    const made = await dataset();
    const spread = `SELECT 'd1' AS device_id, '1.1.1.1' AS ip, ${AT} + to_hours(CAST(i AS BIGINT)) AS received_at FROM range(100) t(i)`;
    await copy(made, spread, 'heartbeats/a.parquet');
    await copy(made, `FROM (${spread}) WHERE received_at < '2024-04-02'`, 'heartbeats/b.parquet');
    await made.ingest();
    const counted = `SELECT received_at // 86400000 AS day, count(*) AS n, max(received_at) AS newest FROM loaded.heartbeats GROUP BY day ORDER BY day`;
    const kept = `SELECT day, CAST(sum("rows") AS BIGINT) AS n, max(newest_at) AS newest FROM loaded.file_day GROUP BY day ORDER BY day`;
    expect(await made.warehouse.rows(kept)).toEqual(await made.warehouse.rows(counted));
  });

  it('is refused when truncated or no Parquet at all', async () => {
    const made = await dataset();
    await copy(made, BEATS(AT), 'heartbeats.parquet');
    const path = join(made.folder, 'heartbeats.parquet');
    const whole = readFileSync(path);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('PAR1'),
      whole.subarray(0, -1),
      whole.subarray(0, 100),
    ]) {
      writeFileSync(path, bytes);
      await expect(made.ingest()).rejects.toMatchObject({ code: 'E_PARQUET_CORRUPT' });
    }
    const pages = Buffer.from(whole);
    pages.fill(0xff, 4, 60);
    writeFileSync(path, pages);
    await expect(made.ingest().then(() => made.warehouse.rows('FROM loaded.heartbeats'))).rejects.toThrow();
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(0x7fffffff, whole.length - 8);
    writeFileSync(path, lying);
    await expect(made.ingest()).rejects.toMatchObject({ code: 'E_PARQUET_CORRUPT' });
  });
});
