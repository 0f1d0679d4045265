/** The first bytes of a file, as text: never more than a bound, whatever the file claims to be. */
import { closeSync, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** Bytes that are looked at of one file, before and after gzip. */
export const HEAD_BYTES = 2 ** 20;

export interface Head {
  text: string;
  /** True when the text is the whole file. */
  whole: boolean;
}

function firstBytes(path: string): { bytes: Buffer; whole: boolean } {
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD_BYTES + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < buffer.length; length += read) {
      read = readSync(handle, buffer, length, buffer.length - length, length);
    }
    return { bytes: buffer.subarray(0, Math.min(length, HEAD_BYTES)), whole: length <= HEAD_BYTES };
  } finally {
    closeSync(handle);
  }
}

/** What the bytes expand to, up to the bound; a damaged or cut stream gives what came before the damage. */
function expanded(bytes: Buffer): Promise<{ bytes: Buffer; whole: boolean }> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const stream = createGunzip();
    const end = (whole: boolean) => {
      stream.destroy();
      resolve({ bytes: Buffer.concat(parts).subarray(0, HEAD_BYTES), whole });
    };
    stream.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length > HEAD_BYTES) end(false);
    });
    stream.on('end', () => end(true));
    stream.on('error', () => end(false));
    stream.end(bytes);
  });
}

/** @throws what the file system throws for a file that cannot be opened. */
export async function readHead(path: string, gzip: boolean): Promise<Head> {
  const first = firstBytes(path);
  const { bytes, whole } = gzip ? await expanded(first.bytes) : first;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return { text, whole: whole && first.whole };
}
