/**
 * The rule of exclusion. Everything that can exclude rests on facts that no outsider could
 * have created, within the account's own cluster; what others could have created is deleted first, all of it
 * at once, which is stricter than deleting each possible author's part in turn. So no fact marked as
 * forgeable by anyone can exclude anybody.
 */
import type { Policy } from '../../contracts/policy.ts';
import type { CertificateRow, HeldBy } from '../../contracts/verdict.ts';
import { causesOf, withCauses } from './causes.ts';
import { type Fused, fuse, independentFamilies, logit, nats } from './fusion.ts';
import { type Piece, solid } from './piece.ts';

/** Other accounts that an exclusion must survive losing: leave-k-out with k = 3. */
export const LEFT_OUT = 3;

export interface AccountContext {
  house: boolean;
  cluster: { accounts: number; stable: boolean; density: number; bridge: boolean } | null;
}

export interface AccountFinding {
  /** Log-odds over all evidence: the published risk. */
  logOdds: number;
  /** Log-odds over what can carry an exclusion. */
  carrying: number;
  verdict: 'candidate' | 'review' | 'clear';
  heldBy: HeldBy[];
  certificates: Omit<CertificateRow, 'account_id'>[];
}

/**
 * How far a linking fact speaks about this cluster: fully when at least half of the others who share the
 * value are in it, in proportion below that, not at all when none is.
 */
export function concordance(inCluster: number, sharers: number): number {
  return sharers <= 0 || inCluster <= 0 ? 0 : Math.min(1, (2 * inCluster) / sharers);
}

/** Pieces as they are left when `removed` others of each value are taken away. */
function carryingPieces(pieces: readonly Piece[], removed: number): Piece[] {
  return solid(pieces).flatMap((piece) => {
    if (piece.hub) return [];
    if (!piece.links) return [piece];
    const share = concordance(piece.inCluster - removed, piece.sharers - removed);
    return share > 0 ? [{ ...piece, raw: nats(piece.raw * share) }] : [];
  });
}

interface Sum {
  logOdds: number;
  families: number;
  causes: number;
  terms: number;
}

function sum(pieces: readonly Piece[], policy: Policy): Sum {
  const fused = fuse(pieces, 'account', policy);
  const families = independentFamilies(pieces, fused, 'account', policy);
  const causes = causesOf(pieces, fused, policy, 'exclude').size;
  return { logOdds: fused.logOdds, families, causes, terms: pieces.length };
}

/** Whether an account may be excluded, or else held; what one cause alone says is weighed later. */
function byThresholds(
  pieces: readonly Piece[],
  all: Fused,
  context: AccountContext,
  policy: Policy,
): AccountFinding {
  const { thresholds } = policy;
  const exclude = logit(thresholds.exclude);
  const carried = sum(carryingPieces(pieces, 0), policy);
  const finding: AccountFinding = {
    logOdds: all.logOdds,
    carrying: carried.logOdds,
    verdict: all.logOdds >= logit(thresholds.review) ? 'review' : 'clear',
    heldBy: [],
    certificates: [],
  };
  if (all.logOdds < exclude) return finding;
  const left = sum(carryingPieces(pieces, LEFT_OUT), policy);
  const hold = (condition: boolean, code: HeldBy): void => {
    if (condition) finding.heldBy.push(code);
  };
  const { cluster } = context;
  hold(context.house, 'house');
  hold(cluster === null, 'no-cluster');
  if (cluster) {
    hold(cluster.accounts < thresholds.minClusterSize, 'small-cluster');
    hold(!cluster.stable, 'unstable-cluster');
    hold(cluster.density < thresholds.density, 'thin-cluster');
    hold(cluster.bridge, 'bridge');
  }
  const anySolid = fuse(solid(pieces), 'account', policy).logOdds;
  if (anySolid < exclude) hold(true, 'others-could-author');
  else if (carried.logOdds < exclude) hold(true, 'outside-cluster');
  else if (carried.logOdds - thresholds.priorSlack < exclude) hold(true, 'prior-slack');
  hold(carried.families < 2, 'one-family');
  hold(carried.causes < policy.holds.least, 'one-cause');
  hold(left.logOdds < exclude || left.families < 2, 'leave-three-out');
  if (finding.heldBy.length > 0) return finding;
  const row = (test: CertificateRow['test'], removed: number, logOdds: number) => ({
    test,
    terms_removed: removed,
    log_odds: logOdds,
    margin: nats(logOdds - exclude),
  });
  finding.verdict = 'candidate';
  finding.certificates = [
    row('prior-slack', 0, nats(carried.logOdds - thresholds.priorSlack)),
    row('without-others-evidence', pieces.length - carried.terms, carried.logOdds),
    row('without-three-accounts', pieces.length - left.terms, left.logOdds),
  ];
  return finding;
}

/** The pure rule for one account; the budget over the whole list comes later. */
export function judgeAccount(
  pieces: readonly Piece[],
  all: Fused,
  context: AccountContext,
  policy: Policy,
): AccountFinding {
  const finding = byThresholds(pieces, all, context, policy);
  return { ...finding, ...withCauses(finding, pieces, all, policy) };
}

/**
 * Risk budget: the surest first (ties by id) while the expected number of wrongful exclusions, the sum of 1 −
 * p, stays within the budget. Returns the ids that are taken.
 */
export function withinBudget(
  candidates: readonly { id: string; carrying: number }[],
  complementOf: (logOdds: number) => number,
  budget: number,
): Set<string> {
  const order = candidates.toSorted((a, b) => b.carrying - a.carrying || (a.id < b.id ? -1 : 1));
  const taken = new Set<string>();
  let spent = 0;
  for (const { id, carrying } of order) {
    spent += complementOf(carrying);
    if (spent > budget) break;
    taken.add(id);
  }
  return taken;
}
