/** Brakes, analysts' decisions, and how the accused can object. */
import { grouped, plainFigure } from '../../figures.ts';
import { html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { table } from '../table.ts';
import type { Section } from './summary.ts';

const BRAKE: Readonly<Record<string, string>> = {
  'detector-jump': 'A detector flags many more than in the run before',
  'segment-share': 'One segment is hit beyond its share',
  'points-share': 'The list takes more points than the policy allows',
  'input-loss': 'Too many owners lost values or rows of the input',
};

export function brakesSection({ brakes, decisions, policy }: ReportModel): Section {
  const body = html`
<p>The run stops before it publishes when a detector’s findings grow by more than × ${plainFigure(policy.brakes.jump)}, when more than ${plainFigure(policy.brakes.segmentShare * 100)} % of one segment is hit, or when more than ${plainFigure(policy.brakes.pointsShare * 100)} % of all points are taken, when ${plainFigure(policy.brakes.inputLoss.stop * 100)} % of all owners lost a value or a row of the input, or when no row of <code>devices</code> or <code>heartbeats</code> could be loaded.</p>
${table(
  'Brakes that were overridden',
  [
    { head: 'Brake', cell: ({ name }) => BRAKE[name] ?? name },
    { head: 'Where', cell: ({ segment }) => segment },
    { head: 'Observed', cell: ({ observed }) => plainFigure(observed), figure: true },
    { head: 'Allowed', cell: ({ allowed }) => plainFigure(allowed), figure: true },
    { head: 'Reason given', cell: ({ overridden_why }) => overridden_why ?? '' },
  ],
  brakes,
  'No brake had to be overridden.',
)}
${table(
  'Analysts’ decisions that this run met',
  [
    { head: 'State', cell: ({ state }) => state },
    { head: 'Decisions', cell: (row) => grouped(row.decisions), figure: true },
  ],
  decisions,
  'No decision of an analyst was given.',
)}`;
  return { id: 'brakes', title: 'Brakes and decisions', body };
}

export function appealSection({ detectors, reasons }: ReportModel): Section {
  const used = new Set(reasons.map(({ reason }) => reason));
  const rows = Object.entries(detectors)
    .filter(([, meta]) => Object.values(meta.levels).some(({ reason }) => used.has(reason)))
    .map(([id, meta]) => ({ id, meta }));
  const body = html`
<p>Who is excluded or held can ask for the evidence: <code>ghostcard explain RUN ID</code> prints the whole sum for one account or device, the numbers behind each term, and the smallest set of evidence without which the verdict would fall. An analyst’s decision enters the next run and stays until new evidence appears.</p>
${table(
  'What an appeal could show, by kind of evidence',
  [
    {
      head: 'Evidence',
      cell: ({ id, meta }) => html`<div class="term-says">${meta.title}<span class="id">${id}</span></div>`,
    },
    { head: 'What could clear it', cell: ({ meta }) => meta.appeal },
  ],
  rows,
  'No evidence counts against anybody, so there is nothing to appeal.',
)}`;
  return { id: 'appeal', title: 'How to appeal', body };
}
