/** What the verdicts do to points, and what a fixed pool would look like after them. */
import { grouped, percent, points } from '../../figures.ts';
import { html } from '../html.ts';
import type { ReportBand, ReportModel } from '../model.ts';
import { table } from '../table.ts';
import { shareBar } from '../waterfall.ts';
import type { Section } from './summary.ts';

const BAND: Readonly<Record<number, string>> = {
  1: 'Top 1 % of accounts by points',
  2: 'Next 9 %',
  3: 'Next 40 %',
  4: 'Other half',
};

/** How many times more of a fixed pool an untouched point is worth; one decimal more than people need. */
function factor(before: number, after: number): string {
  return after > 0 ? `× ${(before / after).toFixed(3)}` : '–';
}

export function pointsSection({ run, bands }: ReportModel): Section {
  const sums = run.summary.points;
  const [before, excluded, voided, held, payable] = [
    sums.before,
    sums.excluded,
    sums.voided,
    sums.held,
    sums.payable,
  ].map(Number) as [number, number, number, number, number];
  const notLookedAt = run.summary.coverage?.points_not_looked_at ?? sums.payable;
  const unseen = Number(notLookedAt);
  const rows = [
    { name: 'Points before the audit', value: sums.before, share: percent(before, before) },
    { name: 'Taken from excluded accounts', value: sums.excluded, share: percent(excluded, before) },
    { name: 'Taken for void devices of other accounts', value: sums.voided, share: percent(voided, before) },
    { name: 'Held until decided', value: sums.held, share: percent(held, before) },
    { name: 'Payable now', value: sums.payable, share: percent(payable, before) },
    {
      name: 'Of these, to accounts that nobody looked at',
      value: notLookedAt,
      share: percent(unseen, before),
    },
  ];
  const payableNow = bands.reduce((sum, band) => sum + Number(band.payable), 0);
  const body = html`
<p>Points are taken away, never handed to others: what becomes of them is the network’s choice.</p>
${shareBar(
  [
    { label: 'excluded', value: excluded, kind: 'bad' },
    { label: 'void devices', value: voided, kind: 'none' },
    { label: 'held', value: held, kind: 'hold' },
    { label: 'payable', value: payable - unseen, kind: 'good' },
    { label: 'payable, not looked at', value: unseen, kind: 'unseen' },
  ],
  'Points: excluded, void devices, held, payable, payable to accounts that nobody looked at',
)}
<ul class="key"><li class="bad">excluded accounts</li><li>void devices</li><li class="hold">held</li><li class="good">payable</li><li class="unseen">payable, account not looked at</li></ul>
${table(
  'Points',
  [
    { head: '', cell: ({ name }) => name },
    { head: 'Points', cell: ({ value }) => points(value), figure: true },
    { head: 'Share', cell: ({ share }) => share, figure: true },
  ],
  rows,
  'No points in the dataset.',
)}
<h3>If the pool were fixed</h3>
<p>Were a fixed pool shared out by points, an untouched point would now bring <strong>${factor(before, payable)}</strong> of what it brought before, and <strong>${factor(before, payable + held)}</strong> if every held account were cleared. This is arithmetic on the table above; nothing is redistributed in the lists.</p>
${table<ReportBand>(
  'Parts of the pool before and after, by size of holder',
  [
    { head: 'Accounts', cell: ({ band }) => BAND[band] ?? '' },
    { head: 'Number', cell: ({ accounts }) => grouped(accounts), figure: true },
    { head: 'Excluded', cell: ({ excluded: n }) => grouped(n), figure: true },
    { head: 'Held', cell: ({ held: n }) => grouped(n), figure: true },
    { head: 'Points before', cell: ({ points_before }) => points(points_before), figure: true },
    {
      head: 'Part before',
      cell: ({ points_before }) => percent(Number(points_before), before),
      figure: true,
    },
    { head: 'Part after', cell: (band) => percent(Number(band.payable), payableNow), figure: true },
  ],
  bands,
  'No points in the dataset.',
)}`;
  return { id: 'points', title: 'Effect on points', body };
}
