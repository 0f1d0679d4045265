/** What DuckDB's own failures mean to the user. */
import { GhostcardError } from '../../contracts/errors.ts';
import { diskError, diskFailure } from './disk-error.ts';

const MEMORY = /^Out of Memory Error:/;

/**
 * E_DISK for a full or failing disk, E_MEMORY for a query beyond the memory limit (DuckDB size text, e.g.
 * `3276MiB`); every other error as it is.
 */
export function engineError(error: unknown, memory: string): unknown {
  if (diskFailure(error) !== null) {
    return diskError(error, {
      subject: 'the engine',
      expected: 'room on the disks of the workspace and the output folder',
      todo: 'Free space, or name other folders with --workspace and --out.',
    });
  }
  const got = error instanceof Error ? error.message.split('\n')[0]! : '';
  if (MEMORY.test(got)) {
    return new GhostcardError(
      'E_MEMORY',
      {
        subject: 'the engine',
        expected: `queries that fit in ${memory} or spill to disk`,
        got,
        todo: 'Raise --memory or lower --threads.',
      },
      { cause: error },
    );
  }
  return error;
}
