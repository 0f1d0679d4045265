/**
 * Reads the tables of a finished run that evaluation needs, after checking them against the run's manifest.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { GhostcardError } from '../../contracts/errors.ts';
import {
  CSV_COLUMNS,
  type CsvFile,
  MANIFEST_FILE,
  type RunManifest,
  RunManifestSchema,
} from '../../contracts/run.ts';
import type { RunSubject } from './sample.ts';

type SealedFiles = Pick<RunManifest, 'outputs'>;

export interface EvaluatedRun {
  accounts: RunSubject[];
  devices: RunSubject[];
  /** Accounts in a cluster, with its id. */
  clusterOf: Map<string, string>;
}

function broken(subject: string, expected: string, got: string): GhostcardError {
  return new GhostcardError('E_RUN', {
    subject,
    expected,
    got,
    todo: 'Name the --out folder of an audit that finished, or run the audit again.',
  });
}

/** What evaluation needs of the manifest. */
const Sealed = RunManifestSchema.pick({ format: true, version: true, outputs: true }).strip();

function readManifest(folder: string): SealedFiles {
  const path = join(folder, MANIFEST_FILE);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw broken(path, 'the manifest of a finished run', (cause as Error).message);
  }
  const manifest = Sealed.safeParse(json);
  if (!manifest.success) throw broken(path, 'a manifest of version 1', manifest.error.issues[0]!.message);
  return manifest.data;
}

/** Throws E_RUN unless the file's bytes are those that the manifest sealed. */
export async function checkSealed(folder: string, file: string, manifest: SealedFiles): Promise<void> {
  const sealed = manifest.outputs.find((output) => output.file === file);
  const path = join(folder, file);
  if (!sealed) throw broken(path, `a run that lists ${file} in its manifest`, 'a manifest without it');
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw broken(path, 'a readable file', (cause as Error).message);
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== sealed.sha256) throw broken(path, `sha256 ${sealed.sha256}`, sha256);
}

/**
 * Whether a header is the contract's. Later versions only add columns at the end: runs of version 1.0 end
 * with `reasons`.
 */
function isHeader(fields: readonly string[], columns: readonly string[]): boolean {
  return (
    fields.length > columns.indexOf('reasons') &&
    fields.length <= columns.length &&
    fields.every((name, i) => name === columns[i])
  );
}

/** Calls `take` for each record, as fields in the file's order of columns. */
async function eachRecord(
  folder: string,
  file: CsvFile,
  take: (fields: string[], line: number) => void,
): Promise<void> {
  const path = join(folder, file);
  const expected = CSV_COLUMNS[file].join(',');
  const parser = parse({ bom: true });
  const reading = pipeline(createReadStream(path), parser);
  let line = 0;
  try {
    for await (const record of parser) {
      const fields = record as string[];
      line += 1;
      if (line > 1) take(fields, line);
      else if (!isHeader(fields, CSV_COLUMNS[file]))
        throw broken(path, `the header ${expected}`, fields.join(','));
    }
    await reading;
  } catch (cause) {
    await reading.catch(() => undefined);
    if (cause instanceof GhostcardError) throw cause;
    throw broken(path, 'well-formed CSV', (cause as Error).message);
  }
  if (line === 0) throw broken(path, `the header ${expected}`, 'an empty file');
}

const OUTCOMES: Readonly<Record<string, RunSubject['outcome']>> = {
  exclude: 'final',
  void: 'final',
  review: 'held',
  clear: 'clear',
};

/** Column positions by name, from the contract. */
function positions<F extends CsvFile>(file: F): (name: (typeof CSV_COLUMNS)[F][number]) => number {
  return (name) => (CSV_COLUMNS[file] as readonly string[]).indexOf(name);
}

function verdictOf(
  file: string,
  line: number,
  verdict: string,
  risk: string,
): Pick<RunSubject, 'outcome' | 'risk'> {
  const outcome = Object.hasOwn(OUTCOMES, verdict) ? OUTCOMES[verdict] : undefined;
  if (!outcome) throw broken(`${file} line ${line}`, 'a verdict', JSON.stringify(verdict));
  const probability = risk === '' ? Number.NaN : Number(risk);
  if (!(probability >= 0 && probability <= 1))
    throw broken(`${file} line ${line}`, 'a risk of 0 to 1', JSON.stringify(risk));
  return { outcome, risk: probability };
}

/** Throws E_RUN when the folder is not a finished run or its files changed since. */
export async function readRun(folder: string): Promise<EvaluatedRun> {
  const manifest = readManifest(folder);
  for (const file of ['accounts.csv', 'devices.csv']) await checkSealed(folder, file, manifest);
  const run: EvaluatedRun = { accounts: [], devices: [], clusterOf: new Map() };
  const account = positions('accounts.csv');
  await eachRecord(folder, 'accounts.csv', (fields, line) => {
    const id = fields[account('account_id')]!;
    const verdict = verdictOf('accounts.csv', line, fields[account('verdict')]!, fields[account('risk')]!);
    run.accounts.push({ id, account: id, ...verdict });
    const cluster = fields[account('cluster_id')]!;
    if (cluster !== '') run.clusterOf.set(id, cluster);
  });
  const device = positions('devices.csv');
  await eachRecord(folder, 'devices.csv', (fields, line) => {
    const verdict = verdictOf('devices.csv', line, fields[device('verdict')]!, fields[device('risk')]!);
    run.devices.push({
      id: fields[device('device_id')]!,
      account: fields[device('account_id')]!,
      ...verdict,
    });
  });
  return run;
}
