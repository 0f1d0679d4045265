/** Which failures are the disk's, whoever met them: Node.js or DuckDB. */
import { type ErrorDetail, GhostcardError } from '../../contracts/errors.ts';

/**
 * Codes of errno(3) for no room, no quota, a medium that fails or takes no writes, and a file beyond its
 * limit.
 */
const CODES = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EFBIG']);
/**
 * The engine's error classes that name the system's own words at their end; `offload` is a spill that found
 * no room.
 */
const ENGINE =
  /^(?:(?:(?:IO|TransactionContext|FATAL|INTERNAL) Error|Failed to append): .*(?:No space left on device|Disk quota exceeded|Input\/output error|File too large|Read-only file system)"?|Out of Memory Error: failed to offload .*)$/m;

/** The system's words of a failure that is the disk's; null for every other. */
export function diskFailure(error: unknown): string | null {
  if (!(error instanceof Error) || error instanceof GhostcardError) return null;
  if (CODES.has((error as NodeJS.ErrnoException).code ?? '')) return error.message;
  return ENGINE.exec(error.message)?.[0] ?? null;
}

/**
 * E_DISK for a failure that is the disk's, with the words for the caller's place; every other error as it is.
 */
export function diskError(error: unknown, detail: Omit<ErrorDetail, 'got'>): unknown {
  const got = diskFailure(error);
  return got === null ? error : new GhostcardError('E_DISK', { ...detail, got }, { cause: error });
}
