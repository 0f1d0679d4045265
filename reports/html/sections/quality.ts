/** Whether every row of the input is accounted for. */
import { REJECT_CODES, type RejectCode } from '../../../contracts/errors.ts';
import { grouped, percent } from '../../figures.ts';
import { html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { cut, table } from '../table.ts';
import type { Section } from './summary.ts';

export function qualitySection({ run, rejected, orphans, columns, cap }: ReportModel): Section {
  const sum = (name: 'in' | 'loaded' | 'duplicate' | 'rejected') =>
    run.inputs.reduce((total, { rows }) => total + rows[name], 0);
  const orphanRows = orphans.reduce((total, { rows }) => total + rows, 0);
  const files = run.inputs
    .toSorted((a, b) => b.rows.rejected - a.rows.rejected || (a.file < b.file ? -1 : 1))
    .slice(0, cap);
  const body = html`
<p>Every row is loaded, counted as a duplicate, or refused with a reason: ${grouped(sum('in'))} in = ${grouped(sum('loaded'))} loaded + ${grouped(sum('duplicate'))} duplicate + ${grouped(sum('rejected'))} refused (${percent(sum('rejected'), sum('in'))}). Detectors never see the ${grouped(orphanRows)} rows that name an unknown account or device.</p>
${table(
  'Refused rows by reason',
  [
    { head: 'Reason', cell: ({ code }) => REJECT_CODES[code as RejectCode] ?? code },
    { head: 'Code', cell: ({ code }) => html`<span class="id">${code}</span>` },
    { head: 'Files', cell: ({ files: n }) => grouped(n), figure: true },
    { head: 'Rows', cell: ({ rows }) => grouped(rows), figure: true },
  ],
  rejected,
  'No row was refused.',
)}
${table(
  'Rows that name something unknown',
  [
    { head: 'Table', cell: ({ table: name }) => name },
    { head: 'Column', cell: ({ column }) => column },
    { head: 'Different ids', cell: ({ ids }) => grouped(ids), figure: true },
    { head: 'Rows', cell: ({ rows }) => grouped(rows), figure: true },
  ],
  orphans,
  'No row names an unknown account or device.',
)}
${table(
  'Columns not read as they came',
  [
    { head: 'Column', cell: ({ table: name, column }) => html`<span class="id">${name}.${column}</span>` },
    {
      head: 'What happened',
      cell: ({ state }) =>
        state === 'ignored' ? 'unknown to the contract, ignored' : 'values that could not be read: lost',
    },
    { head: 'Rows', cell: ({ rows }) => (rows === null ? '' : grouped(rows)), figure: true },
  ],
  columns.slice(0, cap),
  'Every column was read as it came.',
)}
${cut(Math.min(columns.length, cap), columns.length, 'columns', 'columns.csv')}
${table(
  'Files',
  [
    { head: 'File', cell: ({ file }) => html`<span class="id">${file}</span>` },
    { head: 'In', cell: ({ rows }) => grouped(rows.in), figure: true },
    { head: 'Loaded', cell: ({ rows }) => grouped(rows.loaded), figure: true },
    { head: 'Duplicate', cell: ({ rows }) => grouped(rows.duplicate), figure: true },
    { head: 'Refused', cell: ({ rows }) => grouped(rows.rejected), figure: true },
  ],
  files,
  'No file.',
)}
${cut(files.length, run.inputs.length, 'files', 'manifest.json')}`;
  return { id: 'quality', title: 'Data quality', body };
}
