/** Reading a file exactly once, with proof that it did not change meanwhile. */
import { createHash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { GhostcardError } from '../../contracts/errors.ts';

const CHUNK_BYTES = 4 * 2 ** 20;

export interface Identity {
  bytes: number;
  sha256: string;
  /** Modification time, ms, as it was while the file was read. */
  modified: number;
}

/** Throws E_INTERRUPTED when the run was asked to stop. */
export function checkSignal(signal: AbortSignal | undefined, subject: string): void {
  if (!signal?.aborted) return;
  throw new GhostcardError('E_INTERRUPTED', {
    subject,
    expected: 'the run to finish',
    got: 'a request to stop',
    todo: 'Start the same command again: finished files are not read twice.',
  });
}

function unreadable(relative: string, got: string, cause?: unknown): GhostcardError {
  return new GhostcardError(
    'E_FILE_UNREADABLE',
    {
      subject: relative,
      expected: 'a regular file that can be read and does not change',
      got,
      todo: 'Wait until the file is complete, check its permissions, and run again.',
    },
    { cause },
  );
}

/**
 * Size and SHA-256 of a file, in chunks that `see` may look at (the buffer is reused between calls). Links
 * are not followed; a file whose size, inode or modification time differs after reading is refused.
 *
 * @throws E_FILE_UNREADABLE, E_INTERRUPTED
 */
export async function readThrough(
  file: { relative: string; absolute: string },
  see: (chunk: Buffer) => void = () => {},
  signal?: AbortSignal,
): Promise<Identity> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const before = await handle.stat();
    if (!before.isFile()) throw unreadable(file.relative, 'a link, pipe or device');
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let bytes = 0;
    for (;;) {
      checkSignal(signal, file.relative);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      bytes += bytesRead;
      hash.update(chunk);
      see(chunk);
    }
    const after = await handle.stat();
    if (after.size !== bytes || before.size !== bytes || after.mtimeMs !== before.mtimeMs) {
      throw unreadable(file.relative, `${bytes} bytes read of ${after.size}, changed while it was read`);
    }
    return { bytes, sha256: hash.digest('hex'), modified: after.mtimeMs };
  } catch (error) {
    if (error instanceof GhostcardError) throw error;
    throw unreadable(file.relative, (error as Error).message, error);
  } finally {
    await handle?.close();
  }
}
