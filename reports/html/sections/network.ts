/** The network's own figures: findings about them, and how many cards are real. */
import { grouped, plainFigure, plural } from '../../figures.ts';
import { html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { cut, table } from '../table.ts';
import type { Section } from './summary.ts';

const TAG: Readonly<Record<string, string>> = { serious: 'bad', warning: 'hold', notice: 'none' };
const maybe = (value: number | null) => (value === null ? '–' : plainFigure(value));

export function networkSection({ network, detectors, coverage, cap }: ReportModel): Section {
  const looked = coverage.filter(
    ({ detector, outcome }) => outcome === 'ran' && detectors[detector]?.subject === 'network',
  ).length;
  const levels = (detector: string, reason: string) =>
    Object.values(detectors[detector]?.levels ?? {}).find((level) => level.reason === reason)?.says ?? reason;
  const shown = network.slice(0, cap);
  const body = html`
<p>These findings are about the figures that the network shows, not about any account.</p>
${table(
  'Network findings',
  [
    {
      head: 'Finding',
      cell: ({ detector, reason }) =>
        html`<div class="term-says">${levels(detector, reason)}<span class="id">${reason}</span></div>`,
    },
    { head: 'Figure', cell: ({ metric }) => html`<span class="id">${metric}</span>` },
    { head: 'From', cell: ({ valid_from }) => valid_from?.slice(0, 10) ?? '–' },
    { head: 'To', cell: ({ valid_to }) => valid_to?.slice(0, 10) ?? '–' },
    { head: 'Observed', cell: ({ observed }) => maybe(observed), figure: true },
    { head: 'Expected', cell: ({ expected }) => maybe(expected), figure: true },
    {
      head: 'Severity',
      cell: ({ severity }) => html`<span class="tag ${TAG[severity] ?? 'none'}">${severity}</span>`,
    },
  ],
  shown,
  looked > 0
    ? `${plural(looked, 'detector')} looked at the network’s figures and found nothing that stands out.`
    : 'No detector of the network’s figures ran, so nothing is known about them.',
)}
${cut(shown.length, network.length, 'findings', 'network.csv')}`;
  return { id: 'network', title: 'Network findings', body };
}

export function supplySection({ supply, cap }: ReportModel): Section {
  const sum = (name: 'claimed' | 'heartbeating' | 'answering' | 'benchmarked' | 'void') =>
    supply.reduce((total, row) => total + row[name], 0);
  const shown = supply
    .toSorted((a, b) => b.claimed - a.claimed || (a.gpu_model < b.gpu_model ? -1 : 1))
    .slice(0, cap);
  const body = html`
<p>Of ${plural(sum('claimed'), 'claimed card')}, ${grouped(sum('heartbeating'))} sent heartbeats, ${grouped(sum('answering'))} answered the network’s probes, ${grouped(sum('benchmarked'))} were benchmarked by the network, and ${grouped(sum('void'))} are void. The last columns say how many cards of each model are real, with a 95 % interval. Void machines count nothing, and void machines on one card count as that card; a benchmarked machine counts by its probability; one that the network never benchmarked raises the upper end alone. Cards sold under another model’s name count under no model.</p>
${table(
  'Supply by claimed model, in cards',
  [
    { head: 'Model', cell: ({ gpu_model }) => gpu_model },
    { head: 'Claimed', cell: ({ claimed }) => grouped(claimed), figure: true },
    { head: 'Heartbeating', cell: ({ heartbeating }) => grouped(heartbeating), figure: true },
    { head: 'Answering', cell: ({ answering }) => grouped(answering), figure: true },
    { head: 'Benchmarked', cell: ({ benchmarked }) => grouped(benchmarked), figure: true },
    { head: 'Void', cell: (row) => grouped(row.void), figure: true },
    {
      head: 'Real',
      cell: ({ real_estimate }) => grouped(real_estimate),
      figure: true,
    },
    {
      head: '95 % interval',
      cell: ({ real_low, real_high }) => `${grouped(real_low)} – ${grouped(real_high)}`,
      figure: true,
    },
  ],
  shown,
  'No device is registered.',
)}
${cut(shown.length, supply.length, 'models', 'supply.csv')}`;
  return { id: 'supply', title: 'Supply ladder', body };
}
