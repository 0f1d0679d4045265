/** Each exclusion and each void device with the terms of its sum. */
import { HELD_BY, type HeldBy, WHY_NOT, type WhyNot } from '../../../contracts/verdict.ts';
import { grouped, nats, pageOf, points, probability } from '../../figures.ts';
import { type Html, html } from '../html.ts';
import type { ReportModel, ReportSubject, ReportTerm } from '../model.ts';
import { cut, table } from '../table.ts';
import { type Scale, waterfallBar, waterfallScale } from '../waterfall.ts';
import type { Section } from './summary.ts';

const logOdds = (p: number) => Math.log(p / (1 - p));

interface Step {
  term: ReportTerm | null;
  from: number;
  to: number;
}

function says(model: ReportModel, { detector, level, reason }: ReportTerm): string {
  return model.detectors[detector]?.levels[level]?.says ?? reason;
}

function steps(prior: number, terms: readonly ReportTerm[]): Step[] {
  const list: Step[] = [{ term: null, from: 0, to: prior }];
  for (const term of terms.filter(({ counted }) => counted)) {
    const from = list.at(-1)!.to;
    list.push({ term, from, to: from + term.weight });
  }
  return list;
}

function waterfall(subject: ReportSubject, terms: readonly ReportTerm[], model: ReportModel): Html {
  const { prior, thresholds } = model.policy;
  const isAccount = subject.subject_type === 'account';
  const threshold = logOdds(isAccount ? thresholds.exclude : thresholds.void);
  const list = steps(logOdds(isAccount ? prior.account : prior.device), terms);
  const scale: Scale = waterfallScale([...list.map(({ to }) => to), threshold]);
  const rest = terms.filter(({ counted }) => !counted);
  return html`${table<Step>(
    'Evidence in the sum',
    [
      {
        head: 'Evidence',
        cell: ({ term }) =>
          term === null
            ? html`<span class="term-says">Before any evidence</span>`
            : html`<div class="term-says">${says(model, term)}<span class="id">${term.reason} · ${term.family} · see ${pageOf(term.detector)}</span></div>`,
      },
      { head: 'Nats', cell: ({ term, to }) => nats(term?.weight ?? to), figure: true },
      { head: 'Total', cell: ({ to }) => nats(to), figure: true },
      {
        head: 'From the prior to the threshold (dotted)',
        cell: ({ from, to }) => waterfallBar(from, to, threshold, scale),
      },
    ],
    list,
    'No evidence.',
  )}${rest.length > 0 && html`<p class="note">Not counted: ${rest.slice(0, 6).map((term, i) => html`${i > 0 && '; '}${term.reason} (${WHY_NOT[term.why_not as WhyNot] ?? 'no weight'})`)}${rest.length > 6 && `; and ${rest.length - 6} more`}.</p>`}`;
}

function subjectCard(subject: ReportSubject, model: ReportModel, open: boolean): Html {
  const terms = model.terms.filter(
    (term) => term.subject_id === subject.subject_id && term.subject_type === subject.subject_type,
  );
  const where =
    subject.subject_type === 'account'
      ? html`${subject.belongs_to !== null && html`cluster <span class="id">${subject.belongs_to}</span> · `}${points(subject.points_before ?? '0')} points before`
      : html`${subject.gpu_model} · owner <span class="id">${subject.belongs_to}</span>`;
  return html`<details${open && html` open`}><summary><span class="id">${subject.subject_id}</span><span class="tag bad">${subject.subject_type === 'account' ? 'excluded' : 'void'} · ${probability(subject.risk)}</span><span class="what">${where}</span></summary><div class="inside">${waterfall(subject, terms, model)}</div></details>`;
}

/** The sentence of a reason code, from whichever detector states it. */
function sentence(reason: string, { detectors }: ReportModel): string {
  for (const { levels } of Object.values(detectors)) {
    for (const level of Object.values(levels)) if (level.reason === reason) return level.says;
  }
  return reason;
}

export function reasonsSection(model: ReportModel): Section {
  const body = html`
<p>What stands behind the verdicts, how often, and why cases are held instead of decided. Every single case stands at the end of this report.</p>
${table(
  'Reasons behind all verdicts',
  [
    { head: 'Reason', cell: ({ reason }) => html`<div class="term-says">${sentence(reason, model)}</div>` },
    { head: 'Code', cell: ({ reason }) => html`<span class="id">${reason}</span>` },
    { head: 'About', cell: ({ subject_type }) => `${subject_type}s` },
    { head: 'Excluded or void', cell: ({ decided }) => grouped(decided), figure: true },
    { head: 'Held', cell: ({ held }) => grouped(held), figure: true },
  ],
  model.reasons,
  'No evidence counts against anybody.',
)}
${table(
  'Why cases are held instead of decided',
  [
    {
      head: 'Held because',
      cell: ({ held_by }) => HELD_BY[held_by as HeldBy] ?? held_by,
    },
    { head: 'About', cell: ({ subject_type }) => `${subject_type}s` },
    { head: 'Cases', cell: ({ subjects }) => grouped(subjects), figure: true },
  ],
  model.held,
  'No case is held.',
)}`;
  return { id: 'reasons', title: 'Reasons', body };
}

export function casesSection(model: ReportModel): Section {
  const { accounts, devices } = model.run.summary;
  const excluded = model.subjects.filter(({ subject_type }) => subject_type === 'account');
  const voided = model.subjects.filter(({ subject_type }) => subject_type === 'device');
  const cards = (subjects: readonly ReportSubject[], open: boolean) =>
    subjects.length === 0
      ? html`<p class="note">None.</p>`
      : subjects.map((subject, i) => subjectCard(subject, model, open && i === 0));
  const body = html`
<p>Evidence is added up in nats (natural-log odds): +2.3 makes the odds ten times worse, −2.3 ten times better. Kinds of evidence are capped, so that many views of one fact do not convict. The numbers behind each term: <code>ghostcard explain RUN ID</code>.</p>
<h3>Excluded accounts</h3>
${cards(excluded, true)}
${cut(excluded.length, accounts.exclude, 'excluded accounts (those with the most points)', 'evidence.ndjson')}
<h3>Void devices</h3>
${cards(voided, excluded.length === 0)}
${cut(voided.length, devices.void, 'void devices (those with the largest part of the points)', 'evidence.ndjson')}`;
  return { id: 'cases', title: 'Every exclusion and void device', body };
}
