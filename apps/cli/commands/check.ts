import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { EXIT, REJECT_CODES } from '../../../contracts/errors.ts';
import type { CheckReport } from '../../../pipelines/check/check.ts';
import { lossText } from '../../../pipelines/judge/input-loss.ts';
import { superviseCheck } from '../../../pipelines/supervise.ts';
import { outlookText } from '../../../reports/terminal/outlook.ts';
import { printable } from '../../../reports/terminal/printable.ts';
import { tableText } from '../../../reports/terminal/table.ts';
import { memoryOption, threadsOption } from '../limits.ts';
import { progressView } from '../progress.ts';
import { print, screen, textWidth } from '../terminal.ts';

/** Fields of one file, and files, that a list names before it counts the rest. */
const FEW = 6;

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`;
}

/** The first fields of a file that nothing reads, and how many they are. */
function ignoredLines(ignored: CheckReport['ignored']): string[] {
  const byFile = new Map<string, Set<string>>();
  for (const { file, column } of ignored) byFile.set(file, (byFile.get(file) ?? new Set()).add(column));
  const lines = [...byFile].map(([file, columns]) => {
    const first = [...columns].slice(0, FEW).join(', ');
    return `${file}: ${first}${columns.size > FEW ? ` and ${columns.size - FEW} more` : ''}`;
  });
  return lines.length > FEW ? [...lines.slice(0, FEW), `and of ${lines.length - FEW} more files`] : lines;
}

const unreadLine = ({ file, looksLike, why }: CheckReport['unread'][number]) =>
  `${file} looks like ${looksLike}: ${why}`;

/** As the audit would say it before it stops. */
function brakesText({ brakes, worst }: CheckReport): string {
  const lines = brakes.map((row) => {
    const { got, limit } = lossText(row);
    return `${got}${limit && `; ${limit}`}${worst}`;
  });
  return section('STOPS AN AUDIT: brake input-loss (docs/guide.md#brakes)', lines);
}

function reportText(report: CheckReport): string {
  const rows = report.tables.map(({ table, files, rows: { in: given, loaded, duplicate, rejected } }) =>
    [table, files, given, loaded, duplicate, rejected].map(String),
  );
  return [
    `Dataset ${report.snapshot === null ? 'with no network time (an audit needs --snapshot)' : `as of ${report.snapshot}`}, ${report.sealed ? 'sealed by MANIFEST.csv' : 'not sealed'}${report.mapped ? ', mapped by ghostcard.yaml' : ''}\n\n`,
    tableText(
      {
        head: ['table', 'files', 'rows in', 'loaded', 'duplicate', 'rejected'],
        numbers: [1, 2, 3, 4, 5],
        rows,
      },
      screen(),
    ),
    section(
      'Rejected rows',
      report.refusals.map(
        ({ file, code, column, rows: n, line, expected }) =>
          `${file}${column && ` ${column}`}: ${n} × ${code}, first at line ${line} (${expected || REJECT_CODES[code]})`,
      ),
    ),
    section(
      'Lost values',
      report.lost.map(
        ({ table, column, rows: n }) =>
          `${table}.${column}: ${n} not read, or given way to another of the same key`,
      ),
    ),
    section(
      'Rows of nobody: they name what is not there',
      report.orphans.map(({ table, column, rows: n }) => `${table}.${column}: ${n}`),
    ),
    section('Fields that no table reads', ignoredLines(report.ignored)),
    section('Files that look like a table and were not read', report.unread.map(unreadLine)),
    section('Files of no table', report.unknown),
    report.tables.some(({ table }) => table === 'accounts')
      ? ''
      : '\nNo owners in this dataset: an audit counts what is on offer and judges nobody.\n',
    outlookText(report.detectors, true, textWidth()),
    brakesText(report),
  ].join('');
}

export function checkCommand() {
  return new Command('check')
    .description(
      'Reads a dataset without auditing it: rows and losses with their places, and what can be looked at.',
    )
    .argument('<DIR>', 'the dataset folder')
    .option('--workspace <dir>', 'cache that the audit can use afterwards (default: a temporary one)')
    .addOption(threadsOption())
    .addOption(memoryOption())
    .option('--quiet', 'no progress', false)
    .option('--json', 'the result as JSON on standard output', false)
    .action(async (dataset, { workspace, threads, memory, quiet, json }) => {
      const temporary = workspace === undefined ? mkdtempSync(join(tmpdir(), 'ghostcard-check-')) : undefined;
      const view = progressView(quiet || json);
      const interrupt = new AbortController();
      const onSignal = () => interrupt.abort();
      process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
      try {
        const report = await superviseCheck(
          {
            dataset: resolve(dataset),
            workspace: resolve(temporary ?? workspace!),
            threads,
            memoryBytes: memory,
          },
          { progress: view.show, signal: interrupt.signal },
        );
        view.stop();
        if (report.brakes.length > 0) process.exitCode = EXIT.brake;
        if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
        else print(reportText(report));
      } finally {
        view.stop();
        if (temporary) rmSync(temporary, { recursive: true, force: true });
        process.removeListener('SIGINT', onSignal).removeListener('SIGTERM', onSignal);
      }
    });
}
