/** Parts of a detector's page: its numbers, a row of its evidence, and its notes cut at their headings. */
import type { Param } from '../contracts/detector.ts';
import { code, page, table } from './markdown.ts';

/** `example.json` of a unit: the first finding of its first declared level in a fraud case. */
export interface Example {
  /** Name of the case. */
  case: string;
  /** Columns of the finding that hold something. `facts` holds the numbers behind it. */
  finding: Readonly<Record<string, unknown>>;
}

/** Notes of a unit, with their headings one level below the page's title. */
export interface Notes {
  /** The sections Statistic and Null, with their headings. */
  method: string;
  silentWhen: string;
  lookAlikes: string;
  /** All other sections. */
  rest: string;
}

/**
 * Cuts notes at their headings of the second level. What stands before the first is a section named Notes.
 */
export function notesOf(markdown: string): Notes {
  const body = markdown.replace(/^# .*\n+/, '').trim();
  const [before = '', ...sections] = body.split(/^(?=## )/m).map((section) => section.trim());
  const heads = body.startsWith('## ') ? [before, ...sections] : [`## Notes\n\n${before}`, ...sections];
  const under = (heading: string) =>
    (heads.find((section) => section.startsWith(`## ${heading}\n`)) ?? '').replace(/^## .*\n+/, '');
  const isMethod = (section: string) => /^## (Statistic|Null)\n/.test(section);
  const rest = heads.filter(
    (section) => !isMethod(section) && !/^## (Silent when|Look-alikes)\n/.test(section),
  );
  return {
    method: heads.filter(isMethod).join('\n\n'),
    silentWhen: under('Silent when'),
    lookAlikes: under('Look-alikes'),
    rest: body === '' ? '' : rest.join('\n\n'),
  };
}

/** Every number that decides something, where it comes from; empty where there is none. */
export function numbersTable(params: Readonly<Record<string, Param>>): string {
  const rows = Object.entries(params).map(([name, { value, unit, source }]) => [
    code(`$${name}`),
    String(value),
    unit,
    source,
  ]);
  if (rows.length === 0) return '';
  return page('## Numbers', table(['name', 'value', 'unit', 'source'], rows, 'lrll')).trimEnd();
}

function valueText(name: string, value: unknown): string {
  const isTime = typeof value === 'number' && /(_at|_from|_to|_ms)$/.test(name) && value > 1e12;
  if (isTime) return new Date(value).toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The example as a table of names and values. */
export function exampleRows({ case: name, finding }: Example): string {
  const { facts, ...columns } = finding;
  const filled = Object.entries(columns).filter(([, value]) => value !== null && String(value) !== '');
  const numbers = Object.entries((facts ?? {}) as Record<string, unknown>);
  const rows = [
    ...filled.map(([column, value]) => [code(column), valueText(column, value)]),
    ...numbers.map(([fact, value]) => [code(`facts.${fact}`), valueText(fact, value)]),
  ];
  return page(
    '## An example of its evidence',
    `The first finding of its level in the case “${name}”:`,
    table(['column', 'value'], rows),
  ).trimEnd();
}
