/** Keywords, in capitals as this repository writes them: a name in small letters is never taken for one. */
import { type Node, textOf } from './tree.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const CLAUSES = set('SELECT FROM WHERE HAVING WINDOW QUALIFY LIMIT OFFSET VALUES SET RETURNING');
const BY = set('GROUP ORDER PARTITION');
const FRAMES = set('ROWS RANGE GROUPS');
const JOINS = set('NATURAL ASOF POSITIONAL INNER LEFT RIGHT FULL OUTER SEMI ANTI CROSS JOIN');
const QUERIES = set('SELECT WITH FROM VALUES');
export const SET_OPERATIONS = set('UNION EXCEPT INTERSECT');
/** Words after which a value must follow, so that a sign behind them has nothing on its left. */
const EXPECTING = set(
  'AND OR NOT WHEN THEN ELSE SELECT DISTINCT WHERE ON HAVING QUALIFY BY BETWEEN IN LIKE ILIKE IS FROM LIMIT OFFSET AS ALL USING VALUES SET',
);
/** Words that take a blank before a bracket, which names of functions do not. */
export const BLANK_BEFORE_BRACKET = new Set([
  ...EXPECTING,
  ...JOINS,
  'OVER',
  'FILTER',
  'EXCLUDE',
  'REPLACE',
  'EXISTS',
  'SETS',
]);

/** Operators from the loosest to the tightest. */
export const OPERATORS: readonly ReadonlySet<string>[] = [
  set('OR'),
  set('AND'),
  set('= <> != == < > <= >= := => IN LIKE ILIKE GLOB BETWEEN IS'),
  set('+ - || & | << >> -> ->>'),
  set('* / // % ^ **'),
];
export const OR = 0;
export const COMPARE = 2;

export function isQuery(nodes: readonly Node[]): boolean {
  const first = nodes[0];
  if (first?.kind === 'pair' && first.open.text === '(')
    return nodes.length === 1 ? isQuery(first.inside) : SET_OPERATIONS.has(textOf(nodes[1]));
  return QUERIES.has(textOf(first));
}

/** `FROM` of `IS [NOT] DISTINCT FROM`. */
function comparesDistinct(nodes: readonly Node[], index: number): boolean {
  if (textOf(nodes[index - 1]) !== 'DISTINCT') return false;
  const before = textOf(nodes[index - 2]);
  return before === 'IS' || (before === 'NOT' && textOf(nodes[index - 3]) === 'IS');
}

const startsBy = (nodes: readonly Node[], index: number): boolean =>
  BY.has(textOf(nodes[index])) && textOf(nodes[index + 1]) === 'BY';

export function startsClause(nodes: readonly Node[], index: number): boolean {
  if (startsBy(nodes, index)) return true;
  return CLAUSES.has(textOf(nodes[index])) && !comparesDistinct(nodes, index);
}

/** A part of what stands in the bracket of OVER, FILTER or an aggregate. */
export function startsPart(nodes: readonly Node[], index: number): boolean {
  const word = textOf(nodes[index]);
  return startsBy(nodes, index) || word === 'WHERE' || FRAMES.has(word);
}

export function startsJoin(nodes: readonly Node[], index: number): boolean {
  return JOINS.has(textOf(nodes[index])) && !JOINS.has(textOf(nodes[index - 1]));
}

/** Whether the node ends a value, so that a sign behind it has one on its left. */
function isValue(node: Node | undefined): boolean {
  if (!node) return false;
  if (node.kind === 'pair') return true;
  return node.kind === 'sign' ? node.text === '*' : !EXPECTING.has(textOf(node));
}

export function isOperator(nodes: readonly Node[], index: number, level: number): boolean {
  const node = nodes[index];
  if (!OPERATORS[level]!.has(textOf(node))) return false;
  return node?.kind === 'word' || isValue(nodes[index - 1]);
}
