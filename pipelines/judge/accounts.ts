/** Judges every account that has evidence: first each alone, then the list as a whole. */
import type { Policy } from '../../contracts/policy.ts';
import type { CertificateRow, HeldBy, Term } from '../../contracts/verdict.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type AccountContext, type AccountPiece, judgeAccount, withinBudget } from './account-rule.ts';
import type { DecisionBook } from './decisions.ts';
import { fuseSubject, reasonsOf, type Subject, subjects, termsOf } from './findings.ts';
import { complement, logit, risk } from './fusion.ts';
import { ClusterPool, type Pooled } from './pool.ts';
import { writeCertificates, writeTerms } from './write.ts';

interface Outcome {
  id: string;
  clusterId: string | null;
  logOdds: number;
  carrying: number;
  verdict: 'candidate' | 'exclude' | 'review' | 'clear';
  heldBy: HeldBy[];
  reasons: string[];
  bridge: boolean;
  certificates: Omit<CertificateRow, 'account_id'>[];
  /** Kept only for subjects with a decision. */
  terms: Term[] | null;
}

interface ContextRow {
  account_id: string;
  house: boolean;
  accounts: number | null;
  stable: boolean | null;
  density: number | null;
  bridge: boolean | null;
}

export interface Judged {
  accounts: { id: string; verdict: string; risk: number; reasons: string[]; heldBy: HeldBy[] }[];
  clusters: { id: string; risk: number; reasons: string[] }[];
}

async function contexts(
  warehouse: Warehouse,
  low: number,
  high: number,
): Promise<Map<string, AccountContext>> {
  const rows = await warehouse.rows<ContextRow>(
    `SELECT account_id, house, accounts, stable, density, bridge FROM account_context WHERE account_id IN
     (SELECT subject_id FROM account_finding WHERE subject_no >= $low AND subject_no < $high)`,
    { low, high },
  );
  return new Map(
    rows.map(({ account_id, house, accounts, stable, density, bridge }) => [
      account_id,
      {
        house,
        cluster: accounts === null ? null : { accounts, stable: stable!, density: density!, bridge: bridge! },
      },
    ]),
  );
}

function judgeOne(
  subject: Subject,
  context: AccountContext,
  policy: Policy,
): { outcome: Outcome; terms: Term[] } {
  const pieces: AccountPiece[] = subject.evidence.map(({ row, ...piece }) => ({
    ...piece,
    links: row.links,
    hub: row.hub,
    sharers: row.sharers ?? 0,
    inCluster: row.sharers_in_cluster ?? 0,
  }));
  const all = fuseSubject(subject, 'account', policy);
  const terms = termsOf(subject, all, 'account');
  const finding = judgeAccount(pieces, all, context, policy);
  const outcome: Outcome = {
    ...finding,
    id: subject.id,
    clusterId: subject.clusterId,
    reasons: reasonsOf(terms),
    bridge: context.cluster?.bridge ?? false,
    terms: null,
  };
  return { outcome, terms };
}

/** A member of a cluster that is surely one operator's, with too little against itself, is held, not excluded. */
function holdCarried(outcomes: readonly Outcome[], pools: ReadonlyMap<string, Pooled>, policy: Policy): void {
  const convicted = new Set(
    outcomes.flatMap(({ verdict, clusterId }) => (verdict === 'candidate' && clusterId ? [clusterId] : [])),
  );
  for (const outcome of outcomes) {
    const { clusterId, verdict, bridge } = outcome;
    if (verdict !== 'clear' || bridge || !clusterId || !convicted.has(clusterId)) continue;
    if (pools.get(clusterId)!.solidLogOdds < logit(policy.thresholds.exclude)) continue;
    outcome.verdict = 'review';
    outcome.heldBy.push('carried-by-others');
  }
}

function applyBudget(outcomes: readonly Outcome[], policy: Policy): void {
  const candidates = outcomes.filter(({ verdict }) => verdict === 'candidate');
  const taken = withinBudget(candidates, complement, policy.riskBudget);
  for (const outcome of candidates) {
    if (taken.has(outcome.id)) outcome.verdict = 'exclude';
    else {
      outcome.verdict = 'review';
      outcome.heldBy.push('risk-budget');
    }
  }
}

/** Writes terms and certificates; returns what stands in `verdict.account` and `verdict.cluster`. */
export async function judgeAccounts(
  policy: Policy,
  decisions: DecisionBook,
  warehouse: Warehouse,
  progress: (done: number) => void,
): Promise<Judged> {
  const outcomes: Outcome[] = [];
  const pools = new Map<string, Pooled>();
  let open: { id: string; pool: ClusterPool } | null = null;
  const close = (): void => {
    if (open) pools.set(open.id, open.pool.fuse(policy));
    open = null;
  };
  let low = 0;
  for await (const { batch, done } of subjects(warehouse, 'account', policy)) {
    const context = await contexts(warehouse, low, done);
    const terms: Term[] = [];
    for (const subject of batch) {
      const judged = judgeOne(subject, context.get(subject.id)!, policy);
      terms.push(...judged.terms);
      if (decisions.knows('account', subject.id)) judged.outcome.terms = judged.terms;
      outcomes.push(judged.outcome);
      if (subject.clusterId !== (open as { id: string } | null)?.id) close();
      if (subject.clusterId) {
        open ??= { id: subject.clusterId, pool: new ClusterPool() };
        open.pool.add(subject.evidence.filter(({ row }) => !row.hub));
      }
    }
    await writeTerms(warehouse, terms);
    low = done;
    progress(done);
  }
  close();
  holdCarried(outcomes, pools, policy);
  applyBudget(outcomes, policy);
  const accounts = outcomes.map(({ id, verdict, terms, logOdds, reasons, heldBy }) => {
    const decided = decisions.apply('account', id, verdict, terms ?? []);
    const held: HeldBy[] = decided.byDecision ? [...heldBy, 'decision'] : heldBy;
    return { id, verdict: decided.verdict, risk: risk(logOdds), reasons, heldBy: held };
  });
  const excluded = new Set(accounts.filter(({ verdict }) => verdict === 'exclude').map(({ id }) => id));
  await writeCertificates(
    warehouse,
    outcomes.flatMap(({ id, certificates }) =>
      excluded.has(id) ? certificates.map((certificate) => ({ account_id: id, ...certificate })) : [],
    ),
  );
  const clusters = [...pools].map(([id, { logOdds, reasons }]) => ({ id, risk: risk(logOdds), reasons }));
  return { accounts, clusters };
}
