/** Appends lines to a decisions file: all of them or none, and never beside another writer. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GhostcardError } from '../../contracts/errors.ts';
import { parseDecisions } from '../../pipelines/judge/decisions-file.ts';

function failed(subject: string, cause: unknown): GhostcardError {
  const got = (cause as Error).message;
  const todo = 'Name another place with --file, or free space; what stood there is untouched.';
  return new GhostcardError('E_DISK', { subject, expected: 'the line to be written', got, todo }, { cause });
}

/** The file behind a name, symbolic links followed, whether it exists or not. */
function placeOf(path: string): string {
  const full = resolve(path);
  return existsSync(full) ? realpathSync(full) : join(realpathSync(dirname(full)), basename(full));
}

function takeLock(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw failed(path, cause);
    throw new GhostcardError(
      'E_BUSY',
      {
        subject: path,
        expected: 'no other writer of the decisions',
        got: 'its lock',
        todo: 'Wait and try again; if a writer was killed, remove this lock file.',
      },
      { cause },
    );
  }
}

function replace(place: string, bytes: Buffer): void {
  const part = `${place}.part`;
  rmSync(part, { force: true });
  const mode = existsSync(place) ? statSync(place).mode & 0o777 : 0o644;
  const handle = openSync(part, 'wx', mode);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, place);
  const folder = openSync(dirname(place), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Appends `lines`, each one decision as JSON without a line break. The file is written beside its place and
 * renamed, so a reader sees the old or the new one. What stands in it is read first: nothing is appended to a
 * file that no run would take.
 *
 * @throws GhostcardError E_DECISIONS when the file or a line is invalid, E_BUSY while another process writes,
 * E_DISK.
 */
export function appendDecisions(path: string, lines: readonly string[]): void {
  let place: string;
  try {
    place = placeOf(path);
  } catch (cause) {
    throw failed(path, cause);
  }
  const lock = `${place}.lock`;
  takeLock(lock);
  try {
    const before = existsSync(place) ? readFileSync(place) : Buffer.alloc(0);
    parseDecisions(before, path);
    const torn = before.length > 0 && before.at(-1) !== 0x0a;
    const added = lines.map((line) => `${line}\n`).join('');
    const after = Buffer.concat([before, Buffer.from(torn ? `\n${added}` : added)]);
    parseDecisions(after, path);
    replace(place, after);
  } catch (cause) {
    throw cause instanceof GhostcardError ? cause : failed(path, cause);
  } finally {
    rmSync(lock, { force: true });
  }
}
