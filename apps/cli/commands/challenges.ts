import { existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { planLines } from '../../../pipelines/challenge/plan-file.ts';
import { planText } from '../../../reports/terminal/plan.ts';
import { challengeRun, commitment } from '../../../runs/challenge/challenge.ts';
import { print } from '../terminal.ts';
import { parseTime } from './audit.ts';

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= low && value <= high))
      throw new InvalidArgumentError(`Expected a whole number from ${low} to ${high}.`);
    return value;
  };
}

function parseSeed(text: string): string {
  if (text.length < 16 || text.length > 4096)
    throw new InvalidArgumentError(
      'Expected 16 to 4096 characters: a secret joined with a public random value.',
    );
  return text;
}

/** The seed of one of the two options. */
function seedOf(text: string | undefined, file: string | undefined): string {
  const refuse = (got: string, cause?: unknown) =>
    new GhostcardError(
      'E_USAGE',
      {
        subject: '--seed',
        expected: 'a seed of 16 to 4096 characters, by --seed or by --seed-file',
        got,
        todo: 'Give one of the two.',
      },
      { cause },
    );
  if (text !== undefined && file === undefined) return text;
  if (text !== undefined || file === undefined) throw refuse(text === undefined ? 'neither' : 'both');
  let seed: string;
  try {
    seed = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw refuse((cause as Error).message, cause);
  }
  if (seed.length < 16 || seed.length > 4096) throw refuse(`${seed.length} characters in ${file}`);
  return seed;
}

/** A path with its symbolic links resolved, of which the last part need not exist. */
function realPlace(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const folder = dirname(full);
  return existsSync(folder) ? join(realpathSync(folder), basename(full)) : full;
}

export function challengesCommand() {
  return new Command('challenges')
    .description(
      'Plans simultaneous memory-filling benchmarks that tell one card behind many machines from many cards.',
    )
    .argument('<RUN>', 'run directory of a finished audit')
    .requiredOption('--budget <n>', 'benchmark runs that the plan may ask for', whole(1, 1_000_000))
    .option(
      '--seed <text>',
      'what chance is drawn from; see docs/challenges.md for who may know it when. Other users of this computer can see it',
      parseSeed,
    )
    .option('--seed-file <file>', 'the same from a file, without its last line break')
    .requiredOption('--out <file>', 'the plan, CSV')
    .addOption(
      new Option('--rounds <n>', 'times that each card is asked, a third of them alone')
        .argParser(whole(12, 120))
        .default(48),
    )
    .option(
      '--start <time>',
      'when the window opens, RFC 3339 (default: 24 hours after the snapshot)',
      parseTime,
    )
    .addOption(new Option('--hours <n>', 'length of the window').argParser(whole(1, 8760)).default(72))
    .addOption(
      new Option('--hold <seconds>', 'how long the memory is held').argParser(whole(20, 600)).default(60),
    )
    .option(
      '--include <id>',
      'a device to ask in any case, as for an appeal; may be given again',
      (id: string, before: string[]) => [...before, id],
      [] as string[],
    )
    .option('--json', 'what was planned as JSON on standard output', false)
    .action(async (run, options) => {
      const seed = seedOf(options.seed, options.seedFile);
      const out = realPlace(options.out);
      if (`${out}${sep}`.startsWith(`${realPlace(run)}${sep}`)) {
        throw new GhostcardError('E_USAGE', {
          subject: '--out',
          expected: 'a file outside the run directory',
          got: options.out,
          todo: 'Name another place: a finished run is sealed.',
        });
      }
      const replaced = existsSync(out);
      const part = `${out}.part`;
      const plan = await challengeRun(run, {
        budget: options.budget,
        seed,
        rounds: options.rounds,
        hours: options.hours,
        holdS: options.hold,
        include: options.include,
        ...(options.start === undefined ? {} : { start: options.start }),
      });
      try {
        rmSync(part, { force: true });
        writeFileSync(part, [...planLines(plan.rows)].join(''), { mode: 0o600, flag: 'wx' });
        renameSync(part, out);
      } catch (cause) {
        rmSync(part, { force: true });
        const got = (cause as Error).message;
        throw new GhostcardError(
          'E_DISK',
          { subject: out, expected: 'the plan to be written', got, todo: 'Name another file with --out.' },
          { cause },
        );
      }
      const { rows, ...facts } = plan;
      const summary = {
        ...facts,
        runs: rows.length,
        firstAt: new Date(
          rows.reduce((first, { starts_at }) => Math.min(first, starts_at), Number.POSITIVE_INFINITY),
        ).toISOString(),
        lastAt: new Date(rows.reduce((last, { starts_at }) => Math.max(last, starts_at), 0)).toISOString(),
        commitment: commitment(seed),
        replaced,
        passed: rows.some(({ starts_at }) => starts_at <= Date.now()),
      };
      if (options.json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
      else print(planText(summary, options.out));
    });
}
