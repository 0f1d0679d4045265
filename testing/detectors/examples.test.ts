/** What each detector finds in its first fraud case, kept beside it: the row that its page shows. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FINDING_COLUMNS, NETWORK_FINDING_COLUMNS } from '../../contracts/evidence.ts';
import { type Detector, loadDetectors } from '../../pipelines/detect/registry.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { type CaseBench, openCaseBench } from './harness.ts';
import { casesOf } from './suite.ts';

let bench: CaseBench;
beforeAll(async () => {
  bench = await openCaseBench();
});
afterAll(() => bench.close());

/** The first finding in the order of its columns; `facts` as JSON, not as text. */
async function firstFinding({ meta }: Detector, warehouse: Warehouse): Promise<unknown> {
  const isNetwork = meta.subject === 'network';
  const columns = Object.keys(isNetwork ? NETWORK_FINDING_COLUMNS : FINDING_COLUMNS).join(', ');
  const table = isNetwork ? 'evidence.network' : 'evidence.finding';
  const [row] = await warehouse.rows<Record<string, unknown>>(`SELECT ${columns} FROM ${table} ORDER BY ALL`);
  return typeof row?.facts === 'string' ? { ...row, facts: JSON.parse(row.facts) } : row;
}

it.each(await loadDetectors())('$id', async (detector) => {
  const [one] = (await casesOf(detector.id)).fraud;
  await bench.run(detector, one!);
  const finding = await firstFinding(detector, bench.warehouse);
  expect(finding).toBeDefined();
  const example = `${JSON.stringify({ case: one!.name, finding }, null, 2)}\n`;
  await expect(example).toMatchFileSnapshot(`../../detectors/${detector.id}/example.json`);
});
