/**
 * DuckDB's SQL as tokens. Each keeps its text; comments hang on the token that they stand before or behind.
 */
import { GhostcardError } from '../../contracts/errors.ts';

export interface Token {
  kind: 'word' | 'text' | 'number' | 'param' | 'sign' | 'end';
  text: string;
  /** White space or a comment stands before it. */
  spaced: boolean;
  /** Comment lines of their own before it; `''` is a blank line. */
  above: string[];
  /** A comment on the same line behind it, else `''`. */
  behind: string;
  /** Such a comment stands behind the token before, so that this one begins a line. */
  fresh: boolean;
  /** Offsets in the text, in UTF-16 units. */
  from: number;
  to: number;
}

/** As DuckDB's own scanner: whatever is not ASCII may stand in a name. */
const NAME = String.raw`(?:"(?:[^"]|"")*"|[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*)`;
/** One group for each of `KINDS`, in its order. */
const FORM = new RegExp(
  [
    String.raw`([eE]'(?:[^'\\]|\\[^]|'')*'|[xXbB]?'(?:[^']|'')*'|\$(?:\$[^]*?\$|[A-Za-z_]+\$[^]*?\$[A-Za-z_]+)\$)`,
    String.raw`(0[xX][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)`,
    String.raw`(${NAME}(?:\.(?:${NAME}|\*))*)`,
    String.raw`(\$\w+|\?\d*)`,
    String.raw`(->>|::|:=|->|=>|\|\||//|\*\*|<=|>=|<>|!=|==|<<|>>|(?!/\*)[()[\]{},;.:+\-*/%^&|~<>=@])`,
  ].join('|'),
  'y',
);
const KINDS = ['text', 'number', 'word', 'param', 'sign'] as const;
const SPACE = /\s*/y;
const COMMENT = /--[^\n]*/y;

function read(form: RegExp, text: string, from: number): RegExpExecArray | null {
  form.lastIndex = from;
  return form.exec(text);
}

/** @throws GhostcardError E_INTERNAL that names the line. */
export function refuse(text: string, from: number, expected: string): never {
  const line = text.slice(0, from).split('\n').length;
  throw new GhostcardError('E_INTERNAL', {
    subject: `line ${line} of an SQL text`,
    expected,
    got: JSON.stringify(text.slice(from, from + 20)),
    todo: 'Correct the statement.',
  });
}

interface Gap {
  spaced: boolean;
  behind: string;
  above: string[];
  /** Offset of what follows. */
  to: number;
}

/** White space and comments from an offset on: what hangs on the token before, what on the next. */
function gapAt(text: string, from: number): Gap {
  const gap: Gap = { spaced: false, behind: '', above: [], to: from };
  for (let isFirst = from > 0; ; isFirst = false) {
    const space = read(SPACE, text, gap.to)![0];
    gap.to += space.length;
    const isBroken = space.includes('\n');
    if (isBroken && space.indexOf('\n') !== space.lastIndexOf('\n')) gap.above.push('');
    const comment = text.startsWith('--', gap.to) ? read(COMMENT, text, gap.to)![0] : undefined;
    gap.spaced = gap.to > from;
    if (comment === undefined) return gap;
    gap.to += comment.length;
    if (isFirst && !isBroken) gap.behind = comment.trimEnd();
    else gap.above.push(comment.trimEnd());
  }
}

function tokenAt(text: string, from: number): [Token['kind'], string] {
  const found = read(FORM, text, from);
  if (!found) return refuse(text, from, 'a token of SQL (comments begin with --)');
  return [KINDS[found.findIndex((group, index) => index > 0 && group !== undefined) - 1]!, found[0]];
}

/**
 * The tokens of a text, an empty one of kind `end` last.
 * @throws GhostcardError E_INTERNAL where no token begins: an open quote, a block comment, a foreign sign.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    const { spaced, behind, above, to: from } = gapAt(text, at);
    const before = tokens.at(-1);
    if (before) before.behind = behind;
    const [kind, found] = from < text.length ? tokenAt(text, from) : (['end', ''] as const);
    at = from + found.length;
    tokens.push({ kind, text: found, spaced, above, behind: '', fresh: behind !== '', from, to: at });
    if (kind === 'end') return tokens;
  }
}
