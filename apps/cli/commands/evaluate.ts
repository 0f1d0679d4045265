import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { evaluationText } from '../../../reports/terminal/evaluation.ts';
import { evaluate } from '../../../runs/evaluate/evaluate.ts';
import { wholeNumber } from '../numbers.ts';
import { print, screen } from '../terminal.ts';

export function evaluateCommand() {
  return new Command('evaluate')
    .description(
      'Compares a finished run with known truth: precision, recall, calibration, harm to honest cohorts.',
    )
    .argument('<RUN>', 'directory of a finished run')
    .argument(
      '<LABELS>',
      'the truth: columns of the labels table, as .csv, .csv.gz, .ndjson, .ndjson.gz or .parquet',
    )
    .option(
      '--bootstrap <n>',
      'resamples for the intervals; 0 leaves them out',
      wholeNumber(0, 100_000),
      1000,
    )
    .option('--seed <n>', 'seed of the resampling', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--json', 'the result as JSON (docs/evaluation.schema.json)')
    .action(async (run, labels, { bootstrap, seed, json }) => {
      const result = await evaluate({
        run: resolve(run),
        labels: resolve(labels),
        resamples: bootstrap,
        seed,
      });
      if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else print(evaluationText(result, screen()));
    });
}
