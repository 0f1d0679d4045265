/**
 * What each detector alone adds: every finished audit is judged again without it.
 *   npx tsx bench/ablation.ts --worlds cards:3,sybils:3,red-team:3,honest-accounts:1,honest-cards:1 --work
 * WORK
 *   npx tsx bench/ablation.ts --worlds '' --datasets dev=FOLDER,dev2=FOLDER --work WORK
 * Datasets must hold their labels. Writes bench/results/ablation.json and .md, or below --results. A finished
 * cell is not made again.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadDetectors } from '../pipelines/detect/registry.ts';
import { type Ablation, ablate, ablationMarkdown } from './rejudge/ablation.ts';
import { datasetCells } from './worlds/dataset-cells.ts';
import { makeCells, planOptions } from './worlds/plan.ts';

const { values: flags } = parseArgs({
  options: {
    ...planOptions('cards:3,sybils:3,red-team:3', join(tmpdir(), 'ghostcard-ablation')),
    datasets: { type: 'string', default: '' },
    results: { type: 'string', default: fileURLToPath(new URL('./results/', import.meta.url)) },
  },
});

const made = flags.worlds === '' ? { cells: [] } : await makeCells(flags, ablate);
const cells = [...made.cells, ...(await datasetCells(flags, ablate))];
const results = cells.map(
  ({ folder }) => JSON.parse(readFileSync(join(folder, 'ablation.json'), 'utf8')) as Ablation,
);
const datasets = flags.datasets
  .split(',')
  .filter((entry) => entry !== '')
  .map((entry) => entry.split('=')[0]!);
const command = `npx tsx bench/ablation.ts --worlds '${flags.worlds}' --seeds ${flags.seeds} --first ${flags.first} --scale ${flags.scale}${datasets.length > 0 ? ` --datasets ${datasets.map((name) => `${name}=FOLDER`).join(',')}` : ''}`;
const ids = (await loadDetectors()).map(({ id }) => id);
const markdown = ablationMarkdown(command, ids, cells, results);
mkdirSync(flags.results, { recursive: true });
writeFileSync(join(flags.results, 'ablation.md'), `${markdown}\n`);
writeFileSync(join(flags.results, 'ablation.json'), `${JSON.stringify({ command, results }, null, 1)}\n`);
console.log(markdown);
