/** What the audit could not see. */
import type { Coverage } from '../../../contracts/evidence.ts';
import { grouped, percent } from '../../figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { table } from '../table.ts';
import type { Section } from './summary.ts';

function state({ outcome, observing, seen, subjects }: Coverage): Html {
  if (outcome === 'failed') return html`<span class="tag bad">failed</span>`;
  if (outcome === 'not-run') return html`<span class="tag hold">did not run</span>`;
  if (seen === 0 && subjects > 0) return html`<span class="tag">could judge nobody</span>`;
  return observing ? html`<span class="tag">observing</span>` : html`<span class="tag good">counts</span>`;
}

export function blindSpotsSection({ run, coverage, detectors, unverified }: ReportModel): Section {
  const title = (id: string) => detectors[id]?.title ?? id;
  const { devices } = run.summary;
  const all = devices.void + devices.review + devices.clear;
  const body = html`
<p>Detector by detector; a detector that only observes is shown before it counts. What a detector could not see is no evidence of innocence, and none of guilt.</p>
<p>${grouped(devices.unverified)} devices (${percent(devices.unverified, all)}) carry no evidence measured by the network itself: what they say of themselves was never put to the test.</p>
${table<Coverage>(
  'What each detector could judge',
  [
    {
      head: 'Detector',
      cell: (row) => html`${title(row.detector)}<br><span class="id">${row.detector}</span>`,
    },
    {
      head: 'State',
      cell: (row) => html`${state(row)}${row.why !== '' && html`<br><span class="note">${row.why}</span>`}`,
    },
    {
      head: 'Could judge',
      cell: ({ seen, subjects }) => `${grouped(seen)} of ${grouped(subjects)}`,
      figure: true,
    },
    { head: 'Share', cell: ({ seen, subjects }) => percent(seen, subjects), figure: true },
    { head: 'Findings', cell: ({ findings }) => grouped(findings), figure: true },
  ],
  coverage,
  'No detector is installed.',
)}
${table(
  'Devices never measured by the network, by claimed model',
  [
    { head: 'Model', cell: ({ gpu_model }) => gpu_model },
    { head: 'Unverified', cell: ({ unverified: n }) => grouped(n), figure: true },
    { head: 'Of', cell: ({ devices: n }) => grouped(n), figure: true },
    { head: 'Share', cell: (row) => percent(row.unverified, row.devices), figure: true },
  ],
  unverified,
  'The network has measured every device.',
)}`;
  return { id: 'blind-spots', title: 'What could not be seen', body };
}
