/** What lies in a folder: files of one shape together, with the first records of a few of them. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SIDE_FILES } from '../ingest/discover.ts';
import { adviceFor, formOf, isAside } from '../ingest/file-form.ts';
import { csvRecords, type Delimiter } from './csv-head.ts';
import { readHead } from './head.ts';
import { type JsonRecord, jsonRecords } from './json-head.ts';

export type Form = 'csv' | 'json' | 'parquet';

export interface Sample {
  /** Paths in the dataset, in code-unit order: they differ in numbers only. */
  files: string[];
  form: Form;
  delimiter: Delimiter;
  /** Names in the header of a CSV. */
  names: string[];
  records: JsonRecord[];
  /** Newest time at which one of the files was saved, UTC epoch ms. */
  savedAt: number;
}

export interface Sampled {
  samples: Sample[];
  /** Files that were not looked at, and why. */
  unread: { file: string; why: string }[];
}

const MAX_FILES = 100_000;
const MAX_SHAPES = 500;
const RECORDS = 200;
/** Files of one shape whose records are looked at. */
const PER_SHAPE = 3;

/** Parquet is read by the audit alone: of it only the columns are looked at. */
const FORM_OF: Readonly<Record<string, Form>> = {
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  ndjson: 'json',
  parquet: 'parquet',
};

function walk(folder: string): string[] {
  const found: string[] = [];
  const visit = (prefix: string): void => {
    for (const name of readdirSync(join(folder, prefix))) {
      if (found.length >= MAX_FILES) return;
      const relative = prefix === '' ? name : `${prefix}/${name}`;
      if (lstatSync(join(folder, relative)).isDirectory()) visit(relative);
      else found.push(relative);
    }
  };
  visit('');
  return found.filter((file) => !(SIDE_FILES as readonly string[]).includes(file)).sort();
}

/** Files whose paths differ in numbers and long hexadecimal ids only are of one shape. */
const shapeOf = (file: string) => file.replace(/[0-9a-f]{8}[0-9a-f-]*|\d+/gi, '#');

async function look(folder: string, files: string[], form: Form): Promise<Sample> {
  const savedAt = Math.max(...files.map((file) => Math.floor(lstatSync(join(folder, file)).mtimeMs)));
  const sample: Sample = { files, form, delimiter: ',', names: [], records: [], savedAt };
  if (form === 'parquet') return sample;
  for (const file of files.slice(0, PER_SHAPE)) {
    const { text, whole } = await readHead(join(folder, file), /\.gz$/i.test(file));
    if (form === 'json') sample.records.push(...jsonRecords(text, whole, RECORDS));
    else {
      const { records, ...head } = csvRecords(text, whole, RECORDS);
      Object.assign(sample, head);
      sample.records.push(...records);
    }
  }
  return sample;
}

/** Looks at the first bytes of a few files of each shape. Links, pipes and devices are never opened. */
export async function sampleFolder(folder: string): Promise<Sampled> {
  const shapes = new Map<string, { files: string[]; form: Form }>();
  const unread: Sampled['unread'] = [];
  for (const file of walk(folder)) {
    if (isAside(file)) continue;
    const form = FORM_OF[formOf(file)?.split('.')[0] ?? ''];
    const regular = lstatSync(join(folder, file)).isFile();
    const shape = shapeOf(file);
    if (!form) unread.push({ file, why: adviceFor(file) ?? 'no form of a table that is read' });
    else if (!regular) unread.push({ file, why: 'a link, pipe or device' });
    else if (shapes.has(shape)) shapes.get(shape)!.files.push(file);
    else if (shapes.size >= MAX_SHAPES) unread.push({ file, why: `more than ${MAX_SHAPES} sorts of files` });
    else shapes.set(shape, { files: [file], form });
  }
  const samples: Sample[] = [];
  for (const { files, form } of shapes.values()) {
    try {
      samples.push(await look(folder, files, form));
    } catch (error) {
      unread.push({ file: files[0]!, why: (error as Error).message });
    }
  }
  return { samples, unread };
}
