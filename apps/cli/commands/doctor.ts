import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { EXIT } from '../../../contracts/errors.ts';
import { tableText } from '../../../reports/terminal/table.ts';
import { runChecks } from '../checks.ts';
import { print, screen } from '../terminal.ts';
import { version } from '../version.ts';

export function doctorCommand() {
  return new Command('doctor')
    .description('Looks whether this machine can run an audit, and says what to do where it cannot.')
    .option('--workspace <dir>', 'where the workspace will lie', '.')
    .option('--json', 'as JSON')
    .action(async ({ workspace, json }) => {
      const checks = await runChecks(resolve(workspace), version());
      const rows = checks.map(({ name, status, found, todo }) => [name, status, found, todo]);
      const text = tableText({ head: ['what', 'status', 'found', 'what to do'], rows }, screen());
      if (json) process.stdout.write(`${JSON.stringify(checks, null, 2)}\n`);
      else print(text);
      if (checks.some(({ status }) => status === 'fail')) process.exitCode = EXIT.failed;
    });
}
