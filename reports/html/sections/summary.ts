/** What the run decided, in numbers that people understand. */
import type { CoverageSummary } from '../../../contracts/run.ts';
import { grouped, instant, percent, plainFigure, plural, points } from '../../figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { type Part, shareBar } from '../waterfall.ts';

type Looked = Pick<CoverageSummary['accounts'], 'clear_found' | 'clear_not_looked_at'>;

export interface Section {
  id: string;
  title: string;
  body: Html;
}

/** Whom nobody looked at, as the end of a headline. */
function unlooked({ run }: ReportModel): string {
  const { accounts, devices } = run.summary.coverage ?? {};
  const part = (name: string, looked?: { all: number; looked_at: number }) => {
    const none = looked ? looked.all - looked.looked_at : 0;
    if (!looked || none === 0) return [];
    return [`${none === looked.all ? 'any' : grouped(none)} of ${plural(looked.all, name)}`];
  };
  const parts = [...part('account', accounts), ...part('device', devices)];
  return parts.length === 0 ? '' : `; nobody looked at ${parts.join(' and ')}`;
}

export function headline(model: ReportModel): string {
  return `${decided(model)}${unlooked(model)}`;
}

function decided({ run }: ReportModel): string {
  const { accounts, devices } = run.summary;
  if (accounts.exclude === 0 && devices.void === 0) {
    return accounts.review + devices.review === 0
      ? 'No account is excluded and no device is void'
      : 'Nobody is excluded; some cases are held for a decision';
  }
  const parts = [
    accounts.exclude > 0 ? `${plural(accounts.exclude, 'account')} excluded` : '',
    devices.void > 0 ? `${plural(devices.void, 'device')} void` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function sealBanner({ run }: ReportModel): Html {
  return run.sealed
    ? html`<div class="banner good"><p><strong>Sealed input.</strong> Every file was checked against the dataset’s own manifest.</p></div>`
    : html`<div class="banner"><p><strong>Unsealed input.</strong> The dataset came without a manifest of checksums, so nothing proves that its files are complete. Do not pay by this list before they are checked.</p></div>`;
}

/** Clear subjects as parts. Green is for those alone who were looked at and of whom nothing was found. */
function clearParts(clear: number, coverage: Looked | undefined): Part[] {
  const unseen = coverage?.clear_not_looked_at ?? clear;
  const found = coverage?.clear_found;
  const notLookedAt: Part = { label: 'not looked at', value: unseen, kind: 'unseen' };
  if (coverage && found === undefined)
    return [{ label: 'looked at', value: clear - unseen, kind: 'little' }, notLookedAt];
  return [
    { label: 'looked at, nothing found', value: clear - unseen - (found ?? 0), kind: 'good' },
    { label: 'something found, too little to hold', value: found ?? 0, kind: 'little' },
    notLookedAt,
  ];
}

/** Verdicts as one bar. */
function verdictBar(
  kind: string,
  taken: string,
  bad: number,
  { review, clear }: { review: number; clear: number },
  coverage: Looked | undefined,
): Html {
  const parts: Part[] = [
    { label: taken, value: bad, kind: 'bad' },
    { label: 'held', value: review, kind: 'hold' },
    ...clearParts(clear, coverage),
  ];
  const told = parts.map(({ label, value }) => `${value} ${label.replace(', nothing', ' and nothing')}`);
  return html`<h3>${kind}</h3>
${shareBar(parts, `${kind}: ${told.join(', ')}`)}
<ul class="key">${parts.map((part) => html`<li class="${part.kind}">${grouped(part.value)} ${part.label}</li>`)}</ul>`;
}

export function summarySection(model: ReportModel): Section {
  const { accounts, devices, points: sums, clusters } = model.run.summary;
  const allAccounts = accounts.exclude + accounts.review + accounts.clear;
  const allDevices = devices.void + devices.review + devices.clear;
  const taken = Number(sums.excluded) + Number(sums.voided);
  const body = html`
${sealBanner(model)}
<dl class="figures">
  <div class="figure bad"><dt>Accounts excluded</dt><dd>${grouped(accounts.exclude)}</dd><dd>${percent(accounts.exclude, allAccounts)} of ${grouped(allAccounts)}, in ${plural(clusters, 'flagged cluster')}</dd></div>
  <div class="figure hold"><dt>Accounts held for review</dt><dd>${grouped(accounts.review)}</dd><dd>points kept, not payable yet</dd></div>
  <div class="figure bad"><dt>Devices void</dt><dd>${grouped(devices.void)}</dd><dd>${percent(devices.void, allDevices)} of ${grouped(allDevices)}; ${grouped(devices.review)} held</dd></div>
  <div class="figure"><dt>Points taken away</dt><dd>${percent(taken, Number(sums.before))}</dd><dd>${points(String(taken))} of ${points(sums.before)}</dd></div>
</dl>
${verdictBar('Accounts', 'excluded', accounts.exclude, accounts, model.run.summary.coverage?.accounts)}
${verdictBar('Devices', 'void', devices.void, devices, model.run.summary.coverage?.devices)}
<p>By its own probabilities this list excludes <strong>${plainFigure(model.run.summary.expected_wrongful_exclusions)}</strong> accounts wrongly; the policy allows ${plainFigure(model.policy.riskBudget)}.</p>
<p>An account is <strong>excluded</strong> when one operator stands behind it and others. A device is <strong>void</strong> when the card it claims is not the card it has. An account whose only fault is fake devices is not excluded: it loses the points of those devices. <strong>Held</strong> means that a person decides. Nothing after ${instant(Date.parse(model.run.snapshot))} was used.</p>`;
  return { id: 'summary', title: 'Summary', body };
}
