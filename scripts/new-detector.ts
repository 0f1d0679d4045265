/**
 * `npm run new:detector -- my-id`: a folder under detectors/ that compiles, runs and finds nothing, so that
 * its contract starts red: prompts in place of prose, and a fraud case that waits for its finding.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GhostcardError } from '../contracts/errors.ts';
import { cases } from './scaffold/cases.ts';
import { KINDS, type Kind } from './scaffold/kind.ts';
import { LEARNER, LEARNER_TEST } from './scaffold/learner.ts';
import { metadata } from './scaffold/metadata.ts';
import { notes } from './scaffold/notes.ts';
import { seen, statement } from './scaffold/statements.ts';
import { formatSql } from './sql-format/format.ts';

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

/** Text of every file of a new unit, by name. */
function filesOf(id: string, kind: Kind): Record<string, string> {
  return {
    'detector.ts': metadata(id, kind),
    'detector.sql': formatSql(statement(kind)),
    'seen.sql': formatSql(seen(kind)),
    'cases.ts': cases(kind),
    'notes.md': notes(id),
    ...(kind === 'learned' ? { 'learn.ts': LEARNER, 'learn.test.ts': LEARNER_TEST } : {}),
  };
}

function refuse(subject: string, expected: string, got: string, todo: string): never {
  throw new GhostcardError('E_USAGE', { subject, expected, got, todo });
}

/** Writes the folder under `root` and returns its path. Throws E_USAGE for a bad id or one that exists. */
export function newDetector(id: string | undefined, root: string, kind: Kind = 'device'): string {
  if (id === undefined || !ID.test(id)) {
    refuse(
      'id',
      'lower-case words joined by hyphens, two or more',
      id ?? 'nothing',
      'Try npm run new:detector -- card-too-fast.',
    );
  }
  const folder = join(root, 'detectors', id);
  if (existsSync(folder))
    refuse(folder, 'no folder of that name', 'one', 'Choose another id: an id is never reused.');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(filesOf(id, kind))) writeFileSync(join(folder, name), text);
  return folder;
}

/** Id and kind of a command line. Throws E_USAGE for an option that is none. */
export function readArguments(argv: readonly string[]): { id: string | undefined; kind: Kind } {
  const options = argv.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  const kind = (options[0] ?? 'device') as Kind;
  if (options.length > 1 || !KINDS.includes(kind))
    refuse(
      'option',
      '--account, --linking, --learned or none',
      options.join(', '),
      'Choose one kind of unit.',
    );
  return { id: argv.find((word) => !word.startsWith('--')), kind };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { id, kind } = readArguments(process.argv.slice(2));
    const folder = newDetector(id, fileURLToPath(new URL('../', import.meta.url)), kind);
    process.stdout.write(`${folder}\nNow: npm run test:detector -- ${id}\n`);
  } catch (error) {
    if (!(error instanceof GhostcardError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
