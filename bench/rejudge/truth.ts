/** What outcomes are worth against the truth. */
import { join } from 'node:path';
import { readLabels } from '../../runs/evaluate/read-labels.ts';
import type { Outcome } from './rejudge.ts';

/** Truth by subject, as `account ID` and `device ID`. */
export type Truth = ReadonlyMap<string, string>;

/** Reads `labels.csv` of a cell's folder. Throws E_LABELS. */
export async function truthOf(folder: string): Promise<Truth> {
  const { accounts, devices } = await readLabels(join(folder, 'labels.csv'));
  return new Map([
    ...[...accounts].map(([id, { truth }]) => [`account ${id}`, truth] as const),
    ...[...devices].map(([id, { truth }]) => [`device ${id}`, truth] as const),
  ]);
}

export interface Count {
  /** Bad accounts excluded, bad devices void. */
  accounts: number;
  devices: number;
  /** Bad subjects held for review. */
  held: number;
  /** Honest subjects excluded, void or held. */
  honest: number;
}

export function countOf({ final, held }: Outcome, truth: Truth): Count {
  const bad = (ids: ReadonlySet<string>, kind: string) =>
    [...ids].filter((id) => id.startsWith(kind) && truth.get(id) === 'bad').length;
  return {
    accounts: bad(final, 'account '),
    devices: bad(final, 'device '),
    held: bad(held, ''),
    honest: [...final, ...held].filter((id) => truth.get(id) === 'good').length,
  };
}

/** What `one` has more than `other`. */
export function minus(one: Count, other: Count): Count {
  return {
    accounts: one.accounts - other.accounts,
    devices: one.devices - other.devices,
    held: one.held - other.held,
    honest: one.honest - other.honest,
  };
}

export function plus(one: Count, other: Count): Count {
  return {
    accounts: one.accounts + other.accounts,
    devices: one.devices + other.devices,
    held: one.held + other.held,
    honest: one.honest + other.honest,
  };
}
