import { writeFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { csvLine } from '../../../reports/csv/csv.ts';
import { tableText } from '../../../reports/terminal/table.ts';
import { drawSample, type Sample } from '../../../runs/sample/sample.ts';
import { wholeNumber } from '../numbers.ts';
import { print, screen } from '../terminal.ts';

const COLUMNS = [
  'subject_type',
  'subject_id',
  'stratum',
  'stratum_size',
  'drawn',
  'weight',
  'truth',
] as const;
const IDS = new Set([COLUMNS.indexOf('subject_id')]);

function sampleCsv({ rows }: Sample): string {
  const lines = rows.map((row) =>
    csvLine(
      [row.subject_type, row.subject_id, row.stratum, row.stratum_size, row.drawn, row.weight, null],
      IDS,
    ),
  );
  return csvLine(COLUMNS) + lines.join('');
}

function strataText({ strata, rows, seed }: Sample): string {
  const all = strata.reduce((sum, { size }) => sum + size, 0);
  return tableText(
    {
      title: `${rows.length} of ${all} subjects, seed ${seed}`,
      head: ['stratum', 'verdict', 'risk', 'strongest evidence', 'subjects', 'drawn', 'each stands for'],
      rows: strata.map(({ stratum, verdict, risk, family, size, drawn }) => [
        stratum,
        verdict,
        risk === null ? 'any' : `${risk[0]} to ${risk[1]}`,
        family ?? 'any',
        String(size),
        String(drawn),
        (size / drawn).toFixed(1),
      ]),
      numbers: [4, 5, 6],
    },
    screen(),
  );
}

/** Never over a file that somebody may have labelled already. */
function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (cause) {
    const got = (cause as Error).message;
    const todo = 'Name another file with --out; what is there may hold labels.';
    throw new GhostcardError('E_OUT', { subject: path, expected: 'a new file', got, todo }, { cause });
  }
}

export function sampleCommand() {
  return new Command('sample')
    .description(
      'Draws the random sample of a run that a team should label, with what each subject stands for.',
    )
    .argument('<RUN>', 'run directory of a finished audit')
    .requiredOption('-n <count>', 'subjects to draw', wholeNumber(1, 1_000_000))
    .option('--seed <text>', 'what chance is drawn from (default: the digest of the run)')
    .option('--devices', 'devices instead of accounts', false)
    .option('--out <file>', 'the sample as CSV, a new file; then the strata are printed (default: print it)')
    .option('--json', 'strata and sample as JSON on standard output', false)
    .action(async (run, { n, seed, devices, out, json }) => {
      const sample = await drawSample(run, {
        kind: devices ? 'device' : 'account',
        wanted: n,
        ...(seed === undefined ? {} : { seed }),
      });
      if (out !== undefined) writeNew(out, sampleCsv(sample));
      if (json) process.stdout.write(`${JSON.stringify(sample, null, 2)}\n`);
      else if (out === undefined) process.stdout.write(sampleCsv(sample));
      else print(strataText(sample));
    });
}
