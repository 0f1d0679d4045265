/** `ghostcard init`: from the first rows of what lies in a folder to a draft of its `ghostcard.yaml`. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Outlook } from '../../contracts/outlook.ts';
import { outlook } from '../detect/outlook.ts';
import { loadDetectors } from '../detect/registry.ts';
import { checkFolder, discover } from '../ingest/discover.ts';
import { stemOf, tableNamed } from '../ingest/file-form.ts';
import { NO_MAPPING, parseMapping } from '../ingest/mapping.ts';
import type { DraftedTable, Gap } from './draft.ts';

import { ownTables } from './own-tables.ts';
import { parquetColumns } from './parquet-columns.ts';
import { presetTables } from './preset-tables.ts';
import { type Recognised, recognise } from './recognise.ts';
import { loadPresets } from './registry.ts';
import { sampleFolder } from './sample.ts';
import { walletList } from './wallet-list.ts';
import { mappingText } from './yaml-text.ts';

export interface InitOptions {
  dataset: string;
  /** Folder for the draft; default: the dataset. */
  out?: string;
  /** Write over a `ghostcard.yaml` that is there. */
  force: boolean;
  /** When the export was taken, UTC epoch ms; default: when its file was saved. */
  seenAt?: number;
}

export interface InitReport {
  /** Where the draft was written; null where the files need none. */
  written: string | null;
  mapping: string;
  tables: { table: TableName; file: string; files: number; source: string; columns: string[] }[];
  /** What cannot be looked at: tables that the export does not fill. */
  cannot: Gap[];
  /** Files that no table reads. */
  unread: Gap[];
  detectors: Outlook;
  /** True where owners and machines are absent, and only what is on offer can be counted. */
  supplyOnly: boolean;
  /** What an audit would refuse, each with what to do; empty where it can start. */
  blocked: Gap[];
}

function told({ table, file, files, source, present }: DraftedTable): InitReport['tables'][number] {
  return { table, file, files, source, columns: present };
}

/**
 * @throws E_OUT when a `ghostcard.yaml` is there already, E_DATASET_MISSING when nothing in the folder is
 * recognised.
 */
export async function init(options: InitOptions): Promise<InitReport> {
  const { dataset, out = dataset, force, seenAt } = options;
  checkFolder(dataset);
  const target = join(out, 'ghostcard.yaml');
  if (existsSync(target) && !force) throw present(target);
  const { samples, unread } = await sampleFolder(dataset);
  const all = [...samples.flatMap(({ files }) => files), ...unread.map(({ file }) => file)];
  const known = recognise(samples, await loadPresets(), all);
  const own = ownTables(await parquetColumns(dataset, known.others), all);
  const owned = new Set(own.tables.map(({ table }) => table));
  const lists = walletList(own.others, owned.has('prior_list'), all);
  const drafted = presetTables(known.recognised, owned, {
    at: (savedAt) => seenAt ?? savedAt,
    why:
      seenAt === undefined
        ? 'when the file was saved, taken as when the offers were seen'
        : 'when the export was taken, as told to init',
  });
  const tables: DraftedTable[] = [...own.tables, ...lists.tables, ...drafted.tables];
  if (tables.length === 0) throw nothing(dataset, all);
  const mapping = mappingText(tables);
  if (mapping !== '') {
    parseMapping(mapping);
    write(target, mapping);
  }
  const columns = Object.fromEntries(tables.map(({ table, present: there }) => [table, there]));
  const empty = lists.others.map(({ files }) => ({
    what: files[0]!,
    why: 'its fields are no known export and no table of the contract',
  }));
  return {
    written: mapping === '' ? null : target,
    mapping,
    tables: tables.map(told),
    cannot: drafted.cannot,
    unread: [
      ...misnamed(known.recognised, tables),
      ...asGaps(unread),
      ...asGaps(known.left),
      ...own.unread,
      ...lists.unread,
      ...empty,
    ],
    detectors: outlook(await loadDetectors(), columns),
    supplyOnly: !('accounts' in columns) && 'listings' in columns,
    blocked: blockedBy(dataset, mapping, columns),
  };
}

/** What an audit of the folder with this mapping would stop at before it reads a row. */
function blockedBy(dataset: string, mapping: string, columns: Readonly<Record<string, unknown>>): Gap[] {
  const gaps: Gap[] = [];
  try {
    discover(dataset, mapping === '' ? NO_MAPPING : parseMapping(mapping));
  } catch (error) {
    if (!(error instanceof GhostcardError)) throw error;
    const { subject, got, todo } = error.detail;
    gaps.push({ what: subject, why: `${got}. ${todo}` });
  }
  if (!('accounts' in columns) && !('listings' in columns))
    gaps.push({
      what: 'table accounts',
      why: 'absent, and so is listings: nobody to judge, and no offer to count. Add one of them.',
    });
  return gaps;
}

/** Exports in places that are called like a table: ingest would read them as that table, too. */
function misnamed(recognised: readonly Recognised[], tables: readonly DraftedTable[]): Gap[] {
  return recognised.flatMap(({ file, sample }) => {
    const [top = '', ...rest] = sample.files[0]!.split('/');
    const named = tableNamed(rest.length > 0 ? top : stemOf(top));
    if (!named || tables.some(({ table }) => table === named)) return [];
    return [{ what: file, why: `${top} is called like the table ${named}, which this is not: rename it` }];
  });
}

const asGaps = (files: readonly { file: string; why: string }[]): Gap[] =>
  files.map(({ file, why }) => ({ what: file, why }));

function write(target: string, text: string): void {
  try {
    writeFileSync(target, text);
  } catch (error) {
    const detail = {
      subject: target,
      expected: 'a place that can be written',
      got: (error as Error).message,
      todo: 'Name another folder with --out, then copy the draft into the dataset.',
    };
    throw new GhostcardError('E_OUT', detail, { cause: error });
  }
}

function present(target: string): GhostcardError {
  return new GhostcardError('E_OUT', {
    subject: target,
    expected: 'no draft there yet',
    got: 'a ghostcard.yaml',
    todo: 'Keep it, or add --force to write over it, or name another folder with --out.',
  });
}

function nothing(dataset: string, files: readonly string[]): GhostcardError {
  return new GhostcardError('E_DATASET_MISSING', {
    subject: dataset,
    expected: 'a known export, or files with the columns of a table',
    got:
      files.length === 0
        ? 'an empty folder'
        : files.length === 1
          ? '1 file, which is not recognised'
          : `${files.length} files, none of them recognised`,
    todo: 'Map them by hand in ghostcard.yaml (docs/dataset-mapping.md), or rename files and columns to those of the contract.',
  });
}
