/** What the run decided, in numbers that people understand. */
import { grouped, instant, percent, plainFigure, plural, points } from '../../figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { shareBar } from '../waterfall.ts';

export interface Section {
  id: string;
  title: string;
  body: Html;
}

export function headline({ run }: ReportModel): string {
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
<h3>Accounts</h3>
${shareBar(
  [
    { label: 'excluded', value: accounts.exclude, kind: 'bad' },
    { label: 'held', value: accounts.review, kind: 'hold' },
    { label: 'clear', value: accounts.clear, kind: 'good' },
  ],
  `Accounts: ${accounts.exclude} excluded, ${accounts.review} held, ${accounts.clear} clear`,
)}
<ul class="key"><li class="bad">${grouped(accounts.exclude)} excluded</li><li class="hold">${grouped(accounts.review)} held</li><li class="good">${grouped(accounts.clear)} clear</li></ul>
<h3>Devices</h3>
${shareBar(
  [
    { label: 'void', value: devices.void, kind: 'bad' },
    { label: 'held', value: devices.review, kind: 'hold' },
    { label: 'clear', value: devices.clear, kind: 'good' },
  ],
  `Devices: ${devices.void} void, ${devices.review} held, ${devices.clear} clear`,
)}
<ul class="key"><li class="bad">${grouped(devices.void)} void</li><li class="hold">${grouped(devices.review)} held</li><li class="good">${grouped(devices.clear)} clear</li></ul>
<p>By its own probabilities this list excludes <strong>${plainFigure(model.run.summary.expected_wrongful_exclusions)}</strong> accounts wrongly; the policy allows ${plainFigure(model.policy.riskBudget)}.</p>
<p>An account is <strong>excluded</strong> when one operator stands behind it and others. A device is <strong>void</strong> when the card it claims is not the card it has. An account whose only fault is fake devices is not excluded: it loses the points of those devices. <strong>Held</strong> means that a person decides. Nothing after ${instant(Date.parse(model.run.snapshot))} was used.</p>`;
  return { id: 'summary', title: 'Summary', body };
}
