/** A CSV file into typed Parquet: fast as a whole, else segment by segment, slow only where it must be. */
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { copyCsv, copyCsvTolerantly, type FastSource } from './csv-fast.ts';
import { readHeader } from './csv-record.ts';
import { copyCsvSlowly } from './csv-slow.ts';
import type { PlannedColumn } from './mapped.ts';
import { ownerSource } from './owner.ts';
import { headerError, matchColumns } from './plan.ts';
import { RejectLog } from './reject-log.ts';
import type { Part, TextFile, TypedFile } from './source.ts';
import type { Segment } from './survey.ts';
import { spoolColumn } from './typed-row.ts';

export interface CsvJob {
  file: TextFile;
  planned: readonly PlannedColumn[];
  delimiter: string;
  /** Path in the spool that all files of the job start with. */
  base: string;
  check: () => void;
}

/** LF or CRLF where a segment ends all its lines alike; undefined where it does not. */
function newlineOf(segments: readonly Segment[]): '\n' | '\r\n' | undefined {
  const crlf = segments.reduce((sum, segment) => sum + segment.crlf, 0);
  const lines = segments.reduce((sum, segment) => sum + segment.lines, 0);
  return crlf === 0 ? '\n' : crlf === lines ? '\r\n' : undefined;
}

/**
 * Tries the fast paths, the strict one before the tolerant one; undefined when the file has records or values
 * that only the slow path can judge, or the rows do not equal the lines counted.
 */
async function tryFast(
  warehouse: Warehouse,
  source: FastSource,
  lines: number,
  part: { path: string; firstLine: number },
): Promise<Part | undefined> {
  for (const copy of [copyCsv, copyCsvTolerantly]) {
    const rows = await copy(warehouse, source, part.path).catch((error: unknown) => {
      // Want of memory or disk is no fault of the rows.
      if (error instanceof GhostcardError) throw error;
      return -1;
    });
    if (rows === lines) return { ...part, rows, ...(copy === copyCsvTolerantly ? { lost: true } : {}) };
  }
  return undefined;
}

/** @throws E_FILE_EMPTY, E_HEADER, E_INTERRUPTED */
export async function typeCsv(warehouse: Warehouse, job: CsvJob): Promise<TypedFile> {
  const { file, base, delimiter, check } = job;
  const { path, segments } = file;
  const names = readHeader(file.relative, file.firstLine, delimiter);
  const { present, extra } = matchColumns(file.relative, job.planned, names);
  const result: TypedFile = {
    parts: [],
    columns: present.map(spoolColumn),
    rowsIn: 0,
    rejectedRows: 0,
    extra,
  };
  const lines = segments.reduce((sum, segment) => sum + segment.lines, 0) - 1;
  if (lines <= 0) return result;
  const shape = { names, columns: present, delimiter };
  const newline = newlineOf(segments);
  if (newline && !segments.some((segment) => segment.dirty)) {
    const careful = segments.some((segment) => segment.lenient);
    const source = { ...shape, path, header: true, newline, careful };
    const part = await tryFast(warehouse, source, lines, { path: `${base}.0.parquet`, firstLine: 2 });
    if (part) {
      result.parts.push(part);
      result.rowsIn = lines;
      return result;
    }
  }
  const log = new RejectLog(`${base}.rejected.csv`);
  const owner = ownerSource(job.planned);
  const headerEnd = (file.firstLine?.length ?? 0) + 1;
  const fileEnd = segments.at(-1)!.end;
  let brokenUntil = 0;
  for (const [index, segment] of segments.entries()) {
    check();
    const isFirst = index === 0;
    const target = `${base}.${index}.parquet`;
    const span = {
      start: isFirst ? headerEnd : segment.start,
      end: segment.end,
      firstLine: segment.firstLine + (isFirst ? 1 : 0),
    };
    if (span.start > span.end) throw headerError(file.relative, 'a header of at most 64 KiB', 'a longer one');
    const own = newlineOf([segment]);
    if (segments.length > 1 && own && !segment.dirty && brokenUntil === 0) {
      const piece = `${base}.${index}.csv`;
      await pipeline(
        createReadStream(path, { start: span.start, end: span.end - 1 }),
        createWriteStream(piece),
      );
      const source = { ...shape, path: piece, header: false, newline: own, careful: segment.lenient };
      const expected = segment.lines - (isFirst ? 1 : 0);
      const part = await tryFast(warehouse, source, expected, { path: target, firstLine: span.firstLine });
      rmSync(piece, { force: true });
      if (part) {
        result.parts.push(part);
        result.rowsIn += expected;
        continue;
      }
    }
    const lastLine = segment.firstLine + segment.lines - 1;
    const slow = await copyCsvSlowly(
      warehouse,
      { path, ...shape, owner },
      { ...span, end: fileEnd, lastLine, brokenUntil },
      target,
      log,
      check,
    );
    brokenUntil = slow.brokenUntil;
    if (slow.rows > 0) result.parts.push({ path: target, rows: slow.rows, lost: true });
    result.rowsIn += slow.records;
  }
  await log.close();
  if (log.rows > 0) result.rejectedLog = log.path;
  result.rejectedRows = log.rows;
  return result;
}
