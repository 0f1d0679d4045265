/** Prose of Markdown pages at one width: tables, headings, code and comments keep their lines. */

/** Columns of a line of prose. */
export const WIDTH = 110;
/** A code span of more columns is broken like other text. */
const LONGEST_WORD = 90;

const FENCE = /^\s*(```|~~~)/;
/** A line that is no prose: blank, table, heading, comment, picture. */
const APART = /^\s*($|\||#{1,6} |<!--|!\[)/;
/** A list item or a quotation: what opens it, and the blanks under which it goes on. */
const OPENING = /^(\s*)((?:[-*+]|\d+[.)]) +|> )?/;
/** A word that would open a list, a heading or a quotation if it stood first in a line. */
const OPENS_BLOCK = /^([-*+>|]|#{1,6}|\d+[.)]|>.*|\|.*)$/;

const QUOTE = '> ';

const widthOf = (line: string) => [...line].length;

interface Piece {
  isProse: boolean;
  lines: string[];
  /** Number of its first line, from one. */
  at: number;
}

/** True for the first line of a list item, or of a quotation after something else. */
function opensBlock(line: string, { lines }: Piece): boolean {
  const marker = OPENING.exec(line)![2];
  return marker !== undefined && !(marker === QUOTE && lines[0]!.startsWith(QUOTE));
}

/** A page as paragraphs and list items, and the lines between them. */
function piecesOf(markdown: string): Piece[] {
  const pieces: Piece[] = [];
  let isCode = false;
  let open: Piece | null = null;
  for (const [i, line] of markdown.split('\n').entries()) {
    const isFence = FENCE.test(line);
    const isIndentedCode = open === null && /^ {4}/.test(line);
    if (isCode || isFence || isIndentedCode || APART.test(line)) {
      if (isFence) isCode = !isCode;
      pieces.push({ isProse: false, lines: [line], at: i + 1 });
      open = null;
    } else if (open === null || opensBlock(line, open)) {
      open = { isProse: true, lines: [line], at: i + 1 };
      pieces.push(open);
    } else open.lines.push(line);
  }
  return pieces;
}

/** Words of a paragraph: what must stay in one line. A code span is one, as long as a line can hold it. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const match of text.matchAll(/(?:`[^`]*`|\S)+/g)) {
    const word = match[0].replace(/\s+/g, ' ');
    const last = words.at(-1);
    if (last !== undefined && OPENS_BLOCK.test(word)) words[words.length - 1] = `${last} ${word}`;
    else if (widthOf(word) > LONGEST_WORD) words.push(...word.split(' '));
    else words.push(word);
  }
  return words;
}

function layOut({ lines }: Piece): string[] {
  const [whole, blanks = '', marker = ''] = OPENING.exec(lines[0]!)!;
  const rest = blanks + (marker === QUOTE ? QUOTE : ' '.repeat(marker.length));
  const text = lines.map((line) => (marker === QUOTE ? line.replace(QUOTE, '') : line)).join(' ');
  const done: string[] = [];
  let line = '';
  for (const word of wordsOf(marker === QUOTE ? text : text.slice(whole.length))) {
    const start = done.length === 0 ? whole : rest;
    const fits = widthOf(`${start}${line} ${word}`) <= WIDTH;
    if (line === '') line = word;
    else if (fits) line += ` ${word}`;
    else {
      done.push(start + line);
      line = word;
    }
  }
  return [...done, (done.length === 0 ? whole : rest) + line];
}

/** Numbers of the lines of prose that are too wide, from one. A line of one word cannot be less wide. */
export function wideLines(markdown: string): number[] {
  return piecesOf(markdown)
    .filter(({ isProse }) => isProse)
    .flatMap(({ lines, at }) =>
      lines.flatMap((line, i) => {
        const words = wordsOf(line.replace(OPENING, ''));
        return widthOf(line) > WIDTH && words.length > 1 ? [at + i] : [];
      }),
    );
}

/** Lays out again each paragraph and list item that has a line too wide; all others stay as they are. */
export function wrapProse(markdown: string): string {
  return piecesOf(markdown)
    .flatMap((piece) => {
      const isWide = piece.isProse && piece.lines.some((line) => widthOf(line) > WIDTH);
      return isWide ? layOut(piece) : piece.lines;
    })
    .join('\n');
}
