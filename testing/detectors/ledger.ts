/**
 * Holds what units break against the ledger of what is known to be open: a new fault fails, and so does a
 * stale line.
 */
import { OPEN } from './open.ts';
import type { Kind, Violation } from './unit.ts';

/** Kinds that show when the cases run; all others show in the files. */
const OF_CASES: readonly Kind[] = ['idle', 'seen', 'tested'];

/** Faults that the ledger does not hold, and lines of it that nothing breaks any more. */
export function againstLedger(
  id: string,
  broken: readonly Violation[],
  part: 'files' | 'cases',
  open: Readonly<Record<string, readonly Kind[]>> = OPEN,
): string[] {
  const listed = (open[id] ?? []).filter((kind) => OF_CASES.includes(kind) === (part === 'cases'));
  const kinds = new Set(broken.map(({ kind }) => kind));
  return [
    ...broken.filter(({ kind }) => !listed.includes(kind)).map(({ kind, says }) => `${kind}: ${says}`),
    ...listed
      .filter((kind) => !kinds.has(kind))
      .map((kind) => `stale line in open.ts: ${id} no longer breaks ${kind}`),
  ];
}
