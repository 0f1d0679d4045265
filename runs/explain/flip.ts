/** Which evidence a verdict stands on: the judge's own rule, asked again with terms left out. */
import type { DetectorMeta } from '../../contracts/detector.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { Term } from '../../contracts/verdict.ts';
import { type AccountContext, type AccountPiece, judgeAccount } from '../../pipelines/judge/account-rule.ts';
import { judgeDevice } from '../../pipelines/judge/device-rule.ts';
import { type Flip, flipSet } from '../../pipelines/judge/flip.ts';
import { fuse } from '../../pipelines/judge/fusion.ts';

export interface FlipInput {
  kind: 'account' | 'device';
  /** `exclude`, `void` or `review`. */
  verdict: string;
  terms: readonly Term[];
  context: AccountContext;
  detectors: Readonly<Record<string, DetectorMeta>>;
  policy: Policy;
}

function pieceOf(term: Term, { detectors, policy }: FlipInput): AccountPiece {
  const { detector, family, level, value, forgeable_by, weight_raw } = term;
  return {
    detector,
    family,
    level,
    value,
    forgeable_by,
    raw: weight_raw,
    contradiction: Object.hasOwn(policy.contradictions.levels[detector] ?? {}, level),
    links: detectors[detector]?.links ?? false,
    sharers: term.sharers ?? 0,
    inCluster: term.sharers_in_cluster ?? 0,
  };
}

/** The rule's answer for the terms that are left; `candidate` is an exclusion before the list's risk budget. */
function ruleSays(left: readonly Term[], input: FlipInput): string {
  const pieces = left.map((term) => pieceOf(term, input));
  const all = fuse(pieces, input.kind, input.policy);
  if (input.kind === 'device') return judgeDevice(pieces, all, input.policy).verdict;
  const { verdict } = judgeAccount(pieces, all, input.context, input.policy);
  return verdict === 'candidate' ? 'exclude' : verdict;
}

const HARSHNESS = ['clear', 'review', 'void', 'exclude'];

/**
 * The smallest set of terms without which the rule is milder than `verdict`; null when the rule alone is milder already,
 * because an analyst or the rule for whole clusters decided.
 */
export function flipOf(input: FlipInput): Flip<Term> | null {
  const holds = (left: readonly Term[]) =>
    HARSHNESS.indexOf(ruleSays(left, input)) >= HARSHNESS.indexOf(input.verdict);
  return holds(input.terms) ? flipSet(input.terms, holds) : null;
}
