/** A dossier for a terminal. Every text from the dataset goes through `printable`. */
import type { ClusterDossier, Dossier, DossierTerm, SubjectDossier } from '../../contracts/dossier.ts';
import { grouped, instant, nats, percent, plural, probability } from '../figures.ts';
import { fallBar, spanOf } from './fall-bar.ts';
import { printable } from './printable.ts';
import { clip, columns, type Paint, wrapped } from './text.ts';

export type { Paint } from './text.ts';

const COLOUR = { exclude: 'red', void: 'red', review: 'yellow', clear: 'green' } as const;
const AUTHOR: Readonly<Record<string, string>> = {
  anyone: 'anyone could have authored it',
  operator: 'only the accused could have authored it',
  nobody: 'measured by the network',
};
const SAYS_WIDTH = 50;

function verdictWord(verdict: string, paint: Paint): string {
  const colour = COLOUR[verdict as keyof typeof COLOUR];
  const word = printable(verdict).toUpperCase();
  return colour ? paint(['bold', colour], word) : word;
}

function heading(text: string, paint: Paint): string {
  return `\n${paint('bold', text)}\n`;
}

/** One value of `facts` in reading form. */
function factText(value: unknown): string {
  if (typeof value === 'number') return grouped(value);
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}

function termLines(term: DossierTerm, bar: string, paint: Paint): string {
  const [first, ...more] = wrapped(printable(term.says), SAYS_WIDTH);
  const figures = `${nats(term.weight).padStart(7)} ${nats(term.running).padStart(8)} ${probability(term.probability).padStart(9)}`;
  const lines = [`  ${first!.padEnd(SAYS_WIDTH)}${figures}  ${bar}`, ...more.map((line) => `  ${line}`)];
  const detail = [
    `${term.reason} · ${term.family} · ${AUTHOR[term.forgeable_by] ?? term.forgeable_by}`,
    ...Object.entries(term.facts).map(([name, value]) => `${printable(name)}: ${factText(value)}`),
  ];
  if (term.value !== null) detail.push(`shared value: ${printable(term.value)}`);
  if (term.related.length > 0) {
    const named = term.related.slice(0, 5).map(printable).join(', ');
    const rest = term.related.length - 5;
    detail.push(`with ${named}${rest > 0 ? ` and ${rest} more` : ''}`);
  }
  if (term.first_at !== null || term.last_at !== null) {
    detail.push(`seen ${term.first_at ?? '?'} to ${term.last_at ?? '?'}`);
  }
  lines.push(...detail.map((line) => paint('dim', `    ${clip(line, 110)}`)));
  return `${lines.join('\n')}\n`;
}

function waterfallText(dossier: SubjectDossier, paint: Paint): string {
  const counted = dossier.terms.filter((term) => term.counted);
  const { prior, threshold } = dossier;
  const span = spanOf([0, prior.log_odds, threshold.log_odds, ...counted.map(({ running }) => running)]);
  let text = heading('Evidence, in nats', paint);
  text += paint(
    'dim',
    `  ${''.padEnd(SAYS_WIDTH)}${'nats'.padStart(7)} ${'total'.padStart(8)} ${'p'.padStart(9)}`,
  );
  const start = `  ${'Before any evidence'.padEnd(SAYS_WIDTH)}${nats(prior.log_odds).padStart(7)} ${nats(prior.log_odds).padStart(8)} ${probability(prior.probability).padStart(9)}`;
  text += `\n${start}  ${fallBar(0, prior.log_odds, threshold.log_odds, span, paint)}\n`;
  for (const term of counted) {
    const bar = fallBar(term.running - term.weight, term.running, threshold.log_odds, span, paint);
    text += termLines(term, bar, paint);
  }
  const goal = `needed for ${threshold.verdict}`;
  text += paint(
    'dim',
    `  ${goal.padEnd(SAYS_WIDTH)}${''.padStart(7)} ${nats(threshold.log_odds).padStart(8)} ${probability(threshold.probability).padStart(9)}\n`,
  );
  const rest = dossier.terms.filter((term) => !term.counted);
  if (rest.length > 0) {
    text += heading('Seen, but not counted', paint);
    for (const { reason, why_not } of rest.slice(0, 12)) text += `  ${reason}: ${why_not}\n`;
    if (rest.length > 12) text += `  and ${rest.length - 12} more\n`;
  }
  return text;
}

function flipText({ flip, verdict }: SubjectDossier, paint: Paint): string {
  if (verdict === 'clear') return '';
  let text = heading('What the verdict stands on', paint);
  if (flip === null)
    return `${text}  Not on its own evidence alone: a rule for the whole cluster or list, or an analyst, decided.\n`;
  if (flip.removed.length === 0) return `${text}  No removal of evidence changes it.\n`;
  text += `  Without ${flip.smallest ? 'this smallest set of' : 'these'} ${plural(flip.removed.length, 'fact')} it would be milder:\n`;
  for (const { says, reason, weight, fact } of flip.removed) {
    text += `  ${nats(weight).padStart(7)}  ${printable(says)} ${paint('dim', `(${reason}, fact ${fact})`)}\n`;
  }
  return text;
}

function linksText({ links, link_count }: SubjectDossier, paint: Paint): string {
  if (links.length === 0) return '';
  let text = heading(`Linked with ${plural(link_count, 'account')}`, paint);
  for (const link of links) {
    const why = link.shared.map(({ title, value }) => `${printable(title)}: ${printable(value)}`).join('; ');
    text += `  ${nats(link.weight).padStart(7)}  ${printable(link.account_id)} (${link.verdict})  ${paint('dim', clip(why, 90))}\n`;
  }
  if (link_count > links.length) text += `  and ${link_count - links.length} more in links.parquet\n`;
  return text;
}

function listText(title: string, lines: readonly string[], paint: Paint): string {
  return lines.length === 0 ? '' : heading(title, paint) + lines.map((line) => `  ${line}\n`).join('');
}

function subjectText(dossier: SubjectDossier, paint: Paint): string {
  const about = Object.entries(dossier.about).filter(([, value]) => value !== null && value !== '');
  const title = `${dossier.kind} ${paint('bold', printable(dossier.id))}`;
  return [
    `${title}  ${verdictWord(dossier.verdict, paint)}  probability ${probability(dossier.risk)}\n`,
    paint('dim', `as of ${instant(Date.parse(dossier.snapshot))}\n\n`),
    columns(about.map(([name, value]) => [name, printable(String(value))])),
    listText('Held because', dossier.held_by, paint),
    waterfallText(dossier, paint),
    flipText(dossier, paint),
    linksText(dossier, paint),
    listText(
      'Its devices that are not clear',
      dossier.devices.map(
        ({ device_id, verdict, risk, reasons }) =>
          `${printable(device_id)}  ${verdict}  ${probability(risk)}  ${reasons.join(', ')}`,
      ),
      paint,
    ),
    listText(
      'What the exclusion survived',
      dossier.certificates.map(
        ({ test, log_odds, margin }) =>
          `${test}: ${nats(log_odds)} left, ${nats(margin)} above the threshold`,
      ),
      paint,
    ),
    listText(
      "Analysts' decisions",
      dossier.decisions.map(
        ({ verdict, by, at, why, state }) =>
          `${at.slice(0, 10)} ${verdict} by ${printable(by)} (${state}): ${printable(why)}`,
      ),
      paint,
    ),
    listText(
      'What an appeal could show',
      dossier.appeal.map(({ title, shows }) => `${title}: ${shows}`),
      paint,
    ),
    listText(
      'What this run could not see',
      dossier.unseen.map(({ detector, why }) => `${detector} ${printable(why)}`),
      paint,
    ),
  ].join('');
}

function clusterText(dossier: ClusterDossier, paint: Paint): string {
  const { accounts, devices, excluded, stability, density } = dossier;
  return [
    `cluster ${paint('bold', printable(dossier.id))}  probability ${probability(dossier.risk)}\n`,
    paint('dim', `as of ${instant(Date.parse(dossier.snapshot))}\n\n`),
    columns([
      ['accounts', `${grouped(accounts)}, of which ${grouped(excluded)} excluded`],
      ['devices', grouped(devices)],
      ['seen', `${dossier.first_seen} to ${dossier.last_seen}`],
      ['stays together in', `${percent(stability, 1)} of the runs with other resolutions and seeds`],
      ['a member shares a fact with', `${percent(density, 1)} of the others`],
      ['reasons', dossier.reasons.join(', ')],
    ]),
    listText(
      'What its accounts share',
      dossier.shared.map(
        ({ title, value, links, weight }) =>
          `${nats(weight).padStart(7)}  ${printable(title)}: ${clip(printable(value), 60)}  (${plural(links, 'link')})`,
      ),
      paint,
    ),
    listText(
      'Members',
      dossier.members.map(
        ({ account_id, verdict, risk, points_before }) =>
          `${printable(account_id)}  ${verdict}  ${probability(risk)}  ${grouped(points_before)} points`,
      ),
      paint,
    ),
  ].join('');
}

/** `paint` colours a text or leaves it as it is. */
export function dossierText(dossier: Dossier, paint: Paint): string {
  return dossier.kind === 'cluster' ? clusterText(dossier, paint) : subjectText(dossier, paint);
}
