/** What the run opens with: what of the input was not read, and who was looked at by what. */
import type { CoverageSummary } from '../../../contracts/run.ts';
import { grouped, percent, plural } from '../../figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { cut, table } from '../table.ts';
import { shareBar } from '../waterfall.ts';
import type { Section } from './summary.ts';

/** Files of a banner that are named. */
const NAMED = 5;

/** Absent inputs that are listed. */
const INPUTS = 8;

type LookedAt = CoverageSummary['accounts'];

const more = (shown: number, all: number, where: string) =>
  all > shown && html`<li>${grouped(all - shown)} more in <code>${where}</code></li>`;

function unreadBanner({ unread }: CoverageSummary): Html | null {
  if (unread.files === 0) return null;
  const names = unread.first
    .slice(0, NAMED)
    .map(
      ({ file, looks_like, why }) =>
        html`<li><span class="id">${file}</span> looks like <code>${looks_like}</code>: ${why}</li>`,
    );
  const many = unread.files > 1;
  return html`<div class="banner bad"><p><strong>${plural(unread.files, 'file looks', 'files look')} like a table and ${many ? 'were' : 'was'} not read.</strong> Nothing in ${many ? 'them' : 'it'} was looked at.</p><ul class="names">${names}${more(names.length, unread.files, 'unread.csv')}</ul></div>`;
}

function refusedBanner({ run }: ReportModel): Html | null {
  const files = run.inputs.filter(({ rows }) => rows.in > 0 && rows.rejected === rows.in);
  if (files.length === 0) return null;
  const names = files
    .slice(0, NAMED)
    .map(({ file, rows }) => html`<li><span class="id">${file}</span>: ${plural(rows.in, 'row')}</li>`);
  return html`<div class="banner bad"><p><strong>Every row of ${plural(files.length, 'file')} was refused.</strong> The audit ran as if ${files.length > 1 ? 'they were' : 'it were'} empty. <code>rejected.csv</code> says why.</p><ul class="names">${names}${more(names.length, files.length, 'manifest.json')}</ul></div>`;
}

function lossNote({ loss }: CoverageSummary): Html | null {
  if (loss.hit === 0) return null;
  const owners = loss.first.map(
    ({ account_id, rows }, i) =>
      html`${i > 0 && ', '}<span class="id">${account_id || 'owner unknown'}</span> (${grouped(rows)})`,
  );
  const text = html`${grouped(loss.hit)} of ${plural(loss.owners, 'owner')} (${percent(loss.hit, loss.owners)}) lost values or rows that could not be read.${owners.length > 0 && html` Most: ${owners}.`} All in <code>losses.csv</code>.`;
  return loss.warn
    ? html`<div class="banner"><p><strong>Input was lost.</strong> ${text}</p></div>`
    : html`<p>${text} A loss in few hands weighs nothing.</p>`;
}

function failedBanner({ failed }: CoverageSummary): Html | null {
  if (failed.length === 0) return null;
  const names = failed.map(({ detector, why }) => html`<li><span class="id">${detector}</span>: ${why}</li>`);
  return html`<div class="banner bad"><p><strong>${plural(failed.length, 'detector')} failed.</strong> The evidence is missing from every verdict of this run.</p><ul class="names">${names}</ul></div>`;
}

function lookedBar(kind: string, { all, looked_at, one_family }: LookedAt): Html {
  const [several, none] = [looked_at - one_family, all - looked_at];
  return html`<h3>${kind}</h3>
${shareBar(
  [
    { label: 'by two or more', value: several, kind: 'seen' },
    { label: 'by one alone', value: one_family, kind: 'thin' },
    { label: 'by none', value: none, kind: 'unseen' },
  ],
  `${kind}: ${several} looked at by two or more kinds of evidence, ${one_family} by one alone, ${none} by none`,
)}
<ul class="key"><li class="seen">${grouped(several)} by two or more kinds of evidence</li><li class="thin">${grouped(one_family)} by one alone</li><li class="unseen">${grouped(none)} by none (${percent(none, all)})</li></ul>`;
}

interface FamilyRow {
  family: string;
  accounts: number;
  devices: number;
}

const share = (part: number, whole: number) =>
  part === 0 ? '–' : `${grouped(part)} (${percent(part, whole)})`;

function familyRows({ accounts, devices }: CoverageSummary): FamilyRow[] {
  const of = ({ families }: LookedAt) => new Map(families.map(({ family, subjects }) => [family, subjects]));
  const [byAccounts, byDevices] = [of(accounts), of(devices)];
  return [...new Set([...byAccounts.keys(), ...byDevices.keys()])].sort().map((family) => ({
    family,
    accounts: byAccounts.get(family) ?? 0,
    devices: byDevices.get(family) ?? 0,
  }));
}

function missingTable(missing: CoverageSummary['missing']): Html | null {
  if (missing.length === 0) return null;
  const shown = missing.slice(0, INPUTS);
  return html`${table(
    'Absent from the dataset, and how many detectors wait for it',
    [
      { head: 'Table or column', cell: ({ input }) => html`<span class="id">${input}</span>` },
      { head: 'Detectors', cell: ({ detectors: n }) => grouped(n), figure: true },
    ],
    shown,
    '',
  )}${cut(shown.length, missing.length, 'tables and columns (those that the most detectors wait for)', 'coverage.csv')}`;
}

export function coverageSection(model: ReportModel): Section {
  const { coverage } = model.run.summary;
  const section = { id: 'coverage', title: 'What was looked at' };
  if (!coverage) return { ...section, body: html`<p>This run does not say what was looked at.</p>` };
  const { detectors, missing, accounts, devices, unknown_models: models } = coverage;
  const body = html`
${unreadBanner(coverage)}${refusedBanner(model)}${failedBanner(coverage)}${lossNote(coverage)}
<p>Of ${grouped(detectors.ran + detectors.not_run + detectors.failed)} detectors ${grouped(detectors.ran)} ran${detectors.observing > 0 && ` (${grouped(detectors.observing)} of them only observe)`}, ${grouped(detectors.not_run)} did not run and ${grouped(detectors.failed)} failed. A subject is looked at by a kind of evidence when a detector of that kind ran, counts, and could judge it. Whom nobody looked at is neither honest nor guilty: nothing is known.</p>
${lookedBar('Accounts', accounts)}
${lookedBar('Devices', devices)}
${table<FamilyRow>(
  'Looked at, by kind of evidence',
  [
    { head: 'Evidence', cell: ({ family }) => family },
    { head: 'Accounts', cell: ({ accounts: n }) => share(n, accounts.all), figure: true },
    { head: 'Devices', cell: ({ devices: n }) => share(n, devices.all), figure: true },
  ],
  familyRows(coverage),
  'Nobody was looked at by any detector.',
)}
${missingTable(missing)}
${
  models.models > 0 &&
  html`<p>The catalogue does not know ${plural(models.models, 'claimed model')} of ${plural(models.devices, 'device')}, so nothing can be compared with what such a card is known to do.</p>
${table(
  'Models that the catalogue does not know',
  [
    { head: 'Claimed model', cell: ({ gpu_model }) => gpu_model },
    { head: 'Devices', cell: ({ devices: n }) => grouped(n), figure: true },
  ],
  models.first,
  '',
)}
${cut(models.first.length, models.models, 'models', 'unknown_models.csv')}`
}`;
  return { ...section, body };
}
