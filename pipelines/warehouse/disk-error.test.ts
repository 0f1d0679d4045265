import { expect, it } from 'vitest';
import { GhostcardError } from '../../contracts/errors.ts';
import { diskError, diskFailure } from './disk-error.ts';

const WAL = 'Could not write file "/w/warehouse.duckdb.wal": No space left on device';
const DETAIL = { subject: 's', expected: 'e', todo: 't' };

it.each([
  `TransactionContext Error: Failed to commit: ${WAL}`,
  `Failed to append: Failed to commit: ${WAL}`,
  `IO Error: ${WAL}`,
  `FATAL Error: Failed: database has been invalidated.\nFATAL Error: "${WAL}"`,
  'Out of Memory Error: failed to offload data block of size 256.0 KiB (1 MiB/1 MiB used).\nThis limit was set',
])('is the disk: %s', (message) => {
  expect(diskError(new Error(message), DETAIL)).toMatchObject({ code: 'E_DISK', detail: DETAIL });
});

it.each(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EFBIG'])('is the disk: %s', (code) => {
  const error = Object.assign(new Error(`${code}: write`), { code });
  expect(diskError(error, DETAIL)).toMatchObject({ code: 'E_DISK', detail: { got: `${code}: write` } });
});

it.each([
  new Error("Conversion Error: Could not convert string ': No space left on device' to INT64"),
  new Error('IO Error: Cannot open file "No space left on device.csv": No such file or directory'),
  new Error('Out of Memory Error: could not allocate block'),
  Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }),
  new GhostcardError('E_OUT', { ...DETAIL, got: WAL }),
  'IO Error: No space left on device',
])('is not the disk: %s', (error) => {
  expect(diskFailure(error)).toBeNull();
  expect(diskError(error, DETAIL)).toBe(error);
});
