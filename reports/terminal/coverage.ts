/** What a finished audit prints first: what of the input was not read, and who was looked at by what. */
import type { CoverageSummary, RunManifest } from '../../contracts/run.ts';
import { grouped, percent, plural } from '../figures.ts';
import { printable } from './printable.ts';
import { wrapped } from './text.ts';

/** Names of a list that a line shows. */
const NAMED = 3;

/** Absent inputs that are named: those that the most detectors wait for. */
const INPUTS = 8;

const WARNING = 'WARNING  ';

function warning(text: string, width: number): string {
  const indent = ' '.repeat(WARNING.length);
  const lines = wrapped(text, width - WARNING.length);
  return `${lines.map((line, i) => `${i === 0 ? WARNING : indent}${line}\n`).join('')}\n`;
}

/** Name and value pairs, the values in one column and broken into lines of at most `width` characters. */
export function wrappedColumns(pairs: readonly (readonly [string, string])[], width: number): string {
  const name = Math.max(0, ...pairs.map(([first]) => first.length));
  return pairs
    .map(([first, value]) =>
      wrapped(value, width - name - 4)
        .map((line, i) => `  ${(i === 0 ? first : '').padEnd(name)}  ${line}\n`)
        .join(''),
    )
    .join('');
}

/** The first of a list as `a (3), b (2)`, and how many more there are. */
function named(names: readonly (readonly [string, number])[], all = names.length): string {
  const shown = names.slice(0, NAMED).map(([name, n]) => `${printable(name)} (${grouped(n)})`);
  return `${shown.join(', ')}${all > NAMED ? ` and ${grouped(all - NAMED)} more` : ''}`;
}

function lossOf({ loss }: CoverageSummary): string {
  const names = loss.first.map(({ account_id, rows }) => [account_id || 'owner unknown', rows] as const);
  const who = names.length > 0 ? `: ${named(names, Math.max(names.length, loss.hit))}` : '';
  return `${grouped(loss.hit)} of ${plural(loss.owners, 'owner')} (${percent(loss.hit, loss.owners)}) lost values or rows of the input${who}`;
}

function unreadTexts({ unread }: CoverageSummary): string[] {
  const names = unread.first.slice(0, NAMED);
  const texts = names.map(
    ({ file, looks_like, why }) =>
      `${printable(file)} looks like the table ${looks_like} and was not read: ${printable(why)}`,
  );
  const more = unread.files - names.length;
  return more > 0 ? [...texts, `${plural(more, 'more file')} like that: unread.csv`] : texts;
}

function refusedTexts(inputs: RunManifest['inputs']): string[] {
  const files = inputs.filter(({ rows }) => rows.in > 0 && rows.rejected === rows.in);
  if (files.length === 0) return [];
  const rows = files.reduce((sum, file) => sum + file.rows.in, 0);
  const names = named(
    files.map((file) => [file.file, file.rows.in]),
    files.length,
  );
  const what = files.length === 1 ? printable(files[0]!.file) : `${plural(files.length, 'file')}: ${names}`;
  return [
    `all ${grouped(rows)} rows of ${what} were rejected, the audit ran as if there were none. rejected.csv says why; ghostcard.yaml maps foreign columns and units (docs/dataset-mapping.md).`,
  ];
}

/** Warnings, each with what to do; nothing when all of the input was read. */
export function warningsText({ inputs, summary }: Omit<RunManifest, 'outputs'>, width: number): string {
  const { coverage } = summary;
  const texts = coverage ? unreadTexts(coverage) : [];
  texts.push(...refusedTexts(inputs));
  if (coverage?.loss.warn) texts.push(`${lossOf(coverage)}. losses.csv names all, columns.csv the columns.`);
  for (const { detector, why } of coverage?.failed ?? []) {
    texts.push(
      `the detector ${detector} failed, so its evidence is missing from every verdict: ${printable(why)}`,
    );
  }
  return texts.map((text) => warning(text, width)).join('');
}

function lookedAt({ all, looked_at, one_family, families }: CoverageSummary['accounts']): string {
  const by = families.map(({ family, subjects }) => `${family} ${grouped(subjects)}`).join(', ');
  return `${grouped(looked_at)} of ${grouped(all)}${by && ` (${by})`}; ${grouped(one_family)} by one kind of evidence alone, ${grouped(all - looked_at)} by none`;
}

/**
 * Detectors that ran or not, who was looked at by which kind of evidence, and what the catalogue does not
 * know.
 */
export function coverageText(coverage: CoverageSummary, width: number): string {
  const { detectors, missing, accounts, devices, unknown_models: models, loss } = coverage;
  const pairs: [string, string][] = [
    [
      'detectors',
      `${grouped(detectors.ran)} ran${detectors.observing > 0 ? ` (${grouped(detectors.observing)} only observe)` : ''}, ${grouped(detectors.not_run)} did not run, ${grouped(detectors.failed)} failed`,
    ],
  ];
  if (missing.length > 0) {
    const shown = missing.slice(0, INPUTS).map(({ input, detectors: n }) => `${input} (${grouped(n)})`);
    const more = missing.length - shown.length;
    pairs.push(['', `absent: ${shown.join(', ')}${more > 0 ? ` and ${more} more in coverage.csv` : ''}`]);
  }
  pairs.push(['accounts', lookedAt(accounts)], ['devices', lookedAt(devices)]);
  if (models.models > 0)
    pairs.push([
      'models',
      `${plural(models.models, 'claimed model')} of ${plural(models.devices, 'device')} not in the catalogue: ${named(
        models.first.map((model) => [model.gpu_model, model.devices]),
        models.models,
      )}`,
    ]);
  if (loss.hit > 0 && !loss.warn) pairs.push(['losses', lossOf(coverage)]);
  return `looked at\n${wrappedColumns(pairs, width)}\n`;
}
