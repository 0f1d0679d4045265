import { describe, expect, it } from 'vitest';
import { ACCOUNTS, type TestDataset, testDataset } from '../../testing/dataset.ts';

const beats = (day: number) =>
  `device_id,received_at,ip\n${Array.from({ length: 50 }, (_, i) => `d${i},2024-04-0${day}T00:00:00Z,${i === 7 ? '' : '1.1.1.1'}\nbad\n`).join('')}`;
const FILES = {
  'accounts.csv': ACCOUNTS,
  'heartbeats/1.csv': beats(1),
  'heartbeats/2.ndjson': '{"device_id":"d1","received_at":"2024-04-03T00:00:00Z","ip":"::1"}\n{}\n',
  'heartbeats/3.csv': beats(4),
};

const dataset = () => testDataset(FILES);

async function everything(made: TestDataset) {
  return Promise.all(
    [
      ...['accounts', 'heartbeats', 'rejected', 'file', 'file_day', 'present', 'orphan', 'dataset'],
      ...['column_value', 'lost_owner'],
    ].map((table) => made.warehouse.rows(`FROM loaded.${table} ORDER BY ALL`)),
  );
}

describe('a resumed ingest', () => {
  it('ends as an uninterrupted one, wherever it was stopped', async () => {
    const whole = await dataset();
    await whole.ingest();
    const expected = await everything(whole);
    for (let stopAt = 0; stopAt < Object.keys(FILES).length; stopAt++) {
      const made = await dataset();
      const controller = new AbortController();
      const progress = ({ done }: { done: number }) => {
        if (done === stopAt) controller.abort();
      };
      await expect(made.ingest({}, { signal: controller.signal, progress })).rejects.toMatchObject({
        code: 'E_INTERRUPTED',
      });
      await made.ingest();
      expect(await everything(made)).toEqual(expected);
      await made.ingest();
      expect(await everything(made)).toEqual(expected);
    }
  });

  it('reads a file again when its bytes or its mapping changed', async () => {
    const made = await dataset();
    await made.ingest();
    made.write({ 'heartbeats/3.csv': beats(5) });
    expect((await made.ingest()).newestAt).toBe(Date.UTC(2024, 3, 5));
    made.write({
      'ghostcard.yaml': 'version: 1\ntables: { heartbeats: { columns: { status: { from: ip } } } }\n',
    });
    await made.ingest();
    expect(
      await made.warehouse.row("SELECT count(*) AS n FROM loaded.heartbeats WHERE status = '1.1.1.1'"),
    ).toEqual({
      n: 98,
    });
  });
});
