/**
 * The ledger: one receipt per source file read, named by what was read and how. A receipt is written last, so
 * that a file half read has none and is read again; the spool files that it names are typed Parquet of our
 * own making.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { PartColumn, SourceFile, TypedFile } from './source.ts';

/** Raised whenever the same bytes would be read to other rows. */
const READER_VERSION = 3;
const CONTRACT_VERSION = 1;

/**
 * Identity of a reading: file content, table, form, the table's mapping and what it takes from the file's
 * folders.
 */
export function receiptKey(
  file: SourceFile,
  sha256: string,
  mappingHash: string,
  fixed: readonly PartColumn[],
): string {
  const parts = [CONTRACT_VERSION, READER_VERSION, sha256, file.table, file.form, mappingHash, fixed];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

interface Receipt {
  typed: TypedFile;
  /** Sizes of the spool files by name. */
  spooled: Record<string, number>;
}

export class Ledger {
  readonly #receipts: string;
  readonly #spool: string;

  /** @param workspace folder that keeps `ledger/` and `spool/`; both are created if absent. */
  constructor(workspace: string) {
    this.#receipts = join(workspace, 'ledger');
    this.#spool = join(workspace, 'spool');
    for (const folder of [this.#receipts, this.#spool]) mkdirSync(folder, { recursive: true });
  }

  /** Path that the spool files of a reading start with. */
  base(key: string): string {
    return join(this.#spool, key);
  }

  /** What an earlier run read, if its receipt and all its spool files are there in full. */
  find(key: string): TypedFile | undefined {
    try {
      const receipt = JSON.parse(readFileSync(join(this.#receipts, `${key}.json`), 'utf8')) as Receipt;
      for (const [name, bytes] of Object.entries(receipt.spooled)) {
        if (statSync(join(this.#spool, name)).size !== bytes) return undefined;
      }
      const here = (path: string) => join(this.#spool, basename(path));
      const { typed } = receipt;
      return {
        ...typed,
        parts: typed.parts.map((part) => ({ ...part, path: here(part.path) })),
        ...(typed.rejectedLog ? { rejectedLog: here(typed.rejectedLog) } : {}),
      };
    } catch {
      return undefined;
    }
  }

  /** Makes a reading last: its spool files first, then the receipt, under a temporary name until complete. */
  record(key: string, typed: TypedFile): void {
    const paths = typed.parts.map(({ path }) => path);
    if (typed.rejectedLog) paths.push(typed.rejectedLog);
    const spooled: Record<string, number> = {};
    for (const path of paths) {
      sync(path);
      spooled[basename(path)] = statSync(path).size;
    }
    const target = join(this.#receipts, `${key}.json`);
    writeFileSync(`${target}.tmp`, JSON.stringify({ typed, spooled } satisfies Receipt));
    sync(`${target}.tmp`);
    renameSync(`${target}.tmp`, target);
    sync(this.#receipts);
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
