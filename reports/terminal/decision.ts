/** What `decide` prints: the lines, and what the next run will make of them. */

import type { OperatorEffect, Preview, VerdictEffect } from '../../contracts/decision-preview.ts';
import type { OperatorDecision } from '../../contracts/operator-decision.ts';
import type { Decision } from '../../contracts/verdict.ts';
import { plural } from '../figures.ts';
import { printable } from './printable.ts';

export interface DecideSummary extends Preview {
  file: string;
  written: boolean;
  lines: (Decision | OperatorDecision)[];
}

/** Subjects that are named one by one. */
const NAMED = 20;

function verdictSentence(effect: VerdictEffect): string {
  const { subject_type, subject, now, next, facts, replaces, state } = effect;
  const is = `${subject_type} ${printable(subject)}${now === null ? '' : ` is ${now}`}`;
  if (state === 'superseded') return `${is}: a newer line of the file holds; this one changes nothing`;
  if (state === 'expired') return `${is}: this line ends before the run's snapshot and changes nothing there`;
  const before = replaces > 0 ? `, instead of ${plural(replaces, 'older line')}` : '';
  if (next === 'exclude' || next === 'void')
    return `${is}: the next run says ${next}, whatever the evidence${before}`;
  const seen =
    facts > 0
      ? `; a counted fact beyond the ${facts} noted as seen reopens it`
      : '; any counted fact reopens it';
  return `${is}: the next run says ${next}${before}${seen}`;
}

function clusterSentence({
  cluster_id,
  accounts,
  named,
  excluded,
}: OperatorEffect['clusters'][number]): string {
  return `touches ${cluster_id}: ${plural(accounts, 'account')}, ${named} of them named, ${excluded} excluded`;
}

const STATES: Readonly<Record<OperatorEffect['state'], string>> = {
  'in-force': 'will be in force',
  expired: "ends before the run's snapshot and changes nothing there",
  superseded: 'newer lines of the file say otherwise; it changes nothing',
  'unknown-subject': 'too few of its accounts are in the data to mean anything',
};

function operatorSentences(line: OperatorDecision, effect: OperatorEffect): string[] {
  const names = (ids: readonly string[]) =>
    ids.slice(0, 5).map(printable).join(', ') + (ids.length > 5 ? ` and ${ids.length - 5} more` : '');
  const kept = line.operator === 'pin' ? ` as ${line.cluster}` : '';
  const sentences = [
    `${line.operator} of ${plural(line.accounts.length, 'account')}${kept}: ${STATES[effect.state]}`,
  ];
  if (effect.state === 'in-force' && effect.set_aside.length > 0)
    sentences.push(`without ${names(effect.set_aside)}, about whom newer lines say otherwise`);
  for (const { kind, by, at, loses, state } of effect.overrides) {
    const lost = state === 'superseded' ? 'all of it' : names(loses);
    sentences.push(`overrides the ${kind} by ${printable(by)} of ${at.slice(0, 10)}: ${lost}`);
  }
  sentences.push(...effect.clusters.map(clusterSentence));
  if (effect.lone > 0) sentences.push(`in no cluster so far: ${plural(effect.lone, 'account')}`);
  if (line.operator === 'split')
    sentences.push('what both sides share no longer joins them; every verdict is asked for anew');
  else if (effect.state === 'in-force') {
    sentences.push('nobody is excluded by it');
    if (effect.held > 0)
      sentences.push(
        `${plural(effect.held, 'account')} now clear will be held, beside excluded ones of the same operator`,
      );
  }
  return sentences;
}

export function decisionText({ file, written, lines, verdicts, operators }: DecideSummary): string {
  const wrote = `${plural(lines.length, 'line')} ${written ? 'appended to' : 'not appended to'} ${printable(file)}`;
  const said = operators.flatMap((effect, i) => {
    const [line] = lines.filter((one) => 'operator' in one).slice(i);
    return operatorSentences(line as OperatorDecision, effect);
  });
  const rest = verdicts.length - NAMED;
  const all = [
    ...verdicts.slice(0, NAMED).map(verdictSentence),
    ...(rest > 0 ? [`and ${plural(rest, 'more subject')}`] : []),
    ...said,
  ];
  return [wrote, ...all.map((sentence) => `  ${sentence}`), ''].join('\n');
}
