/** Tokens nested by their brackets; `CASE … END` is a bracket too. */
import type { Doc } from 'prettier';
import { refuse, type Token } from './tokens.ts';

export interface Pair {
  kind: 'pair';
  open: Token;
  close: Token;
  inside: Node[];
  /** The query within, laid out, once it is. */
  query?: Doc;
}

export type Node = Token | Pair;

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', CASE: 'END' };
const ENDS = new Set(Object.values(CLOSES));

/** The text of a word or sign, `''` for everything else, so that a string never passes for a keyword. */
export function textOf(node: Node | undefined): string {
  return node && (node.kind === 'word' || node.kind === 'sign') ? node.text : '';
}

/** The first token of a node, which carries the comments and the space before it. */
export function firstOf(node: Node): Token {
  return node.kind === 'pair' ? node.open : node;
}

/**
 * The nodes of one statement. A value of `{key: value}` gets its blank.
 * @param text The whole text, to say where a bracket is at fault.
 * @throws GhostcardError E_INTERNAL for a bracket or CASE that does not close, or closes what is not open.
 */
export function nest(tokens: readonly Token[], text: string): Node[] {
  const top: Node[] = [];
  const open: Pair[] = [];
  for (const token of tokens) {
    const word = textOf(token);
    const inside = open.at(-1)?.inside ?? top;
    if (open.at(-1)?.open.text === '{' && textOf(inside.at(-1)) === ':') token.spaced = true;
    if (ENDS.has(word)) {
      const pair = open.pop();
      if (!pair || CLOSES[pair.open.text] !== word)
        refuse(text, token.from, 'no closing bracket without its opening one');
      pair.close = token;
    } else if (Object.hasOwn(CLOSES, word)) {
      const pair: Pair = { kind: 'pair', open: token, close: token, inside: [] };
      inside.push(pair);
      open.push(pair);
    } else inside.push(token);
  }
  const left = open.at(-1);
  if (left) refuse(text, left.open.from, 'brackets that close');
  return top;
}

/** Parts of a row of nodes, cut before every index at which `begins` holds. No part is empty. */
export function cutBefore(nodes: readonly Node[], begins: (index: number) => boolean): Node[][] {
  const parts: Node[][] = [];
  nodes.forEach((node, index) => {
    if (index === 0 || begins(index)) parts.push([]);
    parts.at(-1)!.push(node);
  });
  return parts;
}

/** Items of a list with the comma behind each; commas between the parameters of a lambda cut nothing. */
export function itemsOf(nodes: readonly Node[]): Node[][] {
  let inLambda = false;
  return cutBefore(nodes, (index) => {
    const before = textOf(nodes[index - 1]);
    if (before === 'lambda') inLambda = true;
    else if (before === ':') inLambda = false;
    return before === ',' && !inLambda;
  });
}
