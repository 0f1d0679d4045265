/** `nvidia-smi` outputs to the contract's `gpus` table, and what the detectors of inventories say of it. */
import type { Row } from '../contracts/dataset.ts';
import { GhostcardError } from '../contracts/errors.ts';
import type { Inventory, RefusedFile } from '../contracts/inventory.ts';
import { loadRows } from '../pipelines/ingest/load-rows.ts';
import { loadReference } from '../pipelines/models/reference.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { openWarehouse } from '../pipelines/warehouse/warehouse.ts';
import { inventoryFindings } from './check.ts';
import { fileFacts } from './file-facts.ts';
import { idOfFile, type PrintedFile, readInventory } from './read.ts';
import { REAL_FILES } from './real-files.gen.ts';
import { countRealFiles, realFilesIn } from './real-files.ts';
import { deviceRow, gpuRows, type MigProfile } from './rows.ts';

export interface InventoryOptions {
  files: readonly string[];
  /** Key of the rows; allowed for one file alone. Default: each file's name without extension. */
  device_id?: string | undefined;
  /** Columns of a CSV without header. */
  fields?: string | undefined;
  /**
   * UTC epoch ms at which the network received the inventory; default none. The file's own time has no zone.
   */
  seen_at?: number | undefined;
  /** A folder with more files of real cards, on which each fact of a file is tried, too. */
  captures?: string | undefined;
}

function refuseUsage(subject: string, expected: string, got: string, todo: string): GhostcardError {
  return new GhostcardError('E_USAGE', { subject, expected, got, todo });
}

/** Rows of two files must not meet under one key. */
function refuseSharedIds(files: readonly string[], device_id: string | undefined): void {
  if (device_id !== undefined && files.length > 1) {
    throw refuseUsage('--device-id', 'one file', `${files.length} files`, 'Convert the files one by one.');
  }
  const byId = new Map<string, string>();
  for (const file of device_id === undefined ? files : []) {
    const id = idOfFile(file);
    const other = byId.get(id);
    if (other !== undefined) {
      throw refuseUsage(file, 'a file name of its own', `${id}, as ${other} has`, 'Rename one file.');
    }
    byId.set(id, file);
  }
}

/** @throws the refusal of a file that was handed in alone; those of one among several are listed. */
function readAll({ files, device_id, fields }: InventoryOptions): [PrintedFile[], RefusedFile[]] {
  refuseSharedIds(files, device_id);
  const read: PrintedFile[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    try {
      read.push(readInventory(file, { device_id, fields }));
    } catch (error) {
      if (!(error instanceof GhostcardError) || files.length === 1) throw error;
      refused.push({ file, code: error.code, ...error.detail });
    }
  }
  return [read, refused];
}

function factsOf(files: readonly PrintedFile[], captures: string | undefined): Inventory['file_facts'] {
  const real = captures ? countRealFiles(realFilesIn(captures), REAL_FILES) : REAL_FILES;
  return files
    .flatMap(fileFacts)
    .map((fact) => ({ ...fact, real_files: real.files, ...real.facts[fact.fact]! }));
}

/**
 * What the files say, one machine a file. A file among several that cannot be read is in `refused`.
 * @throws GhostcardError E_USAGE; E_FILE_UNREADABLE and E_INVENTORY for a file that was handed in alone.
 */
export async function inventory(options: InventoryOptions): Promise<Inventory> {
  const [files, refused] = readAll(options);
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
    const gpus = files.flatMap((file) => gpuRows(file, seen_at, profiles));
    await loadRows(warehouse, { accounts, devices, gpus }, at);
    return {
      gpus: await warehouse.rows<Row<'gpus'>>('SELECT * FROM raw.gpus ORDER BY device_id, gpu_index'),
      devices,
      claims: files.flatMap(({ device_id, cards }) =>
        cards.map(({ index, claims }) => ({ device_id, gpu_index: index, ...claims })),
      ),
      findings: await inventoryFindings(warehouse, at),
      file_facts: factsOf(files, options.captures),
      notes: files.flatMap(({ device_id, file, notes }) =>
        notes.map((note) => ({ device_id, file, ...note })),
      ),
      refused,
    };
  } finally {
    warehouse.close();
  }
}
