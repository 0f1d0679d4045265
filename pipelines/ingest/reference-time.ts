/** The newest time that a dataset vouches for: against it a row counts as one of the future. */
import { highMedian } from '../../statistics/quantile.ts';
import type { Day } from './inspect.ts';

const DAY_MS = 86_400_000;

/** Tables of fewer rows have no say: one row of a broken clock would be a large part of them. */
const MIN_ROWS = 20;
/** Days without any row before a group of late days is looked at. */
const MIN_GAP_DAYS = 2;
/** A late group is stray when its days hold less than this share of an ordinary (median) day ... */
const STRAY_OF_MEDIAN = 0.01;
/** ... or at most this share of all rows, after a gap longer than all the time before it. */
const STRAY_OF_ALL = 0.05;

const rowsOf = (days: readonly Day[]) => days.reduce((sum, { rows }) => sum + rows, 0);

/**
 * Newest time of a table once stray late groups are left out. A single row dated 2099 (a broken clock, a
 * hostile message) must not move the reference, or every later row would be judged against it; a table that
 * thins out day by day keeps all its days.
 */
function newestOf(days: readonly Day[]): number {
  const kept = [...days];
  for (;;) {
    let start = kept.length - 1;
    while (start > 0 && kept[start]!.day - kept[start - 1]!.day <= MIN_GAP_DAYS) start--;
    if (start <= 0) break;
    const before = kept.slice(0, start);
    const late = kept.slice(start);
    const usual = highMedian(before.map(({ rows }) => rows))!;
    const gap = late[0]!.day - before.at(-1)!.day;
    const history = before.at(-1)!.day - before[0]!.day + 1;
    const isThin = rowsOf(late) < STRAY_OF_MEDIAN * usual * late.length;
    const isFar = rowsOf(late) <= STRAY_OF_ALL * rowsOf(kept) && gap > history;
    if (!isThin && !isFar) break;
    kept.length = start;
  }
  return kept.at(-1)?.newest ?? Number.NEGATIVE_INFINITY;
}

/**
 * Latest network time that is not of the future: a day after the newest time of any table of at least 20
 * rows, or of any table at all where none is that large. Epoch ms; +Infinity without any time.
 */
export function futureCutoff(daysByTable: ReadonlyArray<readonly Day[]>): number {
  const filled = daysByTable.filter((days) => days.length > 0);
  const voting = filled.filter((days) => rowsOf(days) >= MIN_ROWS);
  const newest = (voting.length > 0 ? voting : filled).map(newestOf);
  return newest.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...newest) + DAY_MS;
}
