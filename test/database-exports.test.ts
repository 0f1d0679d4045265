/** Exports of databases: `init` drafts at most three lines, and every row and value then arrives. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from '../pipelines/check/check.ts';
import { init } from '../pipelines/init/init.ts';

const scratch = mkdtempSync(join(tmpdir(), 'ghostcard-databases-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const HEARTBEAT = 'device_id,received_at,ip,power_draw_w\n';
const DEVICE = 'device_id,account_id,registered_at,gpu_model,gpu_count\n';
const LAST = '2024-04-24T11:00:00.500Z';

/** The same three tables as each database writes them. */
const EXPORTS: Record<string, { lines: number; files: Record<string, string> }> = {
  'Postgres COPY': {
    lines: 0,
    files: {
      'accounts.csv': 'account_id,created_at\na1,2024-04-23 10:00:00+00\n',
      'devices.csv': `${DEVICE}d1,a1,2024-04-23 12:00:00.745232+02,RTX 4090,1\n`,
      'heartbeats.csv': `${HEARTBEAT}d1,2024-04-24 11:00:00.5+00,192.0.2.1,301.25\n`,
    },
  },
  'BigQuery JSON': {
    lines: 0,
    files: {
      'accounts.json': '{"account_id":"a1","created_at":"2024-04-23 10:00:00 UTC"}\n',
      'devices.json':
        '{"device_id":"d1","account_id":"a1","registered_at":"2024-04-23 10:00:00.745232 UTC","gpu_model":"RTX 4090","gpu_count":"1"}\n',
      'heartbeats.json':
        '{"device_id":"d1","received_at":"2024-04-24 11:00:00.500 UTC","ip":"192.0.2.1","power_draw_w":301.25}\n',
    },
  },
  'ClickHouse CSV': {
    lines: 2,
    files: {
      'accounts.csv': '"account_id","created_at"\n"a1","2024-04-23 10:00:00"\n',
      'devices.csv': `${DEVICE}"d1","a1","2024-04-23 10:00:00","RTX 4090",1\n`,
      'heartbeats.csv': `${HEARTBEAT}"d1","2024-04-24 11:00:00.500","192.0.2.1",301.25\n`,
    },
  },
  'German Excel CSV': {
    lines: 3,
    files: {
      'accounts.csv': '\uFEFFaccount_id;created_at\r\na1;2024-04-23T10:00:00Z\r\n',
      'devices.csv': `\uFEFF${DEVICE.trim().replaceAll(',', ';')}\r\nd1;a1;2024-04-23T10:00:00Z;RTX 4090;1\r\n`,
      'heartbeats.csv': `\uFEFF${HEARTBEAT.trim().replaceAll(',', ';')}\r\nd1;2024-04-24T11:00:00.500Z;192.0.2.1;301,25\r\n`,
    },
  },
};

describe.each(Object.keys(EXPORTS))('an export by %s', (name) => {
  it('arrives whole with the lines that init drafts', async () => {
    const { lines, files } = EXPORTS[name]!;
    const dataset = join(scratch, name);
    mkdirSync(dataset);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(dataset, file), content);
    const { written } = await init({ dataset, force: false });
    const draft = written === null ? [] : readFileSync(written, 'utf8').split('\n');
    expect(draft.filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(lines);
    const workspace = join(scratch, `${name} work`);
    const report = await check({ dataset, workspace, threads: 1, memoryBytes: 2 ** 29 }, () => {});
    expect(report.tables.map(({ table, rows }) => [table, rows.in, rows.loaded])).toEqual([
      ['accounts', 1, 1],
      ['devices', 1, 1],
      ['heartbeats', 1, 1],
    ]);
    expect([report.refusals, report.lost, report.snapshot]).toEqual([[], [], LAST]);
  });
});
