import { basename, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import type { InitReport } from '../../../pipelines/init/init.ts';
import { superviseInit } from '../../../pipelines/supervise.ts';
import { outlookText } from '../../../reports/terminal/outlook.ts';
import { printable } from '../../../reports/terminal/printable.ts';
import { tableText } from '../../../reports/terminal/table.ts';
import { print, screen, textWidth } from '../terminal.ts';
import { parseTime } from './audit.ts';

function gapsText(title: string, gaps: InitReport['cannot']): string {
  if (gaps.length === 0) return '';
  return `\n${title}\n${gaps.map(({ what, why }) => `  ${printable(what)}: ${printable(why)}\n`).join('')}`;
}

/** A path as one word of a command line that can be pasted. */
const shellWord = (path: string) =>
  /^[\w./@%+=:-]+$/.test(path) && !path.startsWith('-')
    ? path
    : `'${printable(path).replaceAll("'", "'\\''")}'`;

/** What was recognised, what each table gets, what cannot be looked at, and the next command. */
function reportText(report: InitReport, dataset: string): string {
  const { tables, written, cannot, unread, detectors, supplyOnly, blocked } = report;
  const rows = tables.map(({ table, file, source, columns }) => [table, file, source, columns.join(', ')]);
  return [
    tableText({ head: ['table', 'file', 'recognised as', 'gets'], rows }, screen()),
    gapsText('Cannot be looked at', cannot),
    gapsText('Files that no table reads', unread),
    supplyOnly ? '\nNo owners in this export: an audit counts what is on offer and judges nobody.\n' : '',
    outlookText(detectors, false, textWidth()),
    written === null
      ? '\nThe files are in the form of the contract: no ghostcard.yaml is needed.\n'
      : `\nDrafted ${printable(written)}: read it, and correct what is marked CONFIRM.\n`,
    blocked.length > 0
      ? gapsText('Missing before an audit can start', blocked)
      : `next        npx ghostcard audit ${shellWord(dataset)} --out ${shellWord(`out/${basename(resolve(dataset))}`)}\n`,
  ].join('');
}

export function initCommand() {
  return new Command('init')
    .description(
      'Looks at the first rows of an export, recognises it, and drafts the ghostcard.yaml that maps it.',
    )
    .argument('<DIR>', 'folder with the files as they were exported')
    .option('--out <dir>', 'folder for the draft (default: DIR)')
    .option('--force', 'write over a ghostcard.yaml that is there', false)
    .option(
      '--seen-at <time>',
      'when the export was taken, RFC 3339 (default: when its file was saved)',
      parseTime,
    )
    .option('--json', 'what was recognised as JSON on standard output', false)
    .action(async (dataset, { out, force, seenAt, json }) => {
      const report = await superviseInit({
        dataset: resolve(dataset),
        force,
        ...(out === undefined ? {} : { out: resolve(out) }),
        ...(seenAt === undefined ? {} : { seenAt }),
      });
      if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else print(reportText(report, dataset));
    });
}
