/** `nvidia-smi` outputs to the contract's `gpus` table, and what the detectors of inventories say of it. */
import type { Row } from '../../contracts/dataset.ts';
import { columnsOf, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import { loadReference } from '../models/reference.ts';
import { createSchema } from '../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { type InventoryFinding, inventoryFindings } from './check.ts';
import { type FileFact, fileFacts } from './file-facts.ts';
import { type PrintedFile, readInventory } from './read.ts';
import { deviceRow, gpuRows, type MigProfile } from './rows.ts';

export interface InventoryOptions {
  files: readonly string[];
  /** Key of the rows; allowed for one file alone. Default: each file's name without extension. */
  device_id?: string | undefined;
  /** Columns of a CSV without header. */
  fields?: string | undefined;
  /** UTC epoch ms at which the network received the inventory; default none. The file's own time has no zone. */
  seen_at?: number | undefined;
}

export interface Inventory {
  /** As ingest would see them: placeholders are null. Sorted by device and index. */
  gpus: Row<'gpus'>[];
  /** What each file claims when it is believed. */
  devices: Row<'devices'>[];
  findings: InventoryFinding[];
  file_facts: FileFact[];
}

function refuseUsage(subject: string, expected: string, got: string, todo: string): GhostcardError {
  return new GhostcardError('E_USAGE', { subject, expected, got, todo });
}

function readAll({ files, device_id, fields }: InventoryOptions): PrintedFile[] {
  if (device_id !== undefined && files.length > 1) {
    throw refuseUsage('--device-id', 'one file', `${files.length} files`, 'Convert the files one by one.');
  }
  const read = files.map((file) => readInventory(file, { device_id, fields }));
  const byId = new Map<string, string>();
  for (const one of read) {
    const other = byId.get(one.device_id);
    if (other !== undefined) {
      throw refuseUsage(
        one.file,
        'a file name of its own',
        `${one.device_id}, as ${other} has`,
        'Rename one file.',
      );
    }
    byId.set(one.device_id, one.file);
  }
  return read;
}

async function insert<T extends TableName>(
  warehouse: Warehouse,
  table: T,
  rows: readonly Row<T>[],
): Promise<void> {
  const columns = columnsOf(table);
  const values = columns.map((column) => `$${column.name}`).join(', ');
  for (const row of rows as readonly Record<string, string | number | boolean | null | undefined>[]) {
    const params = Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]));
    await warehouse.run(`INSERT INTO loaded."${table}" VALUES (${values})`, params);
  }
}

/** @throws GhostcardError E_FILE_UNREADABLE, E_INVENTORY, E_USAGE. */
export async function inventory(options: InventoryOptions): Promise<Inventory> {
  const files = readAll(options);
  const seen_at = options.seen_at ?? null;
  const at = options.seen_at ?? 0;
  const devices = files.map((file) => deviceRow(file, at));
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  try {
    await createSchema(warehouse);
    await loadReference(warehouse);
    const profiles = await warehouse.rows<MigProfile>(
      "SELECT parent_model, profile, memory_mib, memory_mib_nominal, sm_count FROM reference.slices WHERE kind = 'mig' ORDER BY parent_model, profile",
    );
    const accounts = devices.map(({ account_id }) => ({ account_id, created_at: at }));
    await insert(warehouse, 'accounts', accounts);
    await insert(warehouse, 'devices', devices);
    await insert(
      warehouse,
      'gpus',
      files.flatMap((file) => gpuRows(file, seen_at, profiles)),
    );
    await createRawViews(warehouse, at);
    return {
      gpus: await warehouse.rows<Row<'gpus'>>('SELECT * FROM raw.gpus ORDER BY device_id, gpu_index'),
      devices,
      findings: await inventoryFindings(warehouse, at),
      file_facts: files.flatMap(fileFacts),
    };
  } finally {
    warehouse.close();
  }
}
