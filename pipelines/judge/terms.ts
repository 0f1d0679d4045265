/**
 * What is done with terms whatever their subject: naming facts, writing a sum into them, reading reasons out.
 * Pure.
 */
import { createHash } from 'node:crypto';
import type { Term } from '../../contracts/verdict.ts';
import type { Fused } from './fusion.ts';

/** 16 hex digits that name a fact from run to run. */
export function factId(detector: string, level: string, value: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([detector, level, value]))
    .digest('hex')
    .slice(0, 16);
}

/** Terms with their part in a sum, in the order of the pieces that were summed. */
export function summed(
  terms: readonly Term[],
  { weights, whyNot }: Pick<Fused, 'weights' | 'whyNot'>,
): Term[] {
  return terms.map((term, i) => {
    const weight = weights[i]!;
    return {
      ...term,
      weight,
      counted: weight > 0,
      why_not: weight > 0 ? null : (term.why_not ?? whyNot[i]!),
    };
  });
}

/** Reason codes of the counted terms, strongest first, each once. */
export function reasonsOf(terms: readonly Pick<Term, 'reason' | 'weight'>[]): string[] {
  const best = new Map<string, number>();
  for (const { reason, weight } of terms) if (weight > (best.get(reason) ?? 0)) best.set(reason, weight);
  return [...best].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([reason]) => reason);
}
