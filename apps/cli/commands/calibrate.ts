import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { loadPolicy } from '../../../pipelines/judge/policy.ts';
import { makeFolder } from '../../../pipelines/warehouse/make-folder.ts';
import { reliabilitySvg } from '../../../reports/calibration/reliability-svg.ts';
import { calibrationText } from '../../../reports/terminal/calibration.ts';
import { BASE_RATES, calibrate } from '../../../runs/calibrate/calibrate.ts';
import { wholeNumber } from '../numbers.ts';
import { print, screen } from '../terminal.ts';

function pairsOf(paths: readonly string[]): { run: string; labels: string }[] {
  if (paths.length === 0 || paths.length % 2 === 1) {
    throw new GhostcardError('E_USAGE', {
      subject: 'RUN LABELS',
      expected: 'run directories, each followed by its labels',
      got: `${paths.length} paths`,
      todo: 'Write the labels of each run right behind it.',
    });
  }
  return paths.flatMap((run, i) =>
    i % 2 === 0 ? [{ run: resolve(run), labels: resolve(paths[i + 1]!) }] : [],
  );
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10)) throw new InvalidArgumentError('Expected a number above 0, at most 10.');
  return value;
}

function write(path: string, text: string): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw new GhostcardError(
      'E_OUT',
      {
        subject: path,
        expected: 'a file that can be written',
        got: (cause as Error).message,
        todo: 'Name another place.',
      },
      { cause },
    );
  }
}

export function calibrateCommand() {
  return new Command('calibrate')
    .description(
      'Fits the weights of a policy on finished runs with known truth and shows what changes, for a person to review.',
    )
    .argument('<RUN LABELS...>', 'run directories, each followed by its labels (docs/calibration.md)')
    .requiredOption('--out <file>', 'the fitted policy, JSON; it must not exist yet')
    .option('--diagram <file>', 'reliability diagram of the risks before and after, SVG')
    .option('--policy <file>', 'the policy to start from (default: the shipped policy)')
    .option('--name <name>', 'name of the fitted policy', 'calibrated')
    .option('--note <text>', 'words that the provenance of the fitted policy ends with', '')
    .option(
      '--trust <nats>',
      'how far the present weights may be from the truth (one standard deviation); more moves them more',
      positive,
      1,
    )
    .option('--promote <detector...>', 'detectors without a weight that may be given one', [])
    .option('--bootstrap <n>', 'resamples for the intervals; 0 leaves them out', wholeNumber(0, 10_000), 200)
    .option('--seed <n>', 'seed of the resampling', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--json', 'what was found as JSON')
    .action(async (paths, options) => {
      const pairs = pairsOf(paths as string[]);
      const out = resolve(options.out);
      if (existsSync(out)) {
        throw new GhostcardError('E_OUT', {
          subject: out,
          expected: 'no file of that name',
          got: 'one',
          todo: 'Name another file, compare the two, and put the new one in place yourself.',
        });
      }
      const { trust, promote, name, note, seed } = options;
      const command = [
        'ghostcard calibrate',
        ...pairs.flatMap(({ run, labels }) => [basename(run), basename(labels)]),
        ...(options.policy ? ['--policy', basename(options.policy)] : []),
        ...(trust === 1 ? [] : ['--trust', String(trust)]),
        ...(promote.length > 0 ? ['--promote', ...promote] : []),
      ].join(' ');
      const { policy, calibration } = await calibrate({
        pairs,
        policy: loadPolicy(options.policy),
        trust,
        promote,
        baseRates: BASE_RATES,
        resamples: options.bootstrap,
        seed,
        name,
        note,
        command,
      });
      write(out, `${JSON.stringify(policy, null, 2)}\n`);
      if (options.diagram) write(resolve(options.diagram), reliabilitySvg(calibration.reliability));
      if (options.json) process.stdout.write(`${JSON.stringify(calibration, null, 2)}\n`);
      else print(calibrationText(calibration, screen()));
    });
}
