/** Which days a large table holds, and whether a day's input is the one that was rolled up before. */
import type { TableName } from '../../contracts/dataset.ts';
import { NETWORK_TIME } from '../../contracts/dataset.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface InputDay {
  /** Days since 1970-01-01, UTC. */
  day: number;
  /** Loaded rows of the day, those after the snapshot included. */
  rows: number;
  /** Changes whenever the day's rows up to the snapshot may have changed. Empty: not known. */
  hash: string;
}

/** Days in a row that are rolled up by one query. */
export interface DayRange {
  /** First day, and the day after the last. */
  from: number;
  to: number;
  rows: number;
}

/**
 * The files behind each day by content, how they were mapped, and where the snapshot cuts the day if it does.
 */
const DAYS_BY_LEDGER = `
  SELECT
    file_day.day,
    CAST(sum(file_day.rows) AS BIGINT) AS rows,
    sha256(
      string_agg(concat(file.sha256, ':', file_day.rows), ',' ORDER BY file.sha256, file_day.rows)
      || concat('#', max(dataset.mapping_sha256))
      || CASE WHEN max(file_day.newest_at) > $snapshot THEN concat('@', $snapshot) ELSE '' END
    ) AS hash
  FROM loaded.file_day
  JOIN loaded.file USING (file, table_name)
  CROSS JOIN loaded.dataset
  WHERE file.table_name = $source AND file_day.day <= day_of($snapshot)
  GROUP BY file_day.day
  ORDER BY file_day.day`;

/** The days of `loaded.<source>` up to the snapshot (UTC epoch ms), in order. */
export async function inputDays(
  warehouse: Warehouse,
  source: TableName,
  snapshot: number,
): Promise<InputDay[]> {
  const { ledger } = await warehouse.row<{ ledger: number }>(
    `SELECT count(*) AS ledger FROM information_schema.tables
     WHERE table_schema = 'loaded' AND table_name IN ('dataset', 'file', 'file_day')`,
  );
  if (ledger === 3) {
    const days = await warehouse.rows<InputDay>(DAYS_BY_LEDGER, { source, snapshot });
    if (days.length > 0) return days;
  }
  const clock = NETWORK_TIME[source];
  return warehouse.rows<InputDay>(
    `SELECT day_of(${clock}) AS day, count(*) AS rows, '' AS hash FROM loaded.${source}
     WHERE ${clock} <= $snapshot GROUP BY day_of(${clock}) ORDER BY day`,
    { snapshot },
  );
}

/**
 * Groups days into ranges of at most `rowsPerRange` rows. A range covers neighbouring days of the list only
 * where no day that must stay untouched lies between them. A single day beyond the limit is a range of its
 * own.
 */
export function dayRanges(
  changed: readonly InputDay[],
  untouched: ReadonlySet<number>,
  rowsPerRange: number,
): DayRange[] {
  const ranges: DayRange[] = [];
  for (const { day, rows } of changed) {
    const last = ranges.at(-1);
    const apart = last !== undefined && [...untouched].some((kept) => kept >= last.to && kept < day);
    if (last && !apart && last.rows + rows <= rowsPerRange) {
      last.to = day + 1;
      last.rows += rows;
    } else {
      ranges.push({ from: day, to: day + 1, rows });
    }
  }
  return ranges;
}
