/** Which evidence a verdict stands on: the judge's own rule, asked again with terms left out. */
import type { Policy } from '../../contracts/policy.ts';
import type { Term } from '../../contracts/verdict.ts';
import { type AccountContext, judgeAccount } from '../../pipelines/judge/account-rule.ts';
import type { Machine } from '../../pipelines/judge/cards.ts';
import { type Flip, flipSet } from '../../pipelines/judge/flip.ts';
import { fuse } from '../../pipelines/judge/fusion.ts';
import { judgeMachine } from '../../pipelines/judge/machine.ts';
import { pieceOf, statementOf } from '../../pipelines/judge/piece.ts';

/** Whose verdict it is, with what the rule asks beside its terms. */
export type About = { kind: 'account'; context: AccountContext } | { kind: 'device'; machine: Machine };

export interface FlipInput {
  about: About;
  /** `exclude`, `void` or `review`. */
  verdict: string;
  terms: readonly Term[];
  policy: Policy;
}

/**
 * The rule's answer for the terms that are left; `candidate` is an exclusion before the list's risk budget.
 */
function ruleSays(left: readonly Term[], { about, policy }: FlipInput): string {
  if (about.kind === 'device') return judgeMachine(left, about.machine, policy).verdict;
  const pieces = left.map((term) => pieceOf(term, policy));
  const { verdict } = judgeAccount(pieces, fuse(pieces, 'account', policy), about.context, policy);
  return verdict === 'candidate' ? 'exclude' : verdict;
}

/**
 * What is left without the weaker levels of a fact that was taken away: who disproves it disproves them too.
 */
function withoutWeaker(left: readonly Term[], policy: Policy): Term[] {
  const stated = (term: Term) => statementOf(pieceOf(term, policy));
  const facts = new Set(left.filter(({ counted }) => counted).map(stated));
  return left.filter((term) => term.why_not !== 'also-holds' || facts.has(stated(term)));
}

const HARSHNESS = ['clear', 'review', 'void', 'exclude'];

/**
 * The smallest set of terms without which the rule is milder than `verdict`; null when the rule alone is
 * milder already, because an analyst or the rule for whole clusters decided.
 */
export function flipOf(input: FlipInput): Flip<Term> | null {
  const holds = (left: readonly Term[]) =>
    HARSHNESS.indexOf(ruleSays(withoutWeaker(left, input.policy), input)) >= HARSHNESS.indexOf(input.verdict);
  return holds(input.terms) ? flipSet(input.terms, holds) : null;
}
