/**
 * The list of accounts: each judged alone by its terms, then the list as a whole. Pure, so that published
 * terms replay it.
 */
import type { Policy } from '../../contracts/policy.ts';
import type { CertificateRow, HeldBy, Term } from '../../contracts/verdict.ts';
import { type AccountContext, judgeAccount, withinBudget } from './account-rule.ts';
import type { Subject } from './findings.ts';
import { complement, fuse, logit } from './fusion.ts';
import { pieceOf } from './piece.ts';
import { ClusterPool, type Pooled } from './pool.ts';
import { reasonsOf, summed } from './terms.ts';

export interface Outcome {
  id: string;
  clusterId: string | null;
  logOdds: number;
  carrying: number;
  verdict: 'candidate' | 'exclude' | 'review' | 'clear';
  heldBy: HeldBy[];
  reasons: string[];
  bridge: boolean;
  certificates: Omit<CertificateRow, 'account_id'>[];
}

/**
 * A member of a cluster that is surely one operator's, with too little against itself, is held, not excluded.
 */
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

/** Accounts are added with those of a cluster together, so that only one cluster is pooled at a time. */
export class AccountList {
  readonly #policy: Policy;
  readonly #outcomes: Outcome[] = [];
  readonly #pools = new Map<string, Pooled>();
  #open: { id: string; pool: ClusterPool } | null = null;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Returns the account's terms with their part in its sum. */
  add({ id, clusterId, terms }: Subject, context: AccountContext): Term[] {
    const pieces = terms.map((term) => pieceOf(term, this.#policy));
    const all = fuse(pieces, 'account', this.#policy);
    const weighed = summed(terms, all);
    const bridge = context.cluster?.bridge ?? false;
    const finding = judgeAccount(pieces, all, context, this.#policy);
    this.#outcomes.push({ ...finding, id, clusterId, reasons: reasonsOf(weighed), bridge });
    if (clusterId !== this.#open?.id) this.#close();
    if (clusterId) {
      this.#open ??= { id: clusterId, pool: new ClusterPool(this.#policy) };
      this.#open.pool.add(terms);
    }
    return weighed;
  }

  #close(): void {
    if (this.#open) this.#pools.set(this.#open.id, this.#open.pool.fuse());
    this.#open = null;
  }

  /**
   * What holds for the whole list: members that others carry, and the risk budget. Call once, after the last
   * account.
   */
  finish(): { outcomes: Outcome[]; pools: ReadonlyMap<string, Pooled> } {
    this.#close();
    holdCarried(this.#outcomes, this.#pools, this.#policy);
    applyBudget(this.#outcomes, this.#policy);
    return { outcomes: this.#outcomes, pools: this.#pools };
  }
}
