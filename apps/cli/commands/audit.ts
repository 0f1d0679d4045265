import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { BRAKE_NAMES, type BrakeName } from '../../../contracts/verdict.ts';
import { writeWorld } from '../../../fixtures/worlds/world.ts';
import { firstCases } from '../../../pipelines/publish/first-cases.ts';
import { checkOut } from '../../../pipelines/publish/run-folder.ts';
import { superviseAudit } from '../../../pipelines/supervise.ts';
import { makeWorkspace } from '../../../pipelines/warehouse/workspace.ts';
import { summaryText } from '../../../reports/terminal/summary.ts';
import { supplyNote } from '../../../reports/terminal/supply-note.ts';
import { invocation } from '../invocation.ts';
import { memoryOption, threadsOption } from '../limits.ts';
import { nextSteps } from '../next-steps.ts';
import { progressView } from '../progress.ts';
import { print } from '../terminal.ts';

/** The demo world is always this one, so that everybody's first run prints the same figures. */
const DEMO = { seed: 1, scale: 1 } as const;

/** UTC epoch ms of an RFC 3339 time with a zone, or of a plain date (its midnight in UTC). */
export function parseTime(text: string): number {
  const form = /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;
  const at = form.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidArgumentError('Expected an RFC 3339 time such as 2024-04-25T00:00:00Z.');
  return at;
}

async function demoWorld(workspace: string): Promise<string> {
  const out = join(workspace, 'demo-world');
  if (!existsSync(join(out, 'MANIFEST.csv'))) {
    makeWorkspace(workspace);
    await writeWorld('demo', { ...DEMO, out, labels: join(workspace, 'demo-labels.csv') });
  }
  return out;
}

export function auditCommand() {
  return new Command('audit')
    .description('Audits a dataset and writes a run directory: verdicts, evidence, exclusion list, report.')
    .argument(
      '[DATASET]',
      'folder in the dataset contract; without it a built-in demo world is made and audited',
    )
    .requiredOption(
      '--out <dir>',
      'the run directory; an earlier run there is replaced once the new one is whole',
    )
    .option(
      '--snapshot <time>',
      'audit as of this time, RFC 3339 (default: the newest network time)',
      parseTime,
    )
    .option('--workspace <dir>', 'cache that makes the next run faster (default: OUT.workspace)')
    .addOption(threadsOption())
    .addOption(memoryOption())
    .option('--policy <file>', 'weights, thresholds and brakes (default: the shipped policy)')
    .option('--decisions <file>', 'decisions.ndjson of analysts')
    .option(
      '--challenges <file...>',
      'plans that `ghostcard challenges` wrote, once their runs are among the benchmarks',
    )
    .option('--previous <run>', 'an earlier run: a detector whose findings jump against it stops this one')
    .addOption(
      new Option('--override-brake <name...>', 'go on although this brake trips; needs --why')
        .choices(BRAKE_NAMES)
        .default([] as BrakeName[]),
    )
    .option('--why <text>', 'reason for the override; it is recorded in the run')
    .option('--quiet', 'no progress', false)
    .option('--json', 'the result as JSON on standard output', false)
    .action(async (dataset, options) => {
      if (options.overrideBrake.length > 0 && !options.why) {
        throw new GhostcardError('E_USAGE', {
          subject: '--override-brake',
          expected: 'a reason in --why',
          got: 'none',
          todo: 'Say why the brake may be passed; the reason stands in the manifest.',
        });
      }
      const out = resolve(options.out);
      const workspace = resolve(options.workspace ?? join(dirname(out), `${basename(out)}.workspace`));
      const view = progressView(options.quiet || options.json);
      const interrupt = new AbortController();
      const onSignal = () => interrupt.abort();
      process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
      try {
        checkOut(out);
        if (dataset === undefined) view.show({ stage: 'world', subject: 'demo', done: 0, total: 1 });
        const result = await superviseAudit(
          {
            dataset: resolve(dataset ?? (await demoWorld(workspace))),
            out,
            workspace,
            threads: options.threads,
            memoryBytes: options.memory,
            overrideBrakes: options.overrideBrake.map((name) => ({ name, why: options.why! })),
            ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
            ...(options.policy === undefined ? {} : { policy: resolve(options.policy) }),
            ...(options.previous === undefined ? {} : { previous: resolve(options.previous) }),
            ...(options.challenges === undefined
              ? {}
              : { challenges: options.challenges.map((path) => resolve(path)) }),
            ...(options.decisions === undefined ? {} : { decisions: resolve(options.decisions) }),
          },
          { progress: view.show, signal: interrupt.signal },
        );
        view.stop();
        if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        else {
          const command = invocation(process.argv[1] ?? '', process.env, process.cwd());
          const next = nextSteps(command, options.out, await firstCases(out));
          print(supplyNote(result, options.out) + summaryText(result, options.out));
          process.stdout.write(next);
        }
      } finally {
        view.stop();
        process.removeListener('SIGINT', onSignal).removeListener('SIGTERM', onSignal);
      }
    });
}
