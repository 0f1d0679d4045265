/** Proves that this build of zlib refuses a damaged gzip stream, on which the safety of ingest rests. */
import { gunzipSync, gzipSync } from 'node:zlib';

/** Returns the verdict in words; throws when a wrong checksum passes. */
export function crc32Refused(): string {
  const sound = gzipSync('ghostcard');
  if (gunzipSync(sound).toString() !== 'ghostcard') throw new Error('gzip does not return what it was given');
  const damaged = Buffer.from(sound);
  // The last eight bytes are the checksum and the length (RFC 1952, 2.3.1).
  damaged[damaged.length - 8]! ^= 1;
  try {
    gunzipSync(damaged);
  } catch {
    return `zlib ${process.versions.zlib}, refuses wrong checksums`;
  }
  throw new Error('a wrong checksum was accepted');
}
