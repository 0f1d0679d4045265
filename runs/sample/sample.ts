/** The random sample of a run that a team should label, and how each of its subjects was drawn. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { GhostcardError } from '../../contracts/errors.ts';
import { openRun, type Run } from '../../pipelines/publish/read-run.ts';
import { allocate, deviationOf, LEAST, leastSample } from './allocation.ts';

export interface SampleOptions {
  kind: 'account' | 'device';
  /** Subjects to draw. */
  wanted: number;
  /** What chance is drawn from; by default the digest of the run's outputs, which nobody foresees. */
  seed?: string;
}

/**
 * A cell of the run. Its name says nothing about the verdict, so that who labels is not told what to find.
 */
export interface SampleStratum {
  stratum: string;
  verdict: string;
  /** Risk from, up to but without; null where the sample was too small for bands. */
  risk: readonly [number, number] | null;
  /** Family of the strongest evidence; null where the sample was too small for families. */
  family: string | null;
  size: number;
  drawn: number;
}

export interface SampleRow {
  subject_type: 'account' | 'device';
  subject_id: string;
  stratum: string;
  stratum_size: number;
  drawn: number;
  /** Subjects of the run that it stands for: stratum_size / drawn. */
  weight: number;
}

export interface Sample {
  seed: string;
  strata: SampleStratum[];
  /** In random order. */
  rows: SampleRow[];
}

const BANDS = [0, 0.02, 0.1, 0.5, 0.9, 0.99, 1] as const;

interface CellRow {
  verdict: string;
  band: number;
  family: string;
  size: number;
  expected: number;
}

const sqlOf = (name: string): string => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

function seedOf(run: Run): string {
  return createHash('sha256').update(JSON.stringify(run.manifest.outputs)).digest('hex');
}

/**
 * Cells at the finest depth that leaves `LEAST` subjects to each, else one to each; every subject of the run
 * has a chance to be drawn at any depth.
 */
async function cellsOf(
  run: Run,
  wanted: number,
): Promise<{ cells: CellRow[]; depth: number; least: number }> {
  let coarsest: CellRow[] = [];
  for (const least of [LEAST, 1]) {
    for (const depth of [3, 2, 1]) {
      const cells = await run.rows<CellRow>(sqlOf('cells'), { depth });
      if (leastSample(strataOf(cells), least) <= wanted) return { cells, depth, least };
      coarsest = cells;
    }
  }
  throw new GhostcardError('E_USAGE', {
    subject: '-n',
    expected: `at least ${coarsest.length} subjects, one of each verdict`,
    got: String(wanted),
    todo: 'Draw more: a verdict nobody looked at cannot be judged.',
  });
}

const strataOf = (cells: readonly CellRow[]) =>
  cells.map(({ size, expected }) => ({ size, deviation: deviationOf(size, expected) }));

/**
 * Draws without replacement within each cell. Throws E_RUN when the folder is no run, E_USAGE for too small a
 * sample.
 */
export async function drawSample(folder: string, { kind, wanted, seed }: SampleOptions): Promise<Sample> {
  const run = await openRun(folder);
  try {
    const chance = seed ?? seedOf(run);
    await run.rows(sqlOf('strata'), { kind, seed: chance });
    const { cells, depth, least } = await cellsOf(run, wanted);
    const counts = allocate(strataOf(cells), wanted, least);
    const width = String(cells.length).length;
    const named = cells.map((cell, i) => ({
      ...cell,
      stratum: `s${String(i + 1).padStart(width, '0')}`,
      drawn: counts[i]!,
    }));
    const of = new Map(named.map((cell) => [cell.stratum, cell]));
    const drawn = await run.rows<{ stratum: string; id: string }>(sqlOf('draw'), {
      depth,
      cells: JSON.stringify(named),
    });
    return {
      seed: chance,
      strata: named.map(({ stratum, verdict, band, family, size, drawn: n }) => ({
        stratum,
        verdict,
        risk: depth >= 2 ? [BANDS[band - 1]!, BANDS[band]!] : null,
        family: depth >= 3 ? family : null,
        size,
        drawn: n,
      })),
      rows: drawn.map(({ stratum, id }) => {
        const { size, drawn: n } = of.get(stratum)!;
        const weight = Math.round((size / n) * 1e6) / 1e6;
        return { subject_type: kind, subject_id: id, stratum, stratum_size: size, drawn: n, weight };
      }),
    };
  } finally {
    run.close();
  }
}
