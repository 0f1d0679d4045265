import { expect, it } from 'vitest';
import { ACCOUNTS, testDataset } from '../../testing/dataset.ts';

/** 40 MB: three segments, of which only the one with bad records takes the slow path. */
const ROWS = 600_000;

it('a large CSV with bad records keeps its lines, its count and all other rows', async () => {
  const bad = new Map([
    [299_999, 'd,2024-04-01T00:00:00.000Z'],
    [300_000, `d,2024-04-01T00:00:00.000Z,"1.1.1.1,0,x`],
    [300_001, 'd,1711929600,1.1.1.1,0,x'],
  ]);
  const pad = 'x'.repeat(24);
  const lines = Array.from(
    { length: ROWS },
    (_, i) => bad.get(i) ?? `d${i},2024-04-01T00:00:00.000Z,1.1.1.1,0,${pad}`,
  );
  const made = await testDataset({
    'accounts.csv': ACCOUNTS,
    'heartbeats.csv': `device_id,received_at,ip,gpu_index,status\n${lines.join('\n')}`,
  });
  const { files } = await made.ingest();
  expect(files[1]).toMatchObject({ rowsIn: ROWS, loaded: ROWS - 3, rejected: 3 });
  expect(await made.rejected()).toEqual(['R_COLUMNS 300001', 'R_QUOTE 300002', 'R_TIME 300003 received_at']);
  const sum = await made.warehouse.row(
    'SELECT count(DISTINCT device_id) AS n, CAST(sum(CAST(substr(device_id, 2) AS BIGINT)) AS BIGINT) AS total FROM loaded.heartbeats',
  );
  const total = (ROWS * (ROWS - 1)) / 2 - [...bad.keys()].reduce((a, b) => a + b, 0);
  expect(sum).toEqual({ n: ROWS - 3, total });
});
