/**
 * One layout for all SQL of the repository. Tokens and their order stay; blanks, line breaks and comments'
 * breaks are ours.
 */
import { printer } from 'prettier/doc';
import { linesWithin, raised, WIDTH, wrapped } from './comments.ts';
import { type Doc, leaf } from './leaf.ts';
import { statement } from './query.ts';
import { type Token, tokensOf } from './tokens.ts';
import { nest } from './tree.ts';

const NONE: ReadonlySet<number> = new Set();
const hasLines = (token: Token): boolean => token.text.includes('\n');

/** Tokens of each statement with its semicolon; the last holds the end of the text. */
function statementsOf(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    parts.at(-1)!.push(token);
    if (token.kind === 'sign' && token.text === ';') parts.push([]);
  }
  return parts;
}

function docOf(tokens: readonly Token[], text: string): Doc {
  const [first, ...rest] = tokens;
  const isClosed = tokens.at(-1)!.text === ';';
  const body = [{ ...first!, above: [] }, ...rest];
  return statement(nest(isClosed ? body.slice(0, -1) : body, text), isClosed ? leaf(body.at(-1)!) : '');
}

/** One statement, without the blank lines that a comment behind a line break leaves. */
function printed(tokens: readonly Token[], text: string): string {
  const doc = docOf(tokens, text);
  const { formatted } = printer.printDocToString(doc, { printWidth: WIDTH, tabWidth: 2, useTabs: false });
  const within = tokens.some(hasLines) ? linesWithin(formatted) : NONE;
  const lines = formatted.split('\n').filter((line, index) => line.trim() !== '' || within.has(index));
  return lines.join('\n');
}

function laidOut(text: string, tokens: readonly Token[]): string {
  const lines = statementsOf(tokens).flatMap((part) => {
    const body = part.filter(({ kind }) => kind !== 'end');
    return [...part[0]!.above, ...(body.length > 0 ? [printed(body, text)] : [])];
  });
  const whole = `${lines.join('\n').trim()}\n`;
  return wrapped(whole, tokens.some(hasLines) ? linesWithin(whole) : NONE);
}

/**
 * The text laid out: lines of 110 columns, comments before the tokens before which they stood, one line break
 * at the end.
 * @throws GhostcardError E_INTERNAL for text that is no SQL, or whose brackets do not close.
 */
export function formatSql(text: string): string {
  const tokens = tokensOf(text);
  const whole = laidOut(text, tokens);
  if (tokens.every(({ behind }) => behind === '')) return whole;
  const next = raised(whole);
  return next === whole ? whole : formatSql(next);
}
