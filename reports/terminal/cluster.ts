/**
 * The dossier of a cluster for a terminal: its facts as a table, who is tied to whom by which, and its
 * members.
 */
import type { ClusterDossier, ClusterFact } from '../../contracts/dossier.ts';
import { grouped, instant, nats, percent, plural, probability } from '../figures.ts';
import { clip, columns, heading, listText, type Paint } from './text.ts';

/** Rows that are printed of each list; all of them stand in the JSON. */
const FACTS = 40;
const TIES = 20;
const MEMBERS = 60;

const AUTHOR: Readonly<Record<string, string>> = { anyone: 'anyone', operator: 'accused', nobody: 'network' };

/** `2024-03-27 to 2024-04-24`, or one day. */
function span({ first_at, last_at }: ClusterFact): string {
  const [from, to] = [first_at?.slice(0, 10), last_at?.slice(0, 10)];
  return from && to && from !== to ? `${from} to ${to}` : (from ?? to ?? '');
}

function aligned(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, c) => Math.max(...all.map((row) => [...row[c]!].length)));
  return all.map((row) =>
    row
      .map((cell, c) => {
        const space = ' '.repeat(widths[c]! - [...cell].length);
        return right.includes(c) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

function factsText({ facts, fact_count }: ClusterDossier, paint: Paint): string {
  if (facts.length === 0) return '';
  const [head, ...rows] = aligned(
    ['', 'nats', 'accounts', 'family', 'author', 'seen', 'first', 'what'],
    facts
      .slice(0, FACTS)
      .map((fact) => [
        ...[fact.letter, nats(fact.weight), grouped(fact.accounts), fact.family],
        ...[AUTHOR[fact.forgeable_by] ?? fact.forgeable_by, span(fact), clip(fact.first ?? '', 16)],
        `${fact.title}: ${clip(fact.value, 40)}`,
      ]),
    [1, 2],
  );
  const more = fact_count > FACTS ? `  and ${fact_count - FACTS} more\n` : '';
  return `${heading('What its accounts share', paint)}${paint('dim', `  ${head}`)}\n${rows.map((row) => `  ${row}\n`).join('')}${more}`;
}

function tiesText({ ties, tie_count }: ClusterDossier, paint: Paint): string {
  if (ties.length === 0) return '';
  const rows = aligned(
    ['nats', 'registered first', 'later', 'by'],
    ties.slice(0, TIES).map(({ a, b, weight, facts }) => [nats(weight), a, b, facts.join(' ')]),
    [0],
  );
  const more = tie_count > TIES ? `  and ${tie_count - TIES} more in links.parquet\n` : '';
  return `${heading('Ties', paint)}${paint('dim', `  ${rows[0]}`)}\n${rows
    .slice(1)
    .map((row) => `  ${row}\n`)
    .join('')}${more}`;
}

export function clusterText(dossier: ClusterDossier, paint: Paint): string {
  const { accounts, devices, excluded, stability, density, members } = dossier;
  return [
    `cluster ${paint('bold', dossier.id)}  probability ${probability(dossier.risk)}\n`,
    paint('dim', `as of ${instant(Date.parse(dossier.snapshot))}\n\n`),
    columns([
      ['accounts', `${grouped(accounts)}, of which ${grouped(excluded)} excluded`],
      ['devices', grouped(devices)],
      ['seen', `${dossier.first_seen} to ${dossier.last_seen}`],
      ['stays together in', `${percent(stability, 1)} of the runs with other resolutions and seeds`],
      ['a member shares a fact with', `${percent(density, 1)} of the others`],
      ['reasons', dossier.reasons.join(', ')],
    ]),
    factsText(dossier, paint),
    tiesText(dossier, paint),
    listText(
      "Analysts' decisions",
      dossier.decisions.map(
        ({ kind, by, at, why, state, accounts: named }) =>
          `${at.slice(0, 10)} ${kind} of ${plural(named, 'account')} by ${by} (${state}): ${why}`,
      ),
      paint,
    ),
    listText(
      'Members, in order of registration',
      members
        .slice(0, MEMBERS)
        .map(
          ({ account_id, verdict, risk, points_before, created }, i) =>
            `${String(i + 1).padStart(3)}  ${created.slice(0, 16).replace('T', ' ')}  ${account_id}  ${verdict}  ${probability(risk)}  ${grouped(points_before)} points`,
        ),
      paint,
    ),
    members.length > MEMBERS ? `  and ${members.length - MEMBERS} more\n` : '',
  ].join('');
}
