/** Small pieces that generated files are made of. */
import { wrapProse } from './prose-width.ts';

/** First line of every generated file: who writes it. */
export const GENERATED =
  '<!-- Written by `npm run generate`. Change the source that it names, not this file. -->';

/** Text inside a table cell: no line break, no bare pipe. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A table; `align` holds one letter per column, l or r. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], align = ''): string {
  const rule = head.map((_, i) => (align[i] === 'r' ? '--:' : '---'));
  return [head, rule, ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Blocks with a blank line between them, prose at the pages' width; empty ones are left out. */
export function page(...blocks: readonly string[]): string {
  return wrapProse(`${blocks.filter((block) => block !== '').join('\n\n')}\n`);
}

/** JSON as it stands in the repository. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
