/** The detectors of inventories on parsed files: what each machine's own words contradict. */
import { columnsOf } from '../contracts/dataset.ts';
import type { InventoryFinding } from '../contracts/inventory.ts';
import type { Policy } from '../contracts/policy.ts';
import { derive } from '../pipelines/derive.ts';
import { detect, missingInputs, type Present, presentTables } from '../pipelines/detect/detect.ts';
import { sharedTables } from '../pipelines/detect/own-tables.ts';
import { type Detector, loadDetectors } from '../pipelines/detect/registry.ts';
import { quietEffects } from '../pipelines/models/run.ts';
import type { Warehouse } from '../pipelines/warehouse/warehouse.ts';

/** Facts only: nobody is judged here. */
const NO_WEIGHTS: Pick<Policy, 'weights'> = { weights: {} };

function present(): Present {
  const names = (table: 'accounts' | 'devices' | 'gpus') => columnsOf(table).map(({ name }) => name);
  return presentTables({ accounts: names('accounts'), devices: names('devices'), gpus: names('gpus') });
}

/** Detectors about devices that need an inventory, and nothing that a file of it lacks. */
async function inventoryDetectors(): Promise<Detector[]> {
  const have = present();
  return (await loadDetectors()).filter(
    (one) =>
      one.meta.subject === 'device' && one.meta.needs.gpus !== undefined && missingInputs(one, have) === '',
  );
}

/** Findings of every machine in `raw.gpus`, by machine, detector and level. */
export async function inventoryFindings(warehouse: Warehouse, snapshot: number): Promise<InventoryFinding[]> {
  const detectors = await inventoryDetectors();
  const effects = quietEffects(warehouse);
  await derive({ snapshot, only: sharedTables(detectors) }, effects);
  const policy = NO_WEIGHTS as Policy;
  await detect(detectors, { present: present(), policy, snapshot }, effects);
  const rows = await warehouse.rows<{
    subject_id: string;
    detector: string;
    family: string;
    level: string;
    facts: string;
  }>(
    'SELECT subject_id, detector, family, level, facts FROM evidence.finding ORDER BY subject_id, detector, level, facts',
  );
  return rows.map(({ subject_id, detector, family, level, facts }) => ({
    device_id: subject_id,
    detector,
    family,
    level,
    says: detectors.find((one) => one.id === detector)?.meta.levels[level]?.says ?? '',
    facts: JSON.parse(facts) as Record<string, unknown>,
  }));
}
