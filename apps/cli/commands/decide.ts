import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { readDecisions } from '../../../pipelines/judge/decisions-file.ts';
import { openRun, type Run } from '../../../pipelines/publish/read-run.ts';
import { decisionText } from '../../../reports/terminal/decision.ts';
import { appendDecisions } from '../../../runs/decide/append.ts';
import { compose, DECISION_KINDS } from '../../../runs/decide/compose.ts';
import { preview } from '../../../runs/decide/preview.ts';
import { print } from '../terminal.ts';
import { parseTime } from './audit.ts';

/** A run directory is sealed; a file of ours in it would break it. */
function refuseInside(file: string, run: string): void {
  const folder = dirname(resolve(file));
  if (!existsSync(folder) || !existsSync(run)) return;
  if (!`${realpathSync(folder)}${sep}`.startsWith(join(realpathSync(run), sep))) return;
  throw new GhostcardError('E_USAGE', {
    subject: '--file',
    expected: 'a file outside the run directory',
    got: file,
    todo: 'Name another place: a finished run is sealed.',
  });
}

const iso = (ms: number): string => new Date(ms).toISOString();

export function decideCommand() {
  return new Command('decide')
    .description(
      "Appends an analyst's decision to decisions.ndjson and says what the next run will make of it.",
    )
    .addArgument(
      new Argument(
        '<KIND>',
        'exclude or clear accounts, void or clear devices, hold either for review; merge accounts into one operator, split them from others, pin the id of their cluster',
      ).choices(DECISION_KINDS),
    )
    .argument('<ID...>', 'accounts or devices; with --run also clusters, which stand for their members')
    .requiredOption('--file <file>', 'the decisions file; made if there is none')
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--why <text>', 'what the decision rests on')
    .option(
      '--run <run>',
      'the run that was looked at: ids it does not know are refused, and the facts it counts are noted as seen',
    )
    .option('--from <id...>', 'split: accounts or clusters with which the first do not belong')
    .option('--cluster <id>', 'pin: the id that is kept (default: that of the cluster named)')
    .addOption(
      new Option('--as <kind>', 'what the ids are, where that is not clear').choices([
        'account',
        'device',
      ] as const),
    )
    .option('--until <time>', 'when it ends, RFC 3339 (default: when a later line says otherwise)', parseTime)
    .option('--at <time>', 'when it was decided, RFC 3339 (default: now)', parseTime)
    .option('--dry-run', 'say what would happen and write nothing', false)
    .option('--json', 'the lines and their effects as JSON on standard output', false)
    .action(async (kind, ids, options) => {
      if (options.run !== undefined) refuseInside(options.file, options.run);
      const before = readDecisions(existsSync(options.file) ? options.file : undefined);
      let run: Run | null = null;
      try {
        if (options.run !== undefined) run = await openRun(options.run);
        const { by, why, from, cluster, as } = options;
        const { lines, known } = await compose(
          {
            ...{ kind, ids, from, cluster, as, by, why },
            at: iso(options.at ?? Date.now()),
            until: options.until === undefined ? null : iso(options.until),
          },
          run,
        );
        const effects = await preview(lines, before, known, run);
        if (!options.dryRun)
          appendDecisions(
            options.file,
            lines.map((line) => JSON.stringify(line)),
          );
        const summary = { file: options.file, written: !options.dryRun, lines, ...effects };
        if (options.json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
        else print(decisionText(summary));
      } finally {
        run?.close();
      }
    });
}
