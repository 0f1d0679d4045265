/** The program: its verbs, and how errors leave it. */
import { Command, CommanderError } from '@commander-js/extra-typings';
import { EXIT, GhostcardError } from '../../contracts/errors.ts';
import { printable } from '../../reports/terminal/printable.ts';
import { auditCommand } from './commands/audit.ts';
import { detectorsCommand } from './commands/detectors.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { explainCommand } from './commands/explain.ts';
import { worldCommand } from './commands/world.ts';
import { version } from './version.ts';

export function program(): Command {
  const root = new Command('ghostcard')
    .description(
      'Finds fake GPUs and the Sybils behind them before a points snapshot, and explains every verdict.',
    )
    .version(version())
    .showHelpAfterError('(add --help for the options)')
    .addHelpText(
      'after',
      '\nStart here:\n  ghostcard audit --out out/demo      audits a built-in demo world\n  ghostcard audit DATASET --out DIR   audits yours',
    );
  const verbs = [
    auditCommand,
    explainCommand,
    evaluateCommand,
    detectorsCommand,
    doctorCommand,
    worldCommand,
  ];
  for (const verb of verbs) root.addCommand(verb() as unknown as Command);
  return exitingByThrow(root);
}

/** Commander ends the process by itself unless told otherwise, in every verb. */
function exitingByThrow(command: Command): Command {
  command.exitOverride();
  for (const verb of command.commands) exitingByThrow(verb as Command);
  return command;
}

/** Runs one command line; returns the exit status (documented in the guide). */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    await program().parseAsync([...argv]);
    return Number(process.exitCode ?? EXIT.ok);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof GhostcardError) {
      const { subject, expected, got, todo } = error.detail;
      const text = `${error.code}  ${subject}\n  expected  ${expected}\n  got       ${got}\n  ${todo}`;
      const asJson = argv.includes('--json');
      const body = asJson ? JSON.stringify({ error: { code: error.code, ...error.detail } }) : safe(text);
      process.stderr.write(`${body}\n`);
      return error.exitCode;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `E_INTERNAL  a defect of ghostcard; please report it with this text:\n${safe(text)}\n`,
    );
    return EXIT.failed;
  }
}

function safe(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
