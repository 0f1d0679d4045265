/** Labelled datasets as cells of a bench, beside made-up worlds. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal } from '../../pipelines/warehouse/sql-text.ts';
import { auditCell, type Cell, fingerprint, type Keep, stampOf } from './cells.ts';
import { positive } from './plan.ts';

/**
 * Audits each `NAME=FOLDER` of `datasets`, joined by commas, into `work/NAME`. The dataset's own labels are
 * copied to `labels.csv` there; it is read and left as it is. A finished cell is not made again; `key` is what
 * decides what `keep` writes, beside the sources.
 */
export async function datasetCells(
  { datasets, work, threads }: { datasets: string; work: string; threads: string },
  keep: Keep,
  key?: string,
): Promise<Cell[]> {
  const source = stampOf({ source: fingerprint(), ...(key === undefined ? {} : { key }) });
  const limits = { threads: positive(threads, '--threads'), memoryBytes: 2 * 2 ** 30 };
  const cells: Cell[] = [];
  for (const entry of datasets.split(',').filter((one) => one !== '')) {
    const [world = '', dataset = ''] = entry.split('=');
    const folder = join(work, world);
    const at = (name: string) => join(folder, name);
    cells.push({ world, seed: 0, folder });
    if (existsSync(at('finished')) && readFileSync(at('finished'), 'utf8') === source) continue;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const step = (what: string) => process.stderr.write(`${world}: ${what}\n`);
    await auditCell(dataset, at, limits, step, async (warehouse, path) => {
      await warehouse.run(`COPY loaded.labels TO ${literal(path('labels.csv'))}`);
      await keep(warehouse, path);
    });
    rmSync(at('workspace'), { recursive: true });
    writeFileSync(at('finished'), source);
  }
  return cells;
}
