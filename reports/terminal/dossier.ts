/** A dossier for a terminal. */
import type { Dossier, SubjectDossier } from '../../contracts/dossier.ts';
import { grouped, instant, nats, plural, probability } from '../figures.ts';
import { clusterText } from './cluster.ts';
import { printable } from './printable.ts';
import { clip, columns, heading, listText, type Paint } from './text.ts';
import { waterfallText } from './waterfall.ts';

export type { Paint } from './text.ts';

const COLOUR = { exclude: 'red', void: 'red', review: 'yellow', clear: 'green' } as const;

function verdictWord(verdict: string, paint: Paint): string {
  const colour = COLOUR[verdict as keyof typeof COLOUR];
  const word = verdict.toUpperCase();
  return colour ? paint(['bold', colour], word) : word;
}

function flipText({ flip, verdict }: SubjectDossier, paint: Paint): string {
  if (verdict === 'clear') return '';
  let text = heading('What the verdict stands on', paint);
  if (flip === null)
    return `${text}  Not on its own evidence alone: a rule for the whole cluster or list, or an analyst, decided.\n`;
  if (flip.removed.length === 0) return `${text}  No removal of evidence changes it.\n`;
  const many = flip.removed.length === 1 ? 'this one fact' : `these ${flip.removed.length} facts`;
  text += `  Without ${many} it would be milder${flip.smallest ? '' : ' (there may be a smaller set)'}:\n`;
  for (const { says, reason, weight, fact } of flip.removed) {
    text += `  ${nats(weight).padStart(7)}  ${says} ${paint('dim', `(${reason}, fact ${fact})`)}\n`;
  }
  return text;
}

function linksText({ links, link_count }: SubjectDossier, paint: Paint): string {
  if (links.length === 0) return '';
  let text = heading(`Linked with ${plural(link_count, 'account')}`, paint);
  for (const link of links) {
    text += `  ${nats(link.weight).padStart(7)}  ${link.account_id} (${link.verdict})\n`;
    for (const { title, value } of link.shared) {
      text += paint('dim', `           ${title}: ${clip(value, 80)}\n`);
    }
  }
  if (link_count > links.length) text += `  and ${link_count - links.length} more in links.parquet\n`;
  return text;
}

function activityText({ activity }: SubjectDossier, paint: Paint): string {
  const [first, last] = [activity[0], activity.at(-1)];
  if (!first || !last) return '';
  const sum = (name: 'messages' | 'online_bins' | 'pings' | 'answered') =>
    activity.reduce((total, day) => total + day[name], 0);
  return listText(
    'Activity',
    [
      `${plural(activity.length, 'day')} with heartbeats, ${first.day} to ${last.day}: ${grouped(sum('messages'))} messages in ${grouped(sum('online_bins'))} quarter hours`,
      `${grouped(sum('answered'))} of ${grouped(sum('pings'))} probes of the network answered`,
    ],
    paint,
  );
}

function subjectText(dossier: SubjectDossier, paint: Paint, width: number): string {
  const about = Object.entries(dossier.about).filter(([, value]) => value !== null && value !== '');
  const title = `${dossier.kind} ${paint('bold', dossier.id)}`;
  return [
    `${title}  ${verdictWord(dossier.verdict, paint)}  probability ${probability(dossier.risk)}\n`,
    paint('dim', `as of ${instant(Date.parse(dossier.snapshot))}\n\n`),
    columns(about.map(([name, value]) => [name, String(value)])),
    listText(dossier.verdict === 'clear' ? 'Not held because' : 'Held because', dossier.held_by, paint),
    waterfallText(dossier, paint, width),
    flipText(dossier, paint),
    linksText(dossier, paint),
    activityText(dossier, paint),
    listText(
      'Its devices that are not clear',
      dossier.devices.map(
        ({ device_id, verdict, risk, reasons }) =>
          `${device_id}  ${verdict}  ${probability(risk)}  ${reasons.join(', ')}`,
      ),
      paint,
    ),
    listText(
      'One card sold to several owners',
      dossier.merchants.flatMap(({ merchant_id, says, own_devices, advice }) => [
        `${merchant_id}: ${says} Of this ${dossier.kind}: ${own_devices.join(', ')}.`,
        advice,
      ]),
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
        ({ verdict, by, at, why, state }) => `${at.slice(0, 10)} ${verdict} by ${by} (${state}): ${why}`,
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
      dossier.unseen.map(({ detector, why }) => `${detector} ${why}`),
      paint,
    ),
  ].join('');
}

/** The same value with every text made safe for a terminal, keys included. */
function safe<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map(safe) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [printable(key), safe(item)])) as T;
}

/** `paint` colours a text or leaves it as it is; the waterfall fits `width` characters. */
export function dossierText(dossier: Dossier, paint: Paint, width = Number.POSITIVE_INFINITY): string {
  const shown = safe(dossier);
  return shown.kind === 'cluster' ? clusterText(shown, paint) : subjectText(shown, paint, width);
}
