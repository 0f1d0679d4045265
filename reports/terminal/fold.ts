/** Text in lines of a width. */
import { stripVTControlCharacters } from 'node:util';

/** What text is laid out for. */
export interface Screen {
  /** True for a terminal, which gets boxes; a file or a pipe gets plain columns. */
  terminal: boolean;
  /** Characters in a line; Infinity where lines are not ours to break. */
  width: number;
}

const shown = (text: string): number => [...stripVTControlCharacters(text)].length;

/**
 * Lines of at most `width` characters, the first of at most `first`, broken between words, and within a word
 * that is longer than a line.
 */
export function wrapWords(text: string, width: number, first = width): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    const room = lines.length === 1 ? first : width;
    if (last !== '' && shown(last) + 1 + shown(word) <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    const pieces = shown(word) > width ? piecesOf(word, width) : [word];
    if (last === '') lines.pop();
    lines.push(...pieces);
  }
  return lines;
}

/** A long word in pieces. One with colour codes stays whole: a cut might fall into a code. */
function piecesOf(word: string, width: number): string[] {
  const characters = [...word];
  if (characters.length !== shown(word)) return [word];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += width)
    pieces.push(characters.slice(at, at + width).join(''));
  return pieces;
}

/**
 * Where the continuation of a line begins: below its value where it has the form `name  value`, else a little
 * inside.
 */
function hangingIndent(line: string, width: number): number {
  const plain = stripVTControlCharacters(line);
  const named = /^\s*\S+(?: \S+)* {2,}(?=\S)/.exec(plain)?.[0].length ?? 0;
  if (named > 0 && named <= width / 2) return named;
  return Math.min(/^ */.exec(plain)![0].length + 2, width / 2);
}

function foldLine(line: string, width: number): string {
  if (shown(line) <= width) return line;
  const indent = ' '.repeat(hangingIndent(line, width));
  const start = /^ */.exec(line)![0];
  const [first, ...more] = wrapWords(line.slice(start.length), width - indent.length, width - start.length);
  return [start + first!, ...more.map((part) => indent + part.trimStart())].join('\n').replace(/ +$/gm, '');
}

/** The text with every line folded that is longer than `width`. */
export function folded(text: string, width: number): string {
  if (width === Number.POSITIVE_INFINITY) return text;
  return text
    .split('\n')
    .map((line) => foldLine(line, width))
    .join('\n');
}
