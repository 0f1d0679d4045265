/** The smallest documents: a token with its comments, and parts that fill their lines. */
import { builders } from 'prettier/doc';
import type { Token } from './tokens.ts';
import { firstOf, type Node } from './tree.ts';

const { breakParent, fill, hardline, indent, join, line, lineSuffix } = builders;

export type Doc = builders.Doc;
/** What must stand directly behind a document: closing brackets, commas, an alias. */
export type Tail = Doc;
/** Prints nodes with their tail; `index` is the part's. */
type Print = (nodes: Node[], tail: Tail, index: number) => Doc;

const commentsOf = (token: Token): string[] => token.above.filter((comment) => comment !== '');

/** A token. Comments before it take lines of their own; one behind it ends the line. */
export function leaf(token: Token): Doc {
  if (token.above.length === 0 && !token.behind && !token.fresh) return token.text;
  const comments = commentsOf(token);
  const above: Doc = comments.length > 0 || token.fresh ? [hardline, join(hardline, comments), hardline] : '';
  const behind: Doc = token.behind ? [lineSuffix(` ${token.behind}`), breakParent] : '';
  return [above, token.text, behind];
}

/**
 * Takes the comments before a part from its first token, since what begins with a line break always seems to
 * fit.
 */
function lifted(part: readonly Node[]): Doc | undefined {
  const token = firstOf(part[0]!);
  const comments = commentsOf(token);
  if (comments.length === 0 && !token.fresh) return undefined;
  token.above = [];
  token.fresh = false;
  return join(hardline, comments);
}

/**
 * Parts that fill their lines.
 * @param inward Whether parts after the first are indented; `false` where what is around indents them.
 */
export function filled(parts: readonly Node[][], print: Print, tail: Tail, inward = true): Doc {
  const docs = parts.flatMap((part, index): Doc[] => {
    const inner = (doc: Doc): Doc => (inward && index > 0 ? indent(doc) : doc);
    const above = lifted(part);
    const doc = inner(print(part, index === parts.length - 1 ? tail : '', index));
    if (!above) return index === 0 ? [doc] : [inner(line), doc];
    return index === 0
      ? [[hardline, above], hardline, doc]
      : [inner(hardline), inner(above), inner(hardline), doc];
  });
  return docs.length === 1 ? docs[0]! : fill(docs);
}
