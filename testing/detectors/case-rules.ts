/**
 * Rules of a unit's cases: that they are there, that honest ones could have ended badly, that `tested` and
 * `seen` are true.
 */
import type { CaseTables, DetectorCase } from '../../contracts/detector.ts';
import type { CaseResult } from './harness.ts';
import type { Unit, Violation } from './unit.ts';

export interface RunCase {
  kind: 'fraud' | 'honest' | 'silent';
  one: DetectorCase;
  result: CaseResult;
}

/** Cases of each kind, a fraud case for each level, an honest one for each look-alike. Nothing runs. */
export function caseListViolations({ detector: { meta }, cases }: Unit): Violation[] {
  const expected = new Set(
    cases.fraud.flatMap(({ expect = [] }) => expect.map((item) => item.split(':').at(-1))),
  );
  const honest = new Set(cases.honest.map(({ name }) => name));
  const faults = [
    ...(['fraud', 'honest', 'silent'] as const)
      .filter((kind) => cases[kind].length === 0)
      .map((kind) => `has no ${kind} case`),
    ...Object.keys(meta.levels)
      .filter((level) => !expected.has(level))
      .map((level) => `has no fraud case that expects ${level}`),
    ...meta.lookAlikes.filter((name) => !honest.has(name)).map((name) => `has no honest case "${name}"`),
    ...cases.honest
      .filter(({ expect = [] }) => expect.length > 0)
      .map(({ name }) => `expects findings of the honest case "${name}"`),
  ];
  return faults.map((fault) => ({ kind: 'cases', says: `cases.ts ${fault}` }));
}

const WALLETS = ['wallet', 'from_wallet', 'to_wallet'];

/**
 * How many independent units a case holds at most: the rows of its largest table, or its wallets, which two
 * to a row may outnumber transfers. A fact was tested against machines, accounts, cards, runs, messages or
 * wallets; each is a row of a table or named by one, so `tested` beyond this number was not counted but
 * invented.
 */
export function holds(tables: CaseTables): number {
  const rows = Object.values(tables) as (readonly Record<string, unknown>[])[];
  const wallets = new Set(
    rows.flat().flatMap((row) => WALLETS.map((name) => row[name]).filter((wallet) => wallet != null)),
  );
  return Math.max(0, wallets.size, ...rows.map(({ length }) => length));
}

/**
 * Of what the cases gave when they ran. An honest case counts if the detector ran and could have accused
 * somebody; whom a fraud case finds, `seen.sql` names.
 */
export function ranViolations({ detector: { meta } }: Unit, ran: readonly RunCase[]): Violation[] {
  const idle = ran
    .filter(({ kind, result }) => kind === 'honest' && (result.outcome !== 'ran' || result.seen === 0))
    .map(({ one: { name }, result: { outcome, why } }): Violation => {
      const why2 = outcome === 'ran' ? 'nobody in it can be accused' : `${outcome} ${why}`;
      const declared = meta.lookAlikes.includes(name) ? 'look-alike' : 'honest case';
      return { kind: 'idle', says: `cases.ts: the ${declared} "${name}" does not count: ${why2}` };
    });
  const invented = ran.flatMap(({ one, result }) => {
    const most = Math.max(0, ...result.findings.map(({ tested }) => tested ?? 0));
    const held = holds(one.tables);
    if (most <= held) return [];
    return [
      {
        kind: 'tested',
        says: `detector.sql says tested ${most} of the case "${one.name}", which holds ${held}`,
      } as const,
    ];
  });
  const missed = ran
    .filter(({ kind, result }) => kind === 'fraud' && result.unseen.length > 0)
    .map(
      ({ one: { name }, result: { unseen } }): Violation => ({
        kind: 'seen',
        says: `seen.sql does not name ${unseen[0]}, whom the case "${name}" finds`,
      }),
    );
  return [...idle, ...invented, ...missed];
}
