/** `raw.*`: what every later stage sees of the dataset. */
import { readFileSync } from 'node:fs';
import { columnsOf, NETWORK_TIME, REFERENCES, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { identifier } from '../warehouse/sql-text.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A parent comes before its children, so that an orphan's children are orphans too. */
const PARENTS_FIRST: readonly TableName[] = [
  'accounts',
  'devices',
  ...TABLE_NAMES.filter((table) => table !== 'accounts' && table !== 'devices'),
];

/**
 * What machines print where they have no value is no value. Decided here, once, for every reader; `loaded`
 * keeps the bytes of all but the words for nothing (value-rule.ts). The macros stand in warehouse/macros.sql.
 */
const PLACEHOLDERS: Readonly<Partial<Record<TableName, string>>> = {
  gpus: `uuid_printed(gpu_uuid) AS gpu_uuid, serial_canonical(serial) AS serial, printed(gpu_part_number) AS gpu_part_number,
    printed(pci_bus_id) AS pci_bus_id, pci_id(pci_device_id) AS pci_device_id, pci_id(pci_subsystem_id) AS pci_subsystem_id,
    printed(name) AS name, vbios_printed(vbios_version) AS vbios_version, printed(mig_profile) AS mig_profile,
    printed(virtualization_mode) AS virtualization_mode`,
  listings: 'uuid_printed(gpu_uuid) AS gpu_uuid',
};

/**
 * Creates `raw.<table>` for every contract table: rows of `loaded.<table>` whose network time is not after
 * the snapshot and whose account or device is known, placeholders read as NULL. `labels` gets no view:
 * nothing but `evaluate` reads the truth.
 */
export async function createRawViews(warehouse: Warehouse, snapshot: number): Promise<void> {
  for (const table of PARENTS_FIRST) {
    if (table === 'labels') continue;
    const conditions: string[] = [];
    const clock = NETWORK_TIME[table];
    // Contract: a row whose network time lies after the snapshot is loaded and not used.
    if (clock) conditions.push(`("${clock}" IS NULL OR "${clock}" <= ${Math.trunc(snapshot)})`);
    for (const [column, parent] of Object.entries(REFERENCES[table] ?? {})) {
      const key = columnsOf(parent).find((parentColumn) => parentColumn.key)!.name;
      conditions.push(`"${column}" IN (SELECT "${key}" FROM raw."${parent}")`);
    }
    const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
    const replace = PLACEHOLDERS[table] ? ` REPLACE (${PLACEHOLDERS[table]})` : '';
    const rows = `SELECT *${replace} FROM loaded."${table}"${where}`;
    if (table === 'gpus') await createCardViews(warehouse, rows);
    else await warehouse.run(`CREATE OR REPLACE VIEW raw."${table}" AS ${rows}`);
  }
  await warehouse.run(
    `CREATE OR REPLACE VIEW raw.challenges AS SELECT * FROM loaded.challenges
     WHERE starts_at <= ${Math.trunc(snapshot)} AND device_id IN (SELECT device_id FROM raw.devices)`,
  );
}

/**
 * `raw.gpu_rows`: every row of an inventory with the card that it is about. `raw.gpus`: one row per device,
 * inventory and card, that of its lowest index, so that no loop of samples makes one card many. Both read
 * tables that are computed here once, since detectors ask for them some twenty times; whoever loads other
 * rows calls `createRawViews` again.
 */
async function createCardViews(warehouse: Warehouse, rows: string): Promise<void> {
  const cards = readFileSync(new URL('./gpu-rows.sql', import.meta.url), 'utf8').replace(
    'WITH described',
    () => `WITH base AS (${rows}), described`,
  );
  const columns = columnsOf('gpus').map(({ name }) => name);
  // All columns, so that rows that tie are equal.
  const order = [...new Set(['gpu_index', 'gpu_uuid', 'pci_bus_id', 'name', ...columns])].map(identifier);
  await warehouse.run(`CREATE OR REPLACE TABLE raw.gpu_rows_taken AS ${cards}`);
  await warehouse.run(
    `CREATE OR REPLACE TABLE raw.gpus_taken AS SELECT * EXCLUDE (card) FROM raw.gpu_rows_taken
     QUALIFY row_number() OVER (PARTITION BY device_id, seen_at, card ORDER BY ${order.join(', ')}) = 1`,
  );
  await warehouse.run('CREATE OR REPLACE VIEW raw.gpu_rows AS SELECT * FROM raw.gpu_rows_taken');
  await warehouse.run('CREATE OR REPLACE VIEW raw.gpus AS SELECT * FROM raw.gpus_taken');
}
