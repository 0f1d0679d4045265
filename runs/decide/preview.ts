/** What the next run on the same data will make of new lines. */

import type { OperatorEffect, Preview, VerdictEffect } from '../../contracts/decision-preview.ts';
import type { OperatorDecision, OperatorDecisionRow } from '../../contracts/operator-decision.ts';
import type { Decision } from '../../contracts/verdict.ts';
import { namedAccounts, type OperatorBook, operatorBook } from '../../pipelines/cluster/decisions.ts';
import type { Decisions } from '../../pipelines/judge/decisions-file.ts';
import type { Run } from '../../pipelines/publish/read-run.ts';
import { decideSql, type Known } from './known.ts';

function verdictEffect(line: Decision, before: Decisions, known: Known | null): VerdictEffect {
  const { subject_type, subject, verdict } = line;
  const others = before.verdicts.filter(
    (one) => one.subject_type === subject_type && one.subject === subject,
  );
  const newer = others.filter(({ at }) => Date.parse(at) > Date.parse(line.at));
  const subjects = subject_type === 'account' ? known?.accounts : known?.devices;
  const expired = known !== null && line.until !== null && Date.parse(line.until) <= known.snapshot;
  return {
    subject_type,
    subject,
    now: subjects?.get(subject)?.verdict ?? null,
    next: verdict,
    facts: line.evidence.length,
    replaces: others.length - newer.length,
    state: newer.length > 0 ? 'superseded' : expired ? 'expired' : 'in-force',
  };
}

/** Older lines that were in force and now are not, or about fewer accounts. */
function overridden(before: OperatorBook, after: OperatorBook): OperatorEffect['overrides'] {
  const key = ({ at, kind, accounts, from, by, why }: OperatorDecisionRow) =>
    JSON.stringify([at, kind, accounts, from, by, why]);
  const later = new Map(after.rows.map((row) => [key(row), row]));
  return before.rows.flatMap((row) => {
    const now = later.get(key(row));
    if (!now || row.state !== 'in-force') return [];
    const had = new Set(row.set_aside);
    const loses = now.set_aside.filter((id) => !had.has(id));
    if (loses.length === 0 && now.state === row.state) return [];
    const { kind, by, at, why } = row;
    return [{ kind, by, at: new Date(at).toISOString(), why, loses, state: now.state }];
  });
}

interface MemberRow {
  cluster_id: string;
  account_id: string;
  verdict: string;
}

/** Clusters that a line touches, whole: an analyst names some accounts, their clusters follow. */
async function touched(
  line: OperatorDecision,
  run: Run,
): Promise<Pick<OperatorEffect, 'clusters' | 'lone' | 'held'>> {
  const ids = namedAccounts([line]);
  const rows = await run.rows<{ kind: string; id: string; verdict: string; cluster_id: string | null }>(
    decideSql('known'),
    { ids: JSON.stringify(ids) },
  );
  const accounts = rows.filter(({ kind }) => kind === 'account');
  const own = [...new Set(accounts.flatMap(({ cluster_id }) => cluster_id ?? []))].sort();
  const members = await run.rows<MemberRow>(decideSql('members'), { ids: JSON.stringify(own) });
  const named = new Set(ids);
  const clusters = own.map((cluster_id) => {
    const inside = members.filter((member) => member.cluster_id === cluster_id);
    return {
      cluster_id,
      accounts: inside.length,
      named: inside.filter(({ account_id }) => named.has(account_id)).length,
      excluded: inside.filter(({ verdict }) => verdict === 'exclude').length,
    };
  });
  const lone = accounts.filter(({ cluster_id }) => cluster_id === null);
  const convicted = clusters.filter(({ excluded }) => excluded > 0).map(({ cluster_id }) => cluster_id);
  const beside = (cluster: string | null) => convicted.some((id) => id !== cluster);
  const clear = [
    ...members.filter(({ verdict, cluster_id }) => verdict === 'clear' && beside(cluster_id)),
    ...lone.filter(({ verdict }) => verdict === 'clear' && beside(null)),
  ];
  return { clusters, lone: lone.length, held: line.operator === 'split' ? 0 : clear.length };
}

async function operatorEffect(
  line: OperatorDecision,
  before: Decisions,
  run: Run | null,
  known: Known | null,
): Promise<OperatorEffect> {
  const all = [...before.operators, line];
  let exists: (id: string) => boolean = () => true;
  if (run) {
    const rows = await run.rows<{ kind: string; id: string }>(decideSql('known'), {
      ids: JSON.stringify(namedAccounts(all)),
    });
    const accounts = new Set(rows.flatMap(({ kind, id }) => (kind === 'account' ? [id] : [])));
    exists = (id) => accounts.has(id);
  }
  const snapshot = known?.snapshot ?? Date.parse(line.at);
  const after = operatorBook(all, snapshot, exists);
  const at = Date.parse(line.at);
  const { state, set_aside } = after.rows.findLast((row) => row.at === at)!;
  return {
    state,
    set_aside,
    overrides: overridden(operatorBook(before.operators, snapshot, exists), after),
    ...(run ? await touched(line, run) : { clusters: [], lone: 0, held: 0 }),
  };
}

/** `before` is what the file holds already. Without a run only the file can be asked. */
export async function preview(
  lines: readonly (Decision | OperatorDecision)[],
  before: Decisions,
  known: Known | null,
  run: Run | null,
): Promise<Preview> {
  const result: Preview = { verdicts: [], operators: [] };
  for (const line of lines) {
    if ('operator' in line) result.operators.push(await operatorEffect(line, before, run, known));
    else result.verdicts.push(verdictEffect(line, before, known));
  }
  return result;
}
