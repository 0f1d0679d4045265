/**
 * Comments of SQL: a paragraph with a line beyond the width is wrapped again, all others stay as they are.
 */
import { tokensOf } from './tokens.ts';

/** Columns of a line, as in biome.json. */
export const WIDTH = 110;

/** Words of one paragraph in lines that begin with `-- ` at the indentation. */
function wrap(words: readonly string[], margin: string): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${margin}-- ${word}`);
  }
  return lines;
}

const EMPTY = /^\s*--\s*$/;
const POINT = /^\s*--(\s{2,}| ?[-*] | \d+\. )/;

/**
 * A line that ends a sentence before the first word of the next line would have been too much ends a
 * paragraph.
 */
function endsParagraph(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '--';
  const room = Math.max(...lines.map((text) => text.length)) - line.length - 1;
  const next = /^\s*--\s*(\S*)/.exec(lines[index + 1]!)![1]!;
  return EMPTY.test(line) || (line.endsWith('.') && next.length <= room);
}

/**
 * Lines of comment that follow each other, cut into paragraphs: at empty lines and before points of a list.
 */
function paragraphs(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (const [index, text] of lines.entries()) {
    const isNew = EMPTY.test(text) || POINT.test(text) || endsParagraph(lines, index - 1);
    if (isNew) parts.push([]);
    parts.at(-1)!.push(text);
  }
  return parts;
}

function rewrapped(lines: readonly string[]): string[] {
  const margin = /^\s*/.exec(lines[0]!)![0];
  return paragraphs(lines).flatMap((part) => {
    if (part.every((text) => text.length <= WIDTH)) return part;
    return wrap(part.flatMap((text) => text.replace(/^\s*--\s*/, '').split(/\s+/)).filter(Boolean), margin);
  });
}

/** Numbers of the lines that begin within a token, whose text is nobody's to change. */
export function linesWithin(text: string): ReadonlySet<number> {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  const within = new Set<number>();
  for (const { from, to } of tokensOf(text).filter((token) => token.text.includes('\n')))
    for (let line = lineAt(from) + 1; line <= lineAt(to); line += 1) within.add(line);
  return within;
}

/**
 * The text with every comment within the width.
 * @param within Numbers of lines that are left alone, from `linesWithin`.
 */
export function wrapped(text: string, within: ReadonlySet<number>): string {
  const done: string[] = [];
  let comment: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const isComment = /^\s*--/.test(line) && !within.has(index);
    if (isComment) comment.push(line);
    else {
      if (comment.length > 0) done.push(...rewrapped(comment));
      comment = [];
      done.push(line);
    }
  }
  return done.join('\n');
}

/** The text with comments that stand behind code beyond the width moved above its line. */
export function raised(text: string): string {
  const late = tokensOf(text).filter(({ behind }) => behind !== '');
  return late.reduceRight((done, { from, to, behind }) => {
    const start = done.lastIndexOf('\n', from) + 1;
    const end = done.indexOf('\n', to);
    if (end - start <= WIDTH) return done;
    const margin = /^ */.exec(done.slice(start))![0];
    return `${done.slice(0, start)}${margin}${behind}\n${done.slice(start, to)}${done.slice(end)}`;
  }, text);
}
