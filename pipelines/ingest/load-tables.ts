/**
 * From files read to tables loaded: the two passes that need all files at once, the future and repeated keys.
 */
import { LARGE_TABLES, TABLE_NAMES, type TableName } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { checkSignal } from './checksum.ts';
import { type ColumnValue, countLarge, countStaged } from './column-value.ts';
import { columnSql } from './expression.ts';
import { type Day, daysOf, inspect, partsFrom } from './inspect.ts';
import { createEmpty, createLargeView, refuseFuture } from './large-table.ts';
import { addLarge, addLogged, addStaged, createLostOwners, sumLostOwners } from './lost-owner.ts';
import { NO_MAPPING } from './mapping.ts';
import { readingValues } from './parquet.ts';
import { plan } from './plan.ts';
import { createRejected, listFaults, listLogged } from './quarantine.ts';
import type { ReadFile } from './read-file.ts';
import { futureCutoff } from './reference-time.ts';
import { dropStage, loadStaged, stagedDays, stagedFaults, stageTable } from './small-table.ts';
import type { FileReport } from './source.ts';

export interface Loaded {
  /** In the order of the files. */
  files: FileReport[];
  /** Good rows per day, of the files of large tables. */
  days: Array<{ file: string; table: TableName; days: readonly Day[] }>;
  values: ColumnValue[];
  /** Loaded rows of a table. */
  rows(table: TableName): number;
}

interface Counts {
  loaded: number;
  duplicate: number;
  rejected: number;
}

/** The first reading of equal bytes stands for all of them. */
function originals(readings: readonly ReadFile[]): ReadFile[] {
  const seen = new Set<string>();
  return readings.filter(({ key }) => !seen.has(key) && seen.add(key));
}

export async function loadTables(
  warehouse: Warehouse,
  readings: readonly ReadFile[],
  signal: AbortSignal | undefined,
): Promise<Loaded> {
  await createRejected(warehouse);
  await createLostOwners(warehouse);
  const unique = originals(readings);
  const of = (table: TableName) => unique.filter(({ file }) => file.table === table);
  const values: ColumnValue[] = [];
  const counts = new Map<ReadFile, Counts>();
  const small = TABLE_NAMES.filter((table) => !LARGE_TABLES.has(table));
  const daysByTable: Day[][] = [];

  for (const table of small) {
    checkSignal(signal, table);
    const own = of(table);
    if (own.length === 0) continue;
    const { planned } = own[0]!;
    const staged = own.map((reading) => ({ position: readings.indexOf(reading), typed: reading.typed }));
    const files = own.map(({ file }) => file);
    await readingValues(files, () => stageTable(warehouse, table, staged, planned));
    daysByTable.push(await stagedDays(warehouse, table));
  }
  const inspected = [];
  for (const reading of unique.filter(({ file }) => LARGE_TABLES.has(file.table))) {
    checkSignal(signal, reading.file.relative);
    const found = await readingValues([reading.file], async () => {
      const inside = await inspect(warehouse, reading.file, reading.typed, reading.planned);
      return { ...inside, days: await daysOf(warehouse, inside) };
    });
    inspected.push({ reading, found });
  }
  for (const table of LARGE_TABLES) {
    const own = inspected.filter(({ reading }) => reading.file.table === table);
    daysByTable.push(sumDays(own.flatMap(({ found }) => found.days)));
  }
  const cutoff = futureCutoff(daysByTable);

  const reports: Loaded['days'] = [];
  for (const table of LARGE_TABLES) {
    const files = [];
    for (const { reading, found } of inspected.filter((each) => each.reading.file.table === table)) {
      const file = await refuseFuture(warehouse, found, cutoff);
      const { typed, base } = reading;
      files.push(file);
      const counted = await readingValues([reading.file], () => countLarge(warehouse, file));
      values.push(...counted);
      await addLarge(warehouse, file, counted);
      reports.push({ file: reading.file.relative, table, days: file.days });
      const held = typed.parts.reduce((sum, { rows }) => sum + rows, 0);
      counts.set(reading, {
        loaded: held - file.refused,
        duplicate: 0,
        rejected: typed.rejectedRows + file.refused,
      });
      if (file.refused === 0) continue;
      const faults = `SELECT line, ${file.refusal} AS fault FROM ${partsFrom(typed, true)} WHERE (${file.refusal}) IS NOT NULL`;
      await listFaults(
        warehouse,
        { ...reading.file, bytes: reading.bytes },
        typed,
        file.columns,
        faults,
        base,
      );
    }
    await createLargeView(
      warehouse,
      table,
      files,
      of(table)[0]?.planned ?? plan(table, NO_MAPPING.of(table)),
    );
  }
  for (const table of small) {
    checkSignal(signal, table);
    if (of(table).length === 0) {
      await createEmpty(warehouse, table);
      continue;
    }
    const byPosition = new Map(
      (await loadStaged(warehouse, table, cutoff, of(table)[0]!.distinct)).map((each) => [
        each.position,
        each,
      ]),
    );
    const staged = of(table).map((reading) => ({
      position: readings.indexOf(reading),
      file: reading.file.relative,
      typed: reading.typed,
    }));
    values.push(...(await countStaged(warehouse, table, staged)));
    await addStaged(warehouse, table);
    for (const reading of of(table)) {
      const position = readings.indexOf(reading);
      const { loaded = 0, duplicate = 0, refused = 0 } = byPosition.get(position) ?? {};
      const { typed, planned, base } = reading;
      counts.set(reading, { loaded, duplicate, rejected: typed.rejectedRows + refused });
      if (refused === 0) continue;
      const columns = typed.columns.map((part) =>
        columnSql(planned.find(({ meta }) => meta.name === part.column)!, part),
      );
      const faults = stagedFaults(table, position);
      await listFaults(warehouse, { ...reading.file, bytes: reading.bytes }, typed, columns, faults, base);
    }
    await dropStage(warehouse, table);
  }
  for (const { file, typed } of unique) {
    if (!typed.rejectedLog) continue;
    await listLogged(warehouse, file.relative, typed.rejectedLog);
    await addLogged(warehouse, file.table, typed.rejectedLog);
  }
  await sumLostOwners(warehouse);
  const files = readings.map((reading) => report(reading, counts.get(reading)));
  return { files, days: reports, values: sortValues(values), rows: (table) => sumLoaded(files, table) };
}

function sumDays(days: readonly Day[]): Day[] {
  const sums = new Map<number, Day>();
  for (const { day, rows, newest } of days) {
    const sum = sums.get(day) ?? { day, rows: 0, newest };
    sums.set(day, { day, rows: sum.rows + rows, newest: Math.max(sum.newest, newest) });
  }
  return [...sums.values()].sort((a, b) => a.day - b.day);
}

/** By table; each table's files in their order. */
function sortValues(values: readonly ColumnValue[]): ColumnValue[] {
  return [...values].sort((a, b) => TABLE_NAMES.indexOf(a.table) - TABLE_NAMES.indexOf(b.table));
}

const sumLoaded = (files: readonly FileReport[], table: TableName) =>
  files.reduce((sum, file) => sum + (file.table === table ? file.loaded : 0), 0);

/**
 * Rows in = loaded + duplicate + rejected; a file of bytes met before is all duplicate. @throws
 * E_CONSERVATION
 */
function report({ file, typed, bytes, sha256 }: ReadFile, counts: Counts | undefined): FileReport {
  const { loaded, duplicate, rejected } = counts ?? { loaded: 0, duplicate: typed.rowsIn, rejected: 0 };
  if (loaded + duplicate + rejected !== typed.rowsIn) {
    throw new GhostcardError('E_CONSERVATION', {
      subject: file.relative,
      expected: `${typed.rowsIn} rows`,
      got: `${loaded} loaded, ${duplicate} duplicate, ${rejected} rejected`,
      todo: 'The file is damaged, or this is a defect: please report it with the file.',
    });
  }
  const { relative, table, form } = file;
  return { file: relative, table, form, bytes, sha256, rowsIn: typed.rowsIn, loaded, duplicate, rejected };
}
