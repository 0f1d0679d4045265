/** The program: its verbs, and how errors leave it. */
import { Command, CommanderError } from '@commander-js/extra-typings';
import { EXIT, GhostcardError } from '../../contracts/errors.ts';
import { diskError } from '../../pipelines/warehouse/disk-error.ts';
import { folded } from '../../reports/terminal/fold.ts';
import { printable } from '../../reports/terminal/printable.ts';
import { auditCommand } from './commands/audit.ts';
import { calibrateCommand } from './commands/calibrate.ts';
import { challengesCommand } from './commands/challenges.ts';
import { checkCommand } from './commands/check.ts';
import { decideCommand } from './commands/decide.ts';
import { detectorsCommand } from './commands/detectors.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { inventoryCommand } from './commands/inventory.ts';
import { sampleCommand } from './commands/sample.ts';
import { worldCommand } from './commands/world.ts';
import { widthOf } from './terminal.ts';
import { version } from './version.ts';

/** `quiet` keeps commander's own words off standard error: the caller says them as JSON. */
export function program(quiet = false): Command {
  const root = new Command('ghostcard')
    .description(
      'Finds fake GPUs and the Sybils behind them before a points snapshot, and explains every verdict.',
    )
    .version(version())
    .showHelpAfterError('(add --help for the options)')
    .addHelpText(
      'after',
      '\nStart here:\n  ghostcard audit --out out/demo      audits a built-in demo world\n  ghostcard init DATASET              recognises your files and drafts their mapping\n  ghostcard check DATASET             says what arrives and what can be looked at\n  ghostcard audit DATASET --out DIR   audits yours',
    );
  const verbs = [
    initCommand,
    checkCommand,
    auditCommand,
    explainCommand,
    decideCommand,
    sampleCommand,
    evaluateCommand,
    calibrateCommand,
    challengesCommand,
    inventoryCommand,
    detectorsCommand,
    doctorCommand,
    worldCommand,
  ];
  for (const verb of verbs) root.addCommand(verb() as unknown as Command);
  return exitingByThrow(root, quiet);
}

/** Commander ends the process by itself unless told otherwise, in every verb. */
function exitingByThrow(command: Command, quiet: boolean): Command {
  command.exitOverride();
  if (quiet) command.configureOutput({ writeErr: () => {} });
  for (const verb of command.commands) exitingByThrow(verb as Command, quiet);
  return command;
}

/**
 * Runs one command line; returns the exit status (documented in the guide). With `--json` errors are JSON,
 * too.
 */
export async function run(argv: readonly string[]): Promise<number> {
  const asJson = argv.includes('--json');
  try {
    await program(asJson).parseAsync([...argv]);
    return Number(process.exitCode ?? EXIT.ok);
  } catch (thrown) {
    if (thrown instanceof CommanderError && (thrown.exitCode === 0 || !asJson)) {
      return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    const error = refusalOf(thrown);
    const { subject, expected, got, todo } = error.detail;
    const text = `${error.code}  ${subject}\n  expected  ${expected}\n  got       ${got}\n  ${todo}`;
    const body = asJson
      ? JSON.stringify({ error: { code: error.code, ...error.detail } })
      : folded(safe(text), widthOf(process.stderr));
    process.stderr.write(`${body}\n`);
    return error.exitCode;
  }
}

/**
 * What commander refused as E_USAGE, a full disk as E_DISK, anything else that was thrown as E_INTERNAL with
 * its stack.
 */
function refusalOf(thrown: unknown): GhostcardError {
  const known = diskError(thrown, {
    subject: 'a file that is written',
    expected: 'room on its disk',
    todo: 'Free space, or name a place on another disk.',
  });
  if (known instanceof GhostcardError) return known;
  if (thrown instanceof CommanderError) {
    return new GhostcardError('E_USAGE', {
      subject: 'the command line',
      expected: 'a verb with its arguments and options',
      got: thrown.message.replace(/^error: /, ''),
      todo: 'Add --help for the options.',
    });
  }
  return new GhostcardError('E_INTERNAL', {
    subject: 'a defect of ghostcard',
    expected: 'none',
    got: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    todo: 'Please report it with this text.',
  });
}

function safe(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
