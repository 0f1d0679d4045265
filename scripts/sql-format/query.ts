/**
 * Queries and statements as documents: what fits on a line stays there, else each clause and each join begins
 * one.
 */
import { builders } from 'prettier/doc';
import { bracket, expression, item, list, row } from './expression.ts';
import { type Doc, filled, leaf, type Tail } from './leaf.ts';
import { cutBefore, firstOf, itemsOf, type Node, type Pair, textOf } from './tree.ts';
import { isQuery, SET_OPERATIONS, startsClause, startsJoin } from './words.ts';

const { group, hardline, indent, join, line, softline } = builders;

const words = (nodes: readonly Node[]): Doc =>
  join(
    ' ',
    nodes.map((node) => leaf(firstOf(node))),
  );

/** Source of a FROM: a table, a query, or a join with its condition. */
function source(nodes: readonly Node[], tail: Tail): Doc {
  const last = nodes.at(-1);
  if (textOf(last) === ',') return source(nodes.slice(0, -1), [leaf(firstOf(last!)), tail]);
  const parts = cutBefore(nodes, (index) => textOf(nodes[index]) === 'ON');
  const print = (part: Node[], end: Tail, index: number): Doc =>
    index === 0 ? expression(part, end) : [leaf(firstOf(part[0]!)), ' ', expression(part.slice(1), end)];
  return filled(parts, print, tail);
}

function from(head: Doc, nodes: readonly Node[], tail: Tail): Doc {
  const parts = cutBefore(nodes, (index) => startsJoin(nodes, index));
  const docs = parts.map((part, index) =>
    filled(itemsOf(part), source, index === parts.length - 1 ? tail : ''),
  );
  return group([head, join(line, docs)]);
}

const HAS_VALUE = new Set(['WHERE', 'HAVING', 'QUALIFY']);

function clause(nodes: readonly Node[], tail: Tail): Doc {
  const first = textOf(nodes[0]);
  if (!startsClause(nodes, 0)) return item(nodes, tail);
  const count = textOf(nodes[1]) === 'BY' || (first === 'SELECT' && textOf(nodes[1]) === 'DISTINCT') ? 2 : 1;
  const head: Doc = [words(nodes.slice(0, count)), ' '];
  const rest = nodes.slice(count);
  if (first === 'FROM') return from(head, rest, tail);
  if (HAS_VALUE.has(first)) return [head, expression(rest, tail)];
  return [head, indent(list(rest, tail))];
}

const OPENING = new Set(['FROM', 'WHERE']);

/**
 * One SELECT, VALUES, INSERT, UPDATE or DELETE. If it does not fit on a line, FROM and all behind it may; if
 * they do not, FROM with WHERE may, and the rest.
 */
function select(nodes: readonly Node[], tail: Tail): Doc {
  const parts = cutBefore(nodes, (index) => startsClause(nodes, index));
  const docs = parts.map((part, index) => clause(part, index === parts.length - 1 ? tail : ''));
  if (docs.length === 1) return docs[0]!;
  const rest = parts.findIndex((part, index) => index > 0 && !OPENING.has(textOf(part[0])));
  const runs = rest < 0 ? [docs.slice(1)] : [docs.slice(1, rest), docs.slice(rest)];
  const lines = runs.filter((run) => run.length > 0).map((run) => group(join(line, run)));
  return group([docs[0]!, line, group(join(line, lines))]);
}

/** Queries joined by UNION, EXCEPT or INTERSECT; one that fits stands behind its word. */
function union(nodes: readonly Node[], tail: Tail): Doc {
  const parts = cutBefore(nodes, (index) => SET_OPERATIONS.has(textOf(nodes[index])));
  const docs = parts.map((part, index) => {
    const end = index === parts.length - 1 ? tail : '';
    if (index === 0) return term(part, end);
    const begins = part.findIndex((node) => node.kind === 'pair' || startsClause([node], 0));
    return group([words(part.slice(0, begins)), line, term(part.slice(begins), end)]);
  });
  return docs.length === 1 ? docs[0]! : group(join(line, docs));
}

const term = (nodes: readonly Node[], tail: Tail): Doc =>
  nodes[0]?.kind === 'pair' && nodes.length === 1 ? bracket(nodes[0], '', tail) : select(nodes, tail);

/** `name [(columns)] AS [MATERIALIZED] (query),` */
function table(nodes: readonly Node[]): Doc {
  return nodes.map((node, index) => {
    const gap = index === 0 || textOf(node) === ',' ? '' : ' ';
    return [gap, node.kind === 'pair' ? bracket(node, '', '') : leaf(node)];
  });
}

/** How many nodes from WITH on are its tables. */
function tablesEnd(nodes: readonly Node[]): number {
  const isEnd = (index: number): boolean =>
    nodes[index]!.kind === 'pair' && textOf(nodes[index + 1]) !== ',' && textOf(nodes[index + 1]) !== 'AS';
  return nodes.findIndex((_, index) => isEnd(index)) + 1;
}

/** A query with its WITH. `tail` is what must stand behind its last token. */
export function query(nodes: readonly Node[], tail: Tail): Doc {
  if (textOf(nodes[0]) !== 'WITH') return union(nodes, tail);
  const end = tablesEnd(nodes);
  const first = textOf(nodes[1]) === 'RECURSIVE' ? 2 : 1;
  const tables = itemsOf(nodes.slice(first, end)).map(table);
  return [words(nodes.slice(0, first)), ' ', join(hardline, tables), hardline, union(nodes.slice(end), tail)];
}

/** The columns of a table in lines of their own. */
function columns({ open, close, inside }: Pair, tail: Tail): Doc {
  return group([leaf(open), indent([softline, list(inside, '')]), softline, leaf(close), tail]);
}

/**
 * `CREATE … AS` and what it makes: a query below it, a value beside or below it; or the columns of a table.
 */
function creation(nodes: readonly Node[], tail: Tail): Doc {
  const as = nodes.findIndex((node) => textOf(node) === 'AS');
  const last = nodes.at(-1)!;
  if (as < 0 && last.kind === 'pair') return [row(nodes.slice(0, -1), ''), ' ', columns(last, tail)];
  if (as < 0) return row(nodes, tail);
  const head = row(nodes.slice(0, as + 1), '');
  const rest = nodes.slice(as + 1);
  if (isQuery(rest)) return group([head, line, query(rest, tail)]);
  return group([head, indent([line, expression(rest, tail)])]);
}

/** Lays out every query in a bracket, the innermost first, so that what holds it finds it done. */
function layQueries(nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (node.kind !== 'pair') continue;
    layQueries(node.inside);
    if (isQuery(node.inside)) node.query = query(node.inside, '');
  }
}

/** One statement without its semicolon, which is the tail. */
export function statement(nodes: readonly Node[], tail: Tail): Doc {
  layQueries(nodes);
  return textOf(nodes[0]) === 'CREATE' ? creation(nodes, tail) : query(nodes, tail);
}
