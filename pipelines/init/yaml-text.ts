/**
 * A draft as the text of `ghostcard.yaml`. Whatever comes from a file is quoted: contents cannot become YAML.
 */
import type { DraftedColumn, DraftedTable, Format } from './draft.ts';

const HEAD = `# Drafted by ghostcard init from the first rows of the files here. Read it, correct it, keep it with the data.
# Its form: docs/dataset-mapping.md.
version: 1
`;

const CONFIRM: Readonly<Record<keyof Format, string>> = {
  delimiter: 'what stands between fields',
  decimal: 'the mark in numbers',
  dates: 'how the days of times are written',
  zone: 'CONFIRM: the times name no zone; this says that they are UTC',
};

/** A double-quoted YAML scalar in ASCII. */
export function quoted(text: string): string {
  const body = [...text].map((character) => {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${body.join('')}"`;
}

/** A comment stays one line and cannot hide what follows it. */
const comment = (text: string) => `# ${text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?').slice(0, 240)}`;

function columnText({ column, from, constant, unit, scale, words, comment: note }: DraftedColumn): string {
  const value = () => {
    if (from === undefined) return `{ constant: ${quoted(constant ?? '')} }`;
    if (!unit && scale === undefined && !words) return quoted(from);
    const mapped = Object.entries(words ?? {}).map(([word, means]) => `${quoted(word)}: ${quoted(means)}`);
    const parts = [
      `from: ${quoted(from)}`,
      ...(unit ? [`unit: ${unit}`] : []),
      ...(scale === undefined ? [] : [`scale: ${scale}`]),
      ...(words ? [`words: { ${mapped.join(', ')} }`] : []),
    ];
    return `{ ${parts.join(', ')} }`;
  };
  return `      ${column}: ${value()}${note ? `  ${comment(note)}` : ''}\n`;
}

function formatText(format: Format, indent: string): string {
  return (Object.keys(CONFIRM) as (keyof Format)[])
    .filter((key) => format[key] !== undefined)
    .map((key) => `${indent}${key}: ${quoted(format[key]!)}  ${comment(CONFIRM[key])}\n`)
    .join('');
}

function tableText(draft: DraftedTable, format: Format): string {
  const columns = draft.columns.map(columnText).join('');
  return [
    `  ${draft.table}:\n`,
    `    ${comment(draft.source)}\n`,
    draft.note ? `    ${comment(draft.note)}\n` : '',
    draft.named ? `    file: ${quoted(draft.file)}\n` : '',
    draft.rows ? `    rows: ${quoted(draft.rows)}\n` : '',
    draft.distinct ? '    distinct: true\n' : '',
    formatText(format, '    '),
    columns ? `    columns:\n${columns}` : '',
  ].join('');
}

/** What all tables can share, and what is left to say in each. */
function sharedFormat(tables: readonly DraftedTable[]): Format {
  const texts = tables.filter(({ sample }) => sample.form === 'csv');
  const delimiters = new Set(texts.map(({ format }) => format.delimiter));
  const one = delimiters.size === 1 ? [...delimiters][0] : undefined;
  const decimal = one && texts.some(({ format }) => format.decimal);
  return {
    ...(one ? { delimiter: one } : {}),
    ...(decimal ? { decimal: ',' } : {}),
    ...(tables.some(({ format }) => format.dates) ? { dates: 'DD.MM.YYYY' } : {}),
    ...(tables.some(({ format }) => format.zone) ? { zone: 'UTC' } : {}),
  };
}

/** The file's text; '' where the tables need no mapping. */
export function mappingText(tables: readonly DraftedTable[]): string {
  const shared = sharedFormat(tables);
  const bodies = tables.flatMap((draft) => {
    const keys = (Object.keys(draft.format) as (keyof Format)[]).filter((key) => shared[key] === undefined);
    const rest: Format = Object.fromEntries(keys.map((key) => [key, draft.format[key]]));
    return draft.named || draft.columns.length > 0 || keys.length > 0 ? [tableText(draft, rest)] : [];
  });
  if (bodies.length === 0 && Object.keys(shared).length === 0) return '';
  return HEAD + formatText(shared, '') + (bodies.length > 0 ? `tables:\n${bodies.join('')}` : '');
}
