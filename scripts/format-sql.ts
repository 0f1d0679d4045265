/**
 * Lays out every SQL file: part of `npm run format`. With `--check` it writes nothing, names the files that
 * differ and exits 1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GhostcardError } from '../contracts/errors.ts';
import { filesUnder } from './files-under.ts';
import { formatSql } from './sql-format/format.ts';

/** @throws GhostcardError E_INTERNAL that names the file. */
function layout(path: string, text: string): string {
  try {
    return formatSql(text);
  } catch (cause) {
    if (!(cause instanceof GhostcardError)) throw cause;
    const { detail } = cause;
    throw new GhostcardError(cause.code, { ...detail, subject: `${path}, ${detail.subject}` }, { cause });
  }
}

/**
 * Lays out the SQL files under a folder.
 * @param isCheck Leave them as they are.
 * @returns Paths of the files that differ from their layout, or did.
 * @throws GhostcardError E_INTERNAL for a file that is no SQL.
 */
export function formatFiles(folder: string, isCheck: boolean): string[] {
  return filesUnder(folder, '.sql').filter((path) => {
    const text = readFileSync(path, 'utf8');
    const laidOut = layout(path, text);
    if (laidOut !== text && !isCheck) writeFileSync(path, laidOut);
    return laidOut !== text;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const isCheck = process.argv.includes('--check');
  const files = formatFiles(root, isCheck);
  for (const path of files)
    process.stderr.write(`${isCheck ? 'not laid out' : 'laid out'}: ${relative(root, path)}\n`);
  if (isCheck && files.length > 0) {
    process.stderr.write('Run npm run format and commit the result.\n');
    process.exitCode = 1;
  }
}
