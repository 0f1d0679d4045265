/** The same accounts without and with what attackers wrote: what changed, and what must never change. */
import type { Verdicts } from './pipeline.ts';

export interface Change {
  kind: 'account' | 'device';
  id: string;
  from: string;
  to: string;
  /** Points that the account lost while it is not excluded, if any. */
  lost: number;
  reasons: string;
}

const worst = (verdict: string): boolean => verdict === 'exclude' || verdict === 'void';

/** Every subject of `before` whose verdict or points changed. */
export function changes(before: Verdicts, after: Verdicts): Change[] {
  const all: Change[] = [];
  for (const kind of ['account', 'device'] as const) {
    const later = after[`${kind}s`];
    for (const [id, was] of before[`${kind}s`]) {
      const is = later.get(id);
      if (!is) throw new Error(`${kind} ${id} has no verdict any more`);
      const lost = Math.max(0, was.points - is.points);
      if (was.verdict !== is.verdict || lost > 0)
        all.push({ kind, id, from: was.verdict, to: is.verdict, lost, reasons: is.reasons });
    }
  }
  return all;
}

/** Framed: excluded or void though without the attackers' rows it was not, or robbed of points. */
export const framed = ({ from, to, lost }: Change): boolean =>
  (worst(to) && !worst(from)) || (lost > 0 && !worst(to));

/** Laundered: freed of an exclusion by rows that somebody added. */
export const laundered = ({ from, to }: Change): boolean => worst(from) && to === 'clear';

/** Held though clear without the attackers' rows. */
export const held = ({ from, to }: Change): boolean => from === 'clear' && to === 'review';
