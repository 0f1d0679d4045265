/**
 * Whether ingest loses a row or a value in silence: fuzzed files of several tables and forms, read by ingest,
 * counted by how they were made.
 *
 *   npx tsx bench/conservation.ts [--files 10000] [--seed 1]
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { conserve } from './conservation/run.ts';

const { values: flags } = parseArgs({
  options: { files: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const start = performance.now();
const { files, rows, values, wrong } = await conserve(Number(flags.files), Number(flags.seed));
const table = new Table({ head: ['', 'in', 'loaded / kept', 'duplicate / empty', 'rejected / lost'] });
table.push(['rows', ...Object.values(rows)], ['values', ...Object.values(values)]);
console.log(table.toString());
console.log(
  `${files} files of seed ${flags.seed} in ${((performance.now() - start) / 1000).toFixed(0)} s; files whose counts differ: ${wrong.length}`,
);
for (const line of wrong.slice(0, 20)) console.log(line);
if (wrong.length > 0) process.exitCode = 1;
