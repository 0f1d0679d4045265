/**
 * Analysts' decisions about operators, weighed against each other. The newest line holds: where an older one
 * says the opposite about an account, that account is set aside from the older line, and the rest of the line
 * stays. So what is in force never contradicts itself, and a line that came to nothing is reported with the
 * accounts that it lost.
 */
import type { OperatorDecision, OperatorDecisionRow } from '../../contracts/operator-decision.ts';
import { type UnionFind, unionFind } from '../../statistics/union-find.ts';

export interface OperatorBook {
  /** Sets of two or more accounts, each one operator's. No set holds both sides of a split. */
  together: string[][];
  apart: { accounts: string[]; from: string[] }[];
  /** Pinned ids, each with one of the accounts of its set. */
  names: Map<string, string>;
  /** Every line with what became of it, oldest first. */
  rows: OperatorDecisionRow[];
}

function rowOf(line: OperatorDecision): OperatorDecisionRow {
  return {
    kind: line.operator,
    cluster_id: line.operator === 'pin' ? line.cluster : null,
    accounts: line.accounts,
    from: line.operator === 'split' ? line.from : [],
    by: line.by,
    at: Date.parse(line.at),
    until: line.until === null ? null : Date.parse(line.until),
    why: line.why,
    state: 'in-force',
    set_aside: [],
    missing: [],
  };
}

/** What newer lines say of one set of accounts that stay together. */
interface Held {
  accounts: string[];
  /** Numbers of the splits on whose one or other side an account of the set stands. */
  parted: Set<number>;
  from: Set<number>;
  pin: OperatorDecisionRow | null;
}

function absorb<T>(into: Set<T>, other: Set<T>): Set<T> {
  const [large, small] = into.size < other.size ? [other, into] : [into, other];
  for (const item of small) large.add(item);
  return large;
}

/** Lines newest first; each takes what the newer ones left open. */
class Weighing {
  readonly apart: OperatorBook['apart'] = [];
  readonly #number: Map<string, number>;
  readonly #sets: UnionFind;
  readonly #held = new Map<number, Held>();
  readonly #pinned = new Set<string>();

  constructor(accounts: readonly string[]) {
    this.#number = new Map(accounts.map((id, i) => [id, i]));
    this.#sets = unionFind(accounts.length);
    for (const [i, id] of accounts.entries()) {
      this.#held.set(i, { accounts: [id], parted: new Set(), from: new Set(), pin: null });
    }
  }

  #of(account: string): Held {
    return this.#held.get(this.#sets.find(this.#number.get(account)!))!;
  }

  split(row: OperatorDecisionRow, accounts: readonly string[], from: readonly string[]): void {
    const others = new Set(from.map((id) => this.#of(id)));
    const left = accounts.filter((id) => !others.has(this.#of(id)));
    this.#settle(row, accounts, left, 1);
    if (row.state !== 'in-force') return;
    for (const id of left) this.#of(id).parted.add(this.apart.length);
    for (const id of from) this.#of(id).from.add(this.apart.length);
    this.apart.push({ accounts: left, from: [...from] });
  }

  join(row: OperatorDecisionRow, accounts: readonly string[]): void {
    if (row.cluster_id !== null && this.#namedAlready(row.cluster_id, accounts)) {
      this.#settle(row, accounts, [], 2);
      return;
    }
    const met = new Set<number>();
    for (const held of new Set(accounts.map((id) => this.#of(id))))
      for (const split of held.from) met.add(split);
    const left = accounts.filter((id) => ![...this.#of(id).parted].some((split) => met.has(split)));
    this.#settle(row, accounts, left, 2);
    if (row.state !== 'in-force') return;
    for (const id of left) this.#unite(left[0]!, id);
    if (row.cluster_id === null) return;
    this.#pinned.add(row.cluster_id);
    this.#of(left[0]!).pin = row;
  }

  /** An id stands for one set, and a set has one id: those of the newest pin. */
  #namedAlready(cluster: string, accounts: readonly string[]): boolean {
    return this.#pinned.has(cluster) || accounts.some((id) => this.#of(id).pin !== null);
  }

  #settle(row: OperatorDecisionRow, said: readonly string[], left: readonly string[], least: number): void {
    if (left.length < least) {
      row.state = 'superseded';
      row.set_aside = [...said];
      return;
    }
    const kept = new Set(left);
    row.set_aside = said.filter((id) => !kept.has(id));
  }

  #unite(a: string, b: string): void {
    const [x, y] = [this.#of(a), this.#of(b)];
    if (x === y) return;
    this.#sets.union(this.#number.get(a)!, this.#number.get(b)!);
    const older = x.pin && y.pin ? (x.pin.at < y.pin.at ? x.pin : y.pin) : null;
    if (older) {
      older.state = 'superseded';
      older.set_aside = older.accounts;
    }
    this.#held.set(this.#sets.find(this.#number.get(a)!), {
      accounts:
        x.accounts.length < y.accounts.length ? y.accounts.concat(x.accounts) : x.accounts.concat(y.accounts),
      parted: absorb(x.parted, y.parted),
      from: absorb(x.from, y.from),
      pin: x.pin === older ? y.pin : (x.pin ?? y.pin),
    });
  }

  sets(): Held[] {
    return [...new Set([...this.#number.keys()].map((id) => this.#of(id)))];
  }
}

/** Accounts that decisions name, each once. */
export function namedAccounts(decisions: readonly OperatorDecision[]): string[] {
  const named = decisions.flatMap((line) =>
    line.operator === 'split' ? [...line.accounts, ...line.from] : line.accounts,
  );
  return [...new Set(named)].sort();
}

/**
 * `snapshot` in UTC epoch ms: the clock of `until`. `exists` says whether the dataset has an account;
 * accounts that it lacks are left out, so a line outlives those of its accounts that vanish and speaks of
 * them again when they return.
 */
export function operatorBook(
  decisions: readonly OperatorDecision[],
  snapshot: number,
  exists: (account: string) => boolean,
): OperatorBook {
  const lines = decisions.map((line, number) => ({ number, row: rowOf(line) }));
  lines.sort((a, b) => a.row.at - b.row.at || a.number - b.number);
  const weighing = new Weighing(namedAccounts(decisions).filter(exists));
  for (const { row } of lines.toReversed()) {
    row.missing = [...row.accounts, ...row.from].filter((id) => !exists(id));
    if (row.until !== null && row.until <= snapshot) {
      row.state = 'expired';
      continue;
    }
    const accounts = row.accounts.filter(exists);
    const from = row.from.filter(exists);
    const enough = row.kind === 'split' ? accounts.length > 0 && from.length > 0 : accounts.length > 1;
    if (!enough) row.state = 'unknown-subject';
    else if (row.kind === 'split') weighing.split(row, accounts, from);
    else weighing.join(row, accounts);
  }
  const sets = weighing.sets().filter(({ accounts }) => accounts.length > 1);
  return {
    together: sets.map(({ accounts }) => accounts.toSorted()),
    apart: weighing.apart,
    names: new Map(
      sets.flatMap(({ pin, accounts }) => (pin?.cluster_id ? [[pin.cluster_id, accounts[0]!]] : [])),
    ),
    rows: lines.map(({ row }) => row),
  };
}
