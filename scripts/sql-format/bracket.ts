/** Brackets, lists and CASE as documents: a query takes lines of its own, everything else hangs on its bracket. */
import { builders } from 'prettier/doc';
import { expression, item, row } from './expression.ts';
import { type Doc, filled, leaf, type Tail } from './leaf.ts';
import { query } from './query.ts';
import { cutBefore, firstOf, itemsOf, type Node, type Pair, textOf } from './tree.ts';
import { isQuery, startsPart } from './words.ts';

const { group, indent, line, softline } = builders;

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
  if (isQuery(inside)) return group([open, indent([softline, query(inside, '')]), softline, close]);
  if (before === 'json_object') return [open, indent(pairs(inside, close))];
  const parts = cutBefore(inside, (index) => startsPart(inside, index));
  if (parts.length > 1 || startsPart(inside, 0)) return [open, indent(filled(parts, part, close, false))];
  const doc = list(inside, close);
  return [open, itemsOf(inside).length > 1 ? indent(doc) : doc];
}
