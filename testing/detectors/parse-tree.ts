/**
 * What stands in the parse tree of one statement of a unit: tables, functions, numbers, names of numbers,
 * CTEs.
 */

/** A table that a FROM clause names. `schema` is '' where none is written, which is a CTE or a file. */
export interface NamedTable {
  catalog: string;
  schema: string;
  name: string;
}

/**
 * A number as written, and where: the index of its first byte in the text, -1 where the tree does not say.
 */
export interface WrittenNumber {
  value: number;
  at: number;
}

export interface Statement {
  /** How many statements the text holds. */
  statements: number;
  tables: NamedTable[];
  /** Functions in FROM clauses. */
  tableFunctions: string[];
  /**
   * Functions elsewhere, in lower case, operators left out; `current_date` and its like are calls without
   * parentheses.
   */
  functions: string[];
  /** Aggregates without ORDER BY, by name. */
  unordered: string[];
  /** Other things in FROM clauses than tables, subqueries and joins, e.g. DESCRIBE. */
  odd: string[];
  ctes: string[];
  /**
   * Numbers but for positions: digits of round(), indices and lengths of text and lists, columns of GROUP BY
   * and ORDER BY.
   */
  numbers: WrittenNumber[];
  /** `$names`. */
  parameters: string[];
}

interface Node {
  [key: string]: unknown;
  type?: unknown;
  class?: string;
  function_name?: string;
  query_location?: number;
}

/** Functions whose arguments from this one on are positions, lengths or digits. */
const POSITIONS: Readonly<Record<string, number>> = {
  round: 1,
  substr: 1,
  substring: 1,
  left: 1,
  right: 1,
  split_part: 2,
  lpad: 1,
  rpad: 1,
  repeat: 1,
  regexp_extract: 2,
  list_slice: 1,
  array_slice: 1,
  list_extract: 1,
  array_extract: 1,
};

/** What FROM, and either side of a join or a UNION, may be. */
const FROM_TYPES = new Set(
  `BASE_TABLE SUBQUERY JOIN TABLE_FUNCTION EXPRESSION_LIST EMPTY PIVOT
  SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE`.split(/\s+/),
);

const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function numberOf({ value, query_location }: Node): WrittenNumber | undefined {
  const { type, value: written } = value as {
    type: { id: string; type_info?: { scale: number } };
    value: unknown;
  };
  if (typeof written !== 'number') return undefined;
  const scale = type.id === 'DECIMAL' ? (type.type_info?.scale ?? 0) : 0;
  return { value: written / 10 ** scale, at: query_location ?? -1 };
}

function noteTable(node: Node, found: Statement): void {
  if (node.type === 'BASE_TABLE') {
    const { catalog_name = '', schema_name = '', table_name = '' } = node as Record<string, string>;
    found.tables.push({ catalog: catalog_name, schema: schema_name, name: table_name });
  }
  for (const key of ['from_table', 'left', 'right']) {
    const source = node[key];
    if (isNode(source) && !('class' in source) && !FROM_TYPES.has(String(source.type)))
      found.odd.push(String(source.type));
  }
}

/** DuckDB reads `list(x ORDER BY x)` as `list_sort(list(x))`. */
const SORTS = new Set(['list_sort', 'list_reverse_sort']);

function noteCall(node: Node, found: Statement, sorted: boolean): void {
  const name = String(node.function_name).toLowerCase();
  if (node.is_operator === true) return;
  found.functions.push(name);
  if (sorted) return;
  const orders = [isNode(node.order_bys) ? node.order_bys.orders : node.orders, node.arg_orders];
  if (!orders.some((order) => Array.isArray(order) && order.length > 0)) found.unordered.push(name);
}

function bareCall({ column_names }: Node): string[] {
  const [name, ...rest] = column_names as string[];
  const call = rest.length === 0 && /^(current_\w+|localtime\w*|session_user)$/i.test(name!);
  return call ? [name!.toLowerCase()] : [];
}

/** True for a constant that names a column by its place. */
const isOrdinal = (key: string, node: Node) =>
  node.type === 'VALUE_CONSTANT' && (key === 'group_expressions' || key === 'expression');

/** Reads the tree that `parseTree` (pipelines/warehouse/sql-files.ts) returns. */
export function readTree(tree: unknown): Statement {
  const found: Statement = {
    statements: ((tree as { statements?: unknown[] }).statements ?? []).length,
    tables: [],
    tableFunctions: [],
    functions: [],
    unordered: [],
    odd: [],
    ctes: [],
    numbers: [],
    parameters: [],
  };
  const children = (node: Node, position: boolean): void => {
    const index = node.type === 'ARRAY_SLICE' || node.type === 'ARRAY_EXTRACT' ? 1 : undefined;
    const from = index ?? (node.function_name ? POSITIONS[node.function_name] : undefined);
    for (const [key, value] of Object.entries(node)) {
      for (const [i, item] of (Array.isArray(value) ? value.flat() : [value]).entries()) {
        if (!isNode(item)) continue;
        if (isOrdinal(key, item)) continue;
        const sorted = SORTS.has(String(node.function_name)) && key === 'children' && i === 0;
        visit(item, position || (key === 'children' && from !== undefined && i >= from), sorted);
      }
    }
  };
  const visit = (node: Node, position: boolean, sorted = false): void => {
    if (node.class === 'CONSTANT') {
      const number = position ? undefined : numberOf(node);
      if (number) found.numbers.push(number);
      return;
    }
    if (node.type === 'VALUE_PARAMETER') found.parameters.push(String(node.identifier));
    noteTable(node, found);
    if (node.type === 'TABLE_FUNCTION' && isNode(node.function)) {
      found.tableFunctions.push(String(node.function.function_name).toLowerCase());
      children(node.function, position);
      return;
    }
    if (node.class === 'FUNCTION' || node.class === 'WINDOW') noteCall(node, found, sorted);
    if (node.class === 'COLUMN_REF') found.functions.push(...bareCall(node));
    if (isNode(node.cte_map)) {
      const map = (node.cte_map.map ?? []) as { key: string }[];
      found.ctes.push(...map.map(({ key }) => key.toLowerCase()));
    }
    children(node, position);
  };
  visit(tree as Node, false);
  return found;
}
