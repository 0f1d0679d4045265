/** What `challenges` prints of a plan. */

import type { Plan } from '../../contracts/challenge-plan.ts';
import { printable } from './printable.ts';

export interface PlanSummary extends Omit<Plan, 'rows'> {
  runs: number;
  /** RFC 3339 UTC. */
  firstAt: string;
  lastAt: string;
  /** SHA-256 of the seed. */
  commitment: string;
  /** True when an earlier file stood at that place. */
  replaced: boolean;
  /** True when a planned second has already passed by the clock. */
  passed: boolean;
}

export function planText(plan: PlanSummary, out: string): string {
  const { cards } = plan;
  const lines = [
    `plan ${plan.planId}: ${plan.runs} runs from ${plan.firstAt} to ${plan.lastAt}`,
    `  cards     ${cards.suspect} suspected, ${cards.related} related to them, ${cards.owner} of their owners, ${cards.unverified} never measured, ${cards.control} controls`,
  ];
  if (plan.passed)
    lines.push(
      '  WARNING   the window has already begun: nobody can be asked in the past; plan again with a later --start',
    );
  if (plan.leftOut > 0) lines.push(`  left out  ${plan.leftOut} machines: the budget is spent`);
  if (plan.unknownModel > 0)
    lines.push(`  left out  ${plan.unknownModel} machines: a claimed model that the catalogue does not know`);
  lines.push(
    `  ${plan.replaced ? 'replaced' : 'written '}  ${printable(out)}: keep it and the seed secret until ${plan.lastAt}`,
    `  publish   the commitment sha256 ${plan.commitment} before, the seed afterwards`,
  );
  return `${lines.join('\n')}\n`;
}
