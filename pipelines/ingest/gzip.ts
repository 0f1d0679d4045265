/** Decoding gzip by node:zlib, which checks every checksum, into the spool. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { GhostcardError } from '../../contracts/errors.ts';

export interface GzipLimits {
  /** The most that a stream may expand to, bytes. */
  maxBytes: number;
  /** The most output per input byte, once `freeBytes` have come out. */
  maxRatio: number;
  freeBytes: number;
}

export const GZIP_LIMITS: GzipLimits = { maxBytes: 2 ** 40, maxRatio: 200, freeBytes: 64 * 2 ** 20 };

/**
 * Decodes all members of a gzip file of `bytes` bytes to `target`, showing each piece to `see`. On any error
 * the target is removed.
 *
 * @throws E_GZIP_CORRUPT for truncation, a wrong checksum or bytes after the last member; E_GZIP_BOMB beyond
 * a limit.
 */
export async function gunzipTo(
  file: { relative: string; absolute: string; bytes: number },
  target: string,
  see: (chunk: Buffer) => void,
  limits: GzipLimits = GZIP_LIMITS,
): Promise<void> {
  const gunzip = createGunzip({ chunkSize: 2 ** 20 });
  let produced = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      produced += chunk.length;
      const bomb =
        produced > limits.maxBytes ||
        (produced > limits.freeBytes && produced > limits.maxRatio * Math.max(1, gunzip.bytesWritten));
      if (bomb) return done(bombError(file.relative, produced, gunzip.bytesWritten));
      see(chunk);
      done(null, chunk);
    },
  });
  try {
    if (file.bytes === 0) throw corrupt(file.relative, 'no bytes');
    await pipeline(createReadStream(file.absolute), gunzip, watch, createWriteStream(target));
    if (gunzip.bytesWritten !== file.bytes) {
      throw corrupt(file.relative, `${file.bytes - gunzip.bytesWritten} bytes after the last member`);
    }
  } catch (error) {
    await rm(target, { force: true });
    if (error instanceof GhostcardError) throw error;
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw corrupt(file.relative, (error as Error).message, error);
    }
    throw error;
  }
}

function corrupt(subject: string, got: string, cause?: unknown): GhostcardError {
  return new GhostcardError(
    'E_GZIP_CORRUPT',
    {
      subject,
      expected: 'complete gzip members',
      got,
      todo: 'Fetch the file again; nothing of it was loaded.',
    },
    { cause },
  );
}

function bombError(subject: string, produced: number, consumed: number): GhostcardError {
  return new GhostcardError('E_GZIP_BOMB', {
    subject,
    expected: 'gzip that expands less',
    got: `${produced} bytes out of ${consumed}`,
    todo: 'If the file is genuine, hand it over uncompressed.',
  });
}
