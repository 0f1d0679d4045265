/**
 * Values and brackets as documents of Prettier's printer: a chain of operators breaks before them, the
 * loosest first. Queries in brackets are documents already.
 */
import { builders } from 'prettier/doc';
import { type Doc, filled, leaf, type Tail } from './leaf.ts';
import { cutBefore, firstOf, itemsOf, type Node, type Pair, textOf } from './tree.ts';
import { BLANK_BEFORE_BRACKET, COMPARE, isOperator, OPERATORS, OR, startsPart } from './words.ts';

const { group, indent, line, softline } = builders;

/** No blank stands between them. */
function touches(before: Node, after: Node): boolean {
  const [left, right] = [textOf(before), textOf(after)];
  if (left === ':') return !firstOf(after).spaced;
  if (left === '-' && right === '-') return false;
  if (['::', '.', '+', '-', '~', '@'].includes(left) || ['::', '.', ':', ','].includes(right)) return true;
  if (after.kind !== 'pair' || after.open.text === 'CASE') return false;
  return !after.open.spaced && !(after.open.text === '(' && BLANK_BEFORE_BRACKET.has(left));
}

/** A bracket in which a line may break: more than `[1:50]` or `(18, 6)`. */
const isBreakable = (node: Node): boolean =>
  node.kind === 'pair' && (node.inside.length > 3 || node.inside.some(({ kind }) => kind === 'pair'));

/**
 * Nodes side by side; they break only within brackets, whose tail is all that cannot break behind them. A
 * sign among the nodes belongs to what follows it.
 */
export function row(nodes: readonly Node[], tail: Tail): Doc {
  const gap = (index: number): Doc => (index === 0 || touches(nodes[index - 1]!, nodes[index]!) ? '' : ' ');
  const print = (index: number, end: Tail): Doc => {
    const node = nodes[index]!;
    return [
      gap(index),
      node.kind === 'pair' ? bracket(node, textOf(nodes[index - 1]), end) : [leaf(node), end],
    ];
  };
  let doc: Doc = [];
  let end = tail;
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    if (isBreakable(nodes[index]!)) {
      doc = [print(index, end), doc];
      end = '';
    } else end = [print(index, ''), end];
  }
  return [end, doc];
}

/** Cut before each operator of a level; `BETWEEN low AND high` keeps its own AND. */
function operands(nodes: readonly Node[], level: number): Node[][] {
  let between = 0;
  return cutBefore(nodes, (index) => {
    const word = textOf(nodes[index]);
    if (word === 'BETWEEN') between += 1;
    if (!isOperator(nodes, index, level)) return false;
    if (word !== 'AND' || between === 0) return true;
    between -= 1;
    return false;
  });
}

const behindOperator = (part: readonly Node[], tail: Tail, level: number): Doc => [
  leaf(firstOf(part[0]!)),
  ' ',
  textOf(part[0]) === 'BETWEEN' ? between(part.slice(1), tail) : expression(part.slice(1), tail, level + 1),
];

function between(nodes: readonly Node[], tail: Tail): Doc {
  const parts = cutBefore(nodes, (index) => textOf(nodes[index]) === 'AND');
  return filled(
    parts,
    (part, end, index) => (index === 0 ? expression(part, end) : behindOperator(part, end, COMPARE)),
    tail,
  );
}

/** Words such as IN keep what follows on their line, and so does what starts with a bracket of its own. */
function staysBehind(part: readonly Node[]): boolean {
  return part[0]!.kind === 'word' || (part.length === 2 && part[1]!.kind === 'pair');
}

function chain(parts: readonly Node[][], tail: Tail, level: number): Doc {
  const print = (part: Node[], end: Tail, index: number): Doc =>
    index === 0 && !isOperator(part, 0, level)
      ? expression(part, end, level + 1)
      : behindOperator(part, end, level);
  if (level === COMPARE && parts.slice(1).every(staysBehind))
    return parts.map((part, index) => [
      index === 0 ? '' : ' ',
      print(part, index === parts.length - 1 ? tail : '', index),
    ]);
  if (level !== OR) return filled(parts, print, tail);
  const docs = parts.map((part, index) => print(part, index === parts.length - 1 ? tail : '', index));
  return group([docs[0]!, indent(docs.slice(1).map((doc) => [line, doc]))]);
}

/**
 * A value. `tail` is what must stand behind its last token on the same line; `level` the loosest operator
 * within.
 */
export function expression(nodes: readonly Node[], tail: Tail, level = OR): Doc {
  if (nodes.length === 0) return tail;
  if (textOf(nodes[0]) === 'lambda') return lambda(nodes, tail);
  if (level === OPERATORS.length || nodes.length === 1) return row(nodes, tail);
  const parts = operands(nodes, level);
  const isAlone = parts.length === 1 && !isOperator(nodes, 0, level);
  return isAlone ? expression(nodes, tail, level + 1) : chain(parts, tail, level);
}

function lambda(nodes: readonly Node[], tail: Tail): Doc {
  const body = nodes.findIndex((node) => textOf(node) === ':') + 1;
  return [row(nodes.slice(0, body), ''), group(indent([line, expression(nodes.slice(body), tail)]))];
}

/** One item of a list: a value and, behind AS, its name or type. */
export function item(nodes: readonly Node[], tail: Tail): Doc {
  const last = nodes.at(-1);
  if (textOf(last) === ',') return item(nodes.slice(0, -1), [leaf(firstOf(last!)), tail]);
  const as = nodes.findLastIndex((node) => textOf(node) === 'AS');
  if (as <= 0) return expression(nodes, tail);
  return expression(nodes.slice(0, as), [' ', row(nodes.slice(as), tail)]);
}

/** A key of `json_object` and its value. */
function keyAndValue(nodes: Node[], tail: Tail): Doc {
  const [key, value] = itemsOf(nodes);
  return value ? [item(key!, ''), ' ', item(value, tail)] : item(key!, tail);
}

/** Items that fill their lines. */
export function list(nodes: readonly Node[], tail: Tail): Doc {
  return filled(itemsOf(nodes), item, tail, false);
}

function pairs(nodes: readonly Node[], tail: Tail): Doc {
  const items = itemsOf(nodes);
  const parts = items.flatMap((one, index) =>
    index % 2 === 0 ? [[...one, ...(items[index + 1] ?? [])]] : [],
  );
  return filled(parts, keyAndValue, tail, false);
}

/** What begins with a word of its own in a bracket: `PARTITION BY a, b`, `ORDER BY c`, `WHERE d`. */
function part(nodes: Node[], tail: Tail): Doc {
  if (!startsPart(nodes, 0)) return list(nodes, tail);
  const words = textOf(nodes[1]) === 'BY' ? 2 : 1;
  return [row(nodes.slice(0, words), ''), ' ', indent(list(nodes.slice(words), tail))];
}

/** `WHEN a THEN b`, `ELSE c` or the value that a CASE looks at. */
function arm(nodes: Node[], tail: Tail): Doc {
  const isArm = ['WHEN', 'ELSE'].includes(textOf(nodes[0]));
  if (!isArm) return expression(nodes, tail);
  const [word, ...rest] = nodes;
  const parts = cutBefore(rest, (index) => textOf(rest[index]) === 'THEN');
  const print = (one: Node[], end: Tail, index: number): Doc =>
    index === 0 ? expression(one, end) : [leaf(firstOf(one[0]!)), ' ', expression(one.slice(1), end)];
  return [leaf(firstOf(word!)), ' ', filled(parts, print, tail)];
}

function arms({ open, close, inside }: Pair, tail: Tail): Doc {
  const parts = cutBefore(inside, (index) => ['WHEN', 'ELSE'].includes(textOf(inside[index])));
  const end: Doc = [' ', leaf(close), tail];
  const docs = parts.map((one, index) => {
    const isFirst = index === 1 && textOf(parts[0]![0]) !== 'WHEN';
    const gap = index === 0 || isFirst ? ' ' : line;
    return [gap, arm(one, index === parts.length - 1 ? end : '')];
  });
  return group([leaf(open), indent(docs)]);
}

/** A bracket, all in it and the tail. `before` is the word before it. */
export function bracket(pair: Pair, before: string, tail: Tail): Doc {
  if (pair.open.text === 'CASE') return arms(pair, tail);
  const { inside } = pair;
  const [open, close] = [leaf(pair.open), [leaf(pair.close), tail]];
  if (inside.length === 0) return [open, close];
  if (pair.query) return group([open, indent([softline, pair.query]), softline, close]);
  if (before === 'json_object') return [open, indent(pairs(inside, close))];
  const parts = cutBefore(inside, (index) => startsPart(inside, index));
  if (parts.length > 1 || startsPart(inside, 0)) return [open, indent(filled(parts, part, close, false))];
  const doc = list(inside, close);
  return [open, itemsOf(inside).length > 1 ? indent(doc) : doc];
}
