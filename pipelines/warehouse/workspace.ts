/**
 * The workspace folder: a cache that can be deleted at any time and is rebuilt from the inputs. It holds the
 * database file, typed copies of CSV and NDJSON input, spilled data, and a lock.
 */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GhostcardError } from '../../contracts/errors.ts';
import { diskError, diskFailure } from './disk-error.ts';
import { makeFolder } from './make-folder.ts';
import { createSchema } from './schema.ts';
import { openWarehouse, type Warehouse } from './warehouse.ts';

/** Raised whenever tables or spool files of an older version must not be reused. */
const LAYOUT = 1;

/**
 * Share of `--memory` that DuckDB may take; the rest is for Node's heap, Arrow buffers and allocator slack,
 * so that the whole process tree stays near the figure that the user gave.
 */
const DUCKDB_SHARE = 0.8;

export interface Workspace {
  folder: string;
  warehouse: Warehouse;
  close(): void;
}

export interface WorkspaceOptions {
  folder: string;
  threads: number;
  memoryBytes: number;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Locks that this process holds: in a container a dead audit may have had the very number of the present one.
 */
const held = new Set<string>();

/** Takes the lock or throws E_WORKSPACE. A lock whose process is gone is taken over. */
function lock(folder: string): () => void {
  const path = join(resolve(folder), 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(path, 'wx');
      try {
        writeSync(handle, String(process.pid));
      } finally {
        closeSync(handle);
      }
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(folder, error);
      const pid = Number(readFileSync(path, 'utf8'));
      const owned = pid === process.pid ? held.has(path) : Number.isInteger(pid) && pid > 0 && isAlive(pid);
      if (attempt > 0 || owned) {
        throw new GhostcardError('E_WORKSPACE', {
          subject: folder,
          expected: 'a workspace that no other audit uses',
          got: `a lock held by process ${pid}`,
          todo: 'Wait for the other audit, or name another folder with --workspace.',
        });
      }
      rmSync(path, { force: true });
    }
  }
}

const isFull = (error: unknown): boolean =>
  diskFailure(error) !== null || (error instanceof GhostcardError && error.code === 'E_DISK');

/** A failure of the workspace's disk as E_DISK; every other error as it is. */
function full(folder: string, error: unknown): unknown {
  const todo = 'Free space, or name a folder on another disk with --workspace.';
  return diskError(error, { subject: folder, expected: 'room for the workspace', todo });
}

function unwritable(folder: string, cause: unknown): unknown {
  if (isFull(cause)) return full(folder, cause);
  return new GhostcardError(
    'E_WORKSPACE',
    {
      subject: folder,
      expected: 'a writable folder',
      got: (cause as Error).message,
      todo: 'Name another folder with --workspace.',
    },
    { cause },
  );
}

function discardIfForeign(folder: string): void {
  const marker = join(folder, 'layout');
  const found = existsSync(marker) ? readFileSync(marker, 'utf8') : '';
  if (found === String(LAYOUT)) return;
  for (const name of ['warehouse.duckdb', 'warehouse.duckdb.wal', 'spool', 'spill']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  writeFileSync(marker, String(LAYOUT));
}

/**
 * Makes the folder of a workspace where it is absent. Throws E_WORKSPACE, or E_DISK where there is no room.
 */
export function makeWorkspace(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/**
 * Opens the workspace. A database file that cannot be opened is discarded: it is never the record. For want
 * of room it is kept. Throws E_WORKSPACE when the folder is held or cannot be written, E_DISK when it is
 * full.
 */
export async function openWorkspace({ folder, threads, memoryBytes }: WorkspaceOptions): Promise<Workspace> {
  makeWorkspace(folder);
  const unlock = lock(folder);
  try {
    discardIfForeign(folder);
    const path = join(folder, 'warehouse.duckdb');
    const open = async () => {
      const memory = `${Math.max(64, Math.floor((memoryBytes * DUCKDB_SHARE) / 2 ** 20))}MiB`;
      const warehouse = await openWarehouse({ path, threads, memory, temp: join(folder, 'spill') });
      await createSchema(warehouse);
      return warehouse;
    };
    const warehouse = await open().catch(async (error: unknown) => {
      if (isFull(error)) throw error;
      for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
      return open();
    });
    return {
      folder,
      warehouse,
      close() {
        warehouse.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw full(folder, error);
  }
}
