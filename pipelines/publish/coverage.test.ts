import { expect, test } from 'vitest';
import { tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { loadPolicy } from '../judge/policy.ts';
import { readCoverage } from './coverage.ts';
import { publishSql } from './write-files.ts';

const term = (type: string, id: string, weight: number) =>
  `('${type}', '${id}', 'inventory-other-name', 'benchmark', 'other', 'inventory-other-name', 'operator', NULL, '0', ${weight},
    ${weight}, true, NULL, NULL, NULL, []::VARCHAR[], '{}', NULL, NULL, false, false, NULL, NULL)`;

test('a clear subject with a finding that weighs is not one of whom nothing was found', async () => {
  const warehouse = await tinyWarehouse();
  await warehouse.run(publishSql('formats'));
  const before = await readCoverage(loadPolicy(), warehouse);
  const rows = await warehouse.rows<{ id: string }>(
    "SELECT device_id AS id FROM verdict.device WHERE verdict = 'clear' ORDER BY device_id",
  );
  const unseen = await warehouse.row<{ id: string }>(
    `SELECT device_id AS id FROM verdict.device WHERE verdict = 'clear'
     AND device_id NOT IN (SELECT subject_id FROM looked WHERE subject_type = 'device')`,
  );
  const seen = rows.map(({ id }) => id).filter((id) => id !== unseen.id);
  await warehouse.run(
    `INSERT INTO verdict.term VALUES ${[
      term('device', seen[0]!, 1),
      term('device', seen[0]!, 2),
      term('device', seen[1]!, 0),
      term('device', unseen.id, 1),
      term('account', seen[2]!, 1),
    ].join(', ')}`,
  );
  const { accounts, devices } = await readCoverage(loadPolicy(), warehouse);
  warehouse.close();
  expect(before.devices).toMatchObject({ clear_found: 0, clear_not_looked_at: 1 });
  expect(devices).toMatchObject({ clear_found: 2, clear_not_looked_at: 0 });
  expect(accounts).toEqual(before.accounts);
});
