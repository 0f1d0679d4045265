/** The contract of a unit as one list of what it breaks, from its files alone: no case is run. */
import { columnsOf, type InputTableName, isTableName, OPTION_TABLE_NAMES } from '../../contracts/dataset.ts';
import { modelOf } from '../../pipelines/models/run.ts';
import { caseListViolations } from './case-rules.ts';
import { codeFaults } from './code-rules.ts';
import { paramsViolations } from './params-rules.ts';
import { readTree, type Statement } from './parse-tree.ts';
import { metadataViolations, notesViolations, promptViolations } from './prose-rules.ts';
import { callViolations, layoutViolations, literalViolations, tableViolations } from './statement-rules.ts';
import { statementsOf, type Unit, type Violation } from './unit.ts';

/** DuckDB's parse tree of a text; throws where it is no SELECT. */
export type Parse = (sql: string) => Promise<unknown>;

const modelsOf = ({ files }: Unit) =>
  [...files.keys()].flatMap((path) => {
    const file = /^models\/([^/]+)\.sql$/.exec(path)?.[1];
    return file === undefined ? [] : [modelOf(file)];
  });

/** Names of the tables that the folder makes. */
function ownTables(unit: Unit): Set<string> {
  const { learner } = unit.detector;
  return new Set([...modelsOf(unit).map(({ name }) => name), ...(learner ? [learner.name] : [])]);
}

function readsViolations(unit: Unit, read: readonly Statement[], own: ReadonlySet<string>): Violation[] {
  const { meta, learner } = unit.detector;
  const found = new Set([...(learner?.reads ?? []), ...modelsOf(unit).flatMap(({ reads }) => reads)]);
  for (const { tables } of read)
    for (const { schema, name } of tables) if (schema !== '') found.add(`${schema}.${name}`);
  for (const name of own) found.delete(`own.${name}`);
  const declared = new Set(meta.reads);
  return [
    ...[...found].filter((table) => !declared.has(table)).map((table) => `does not declare ${table}`),
    ...[...declared]
      .filter((table) => !found.has(table))
      .map((table) => `declares ${table}, which nothing reads`),
  ]
    .sort()
    .map((fault) => ({ kind: 'reads', says: `detector.ts: reads ${fault}` }));
}

function needsViolations({ detector: { meta } }: Unit): Violation[] {
  return Object.entries(meta.needs).flatMap(([table, columns]) => {
    const known = isTableName(table) || (OPTION_TABLE_NAMES as readonly string[]).includes(table);
    const names = known ? columnsOf(table as InputTableName).map(({ name }) => name) : [];
    return columns
      .filter((column) => !names.includes(column))
      .map(
        (column): Violation => ({
          kind: 'metadata',
          says: `detector.ts: needs ${table}.${column}, which no dataset has`,
        }),
      );
  });
}

/**
 * Everything in the folder that breaks the contract, in the order of the rules. Empty for a unit that may be
 * merged, if its cases run as they say (suite.ts).
 */
export async function unitViolations(unit: Unit, parse: Parse): Promise<Violation[]> {
  const own = ownTables(unit);
  const broken: Violation[] = [];
  const read: Statement[] = [];
  for (const [path, sql] of statementsOf(unit)) {
    try {
      const statement = readTree(await parse(sql));
      read.push(statement);
      broken.push(
        ...tableViolations(path, statement, own),
        ...callViolations(path, statement),
        ...literalViolations(path, sql, statement),
        ...layoutViolations(path, sql, statement),
      );
    } catch (error) {
      broken.push({
        kind: 'statement',
        says: `${path} is no single SELECT: ${(error as Error).message.split('\n')[0]}`,
      });
    }
  }
  if (!unit.files.has('seen.sql')) broken.push({ kind: 'statement', says: 'seen.sql is absent' });
  return [
    ...broken,
    ...readsViolations(unit, read, own),
    ...needsViolations(unit),
    ...paramsViolations(unit, read),
    ...codeFaults(unit),
    ...metadataViolations(unit.detector.meta),
    ...notesViolations(unit),
    ...promptViolations(unit),
    ...caseListViolations(unit),
  ];
}
