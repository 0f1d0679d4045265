import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { claim, type Looked, objections, readLedger, refuseLooked, writeLooked } from './ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const under = { source: 's1', policies: 'p1' };
/** What was looked at, and a count, as the file holds them. */
const fixture: Looked[] = [
  { date: '2026-12-01', purpose: 'why farms of seed 4 are missed', seeds: [4], traits: ['worker'] },
  { date: '2026-12-02', purpose: 'count', seeds: [9, 10], traits: [], under },
];
const [entry] = fixture as [Looked, Looked];
const ledgerOf = (name: string, entries: readonly Looked[]): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(entries));
  return path;
};

describe('the ledger of what was looked at', () => {
  it('accepts seeds and traits of half B that nobody saw', () => {
    expect(objections([], { seeds: [1, 4], traits: ['worker', 'exit'], under })).toEqual([]);
    expect(refuseLooked(fixture, { seeds: [1], traits: ['exit'], under }, false)).toEqual([]);
  });

  it('refuses what was looked at and what is there to be looked at', () => {
    expect(objections(fixture, { seeds: [1, 2, 4], traits: ['worker', 'wallet'], under })).toEqual([
      'seed 2 is of the half to fit and to look at',
      'seed 4 was looked at (2026-12-01)',
      'trait worker was looked at (2026-12-01)',
      'trait wallet is of the half to fit and to look at',
    ]);
    expect(() => refuseLooked(fixture, { seeds: [4], traits: [], under }, false)).toThrow(
      'seed 4 was looked at (2026-12-01). Count on others, or say --looked',
    );
  });

  it('refuses to count a seed again with another source or policy, and with the same does not', () => {
    const again = { seeds: [9], traits: [] };
    expect(objections(fixture, { ...again, under })).toEqual([]);
    for (const other of [
      { ...under, source: 's2' },
      { ...under, policies: 'p2' },
    ])
      expect(objections(fixture, { ...again, under: other })).toEqual([
        'seed 9 was counted with other sources or policies (2026-12-02)',
      ]);
  });

  it('lets it pass where that is said, and hands back what to print', () => {
    expect(refuseLooked(fixture, { seeds: [4], traits: [], under }, true)).toEqual([
      'seed 4 was looked at (2026-12-01)',
    ]);
  });

  it('holds a count before its figures are known, and holds it once', () => {
    const path = ledgerOf('counts.json', []);
    const what = { date: '2026-12-03', seeds: [1], traits: [], under };
    expect(claim(what, false, path)).toEqual([]);
    expect(claim(what, false, path)).toEqual([]);
    expect(readLedger(path)).toEqual([{ ...what, purpose: 'count' }]);
    const changed = { ...what, under: { ...under, source: 's2' } };
    expect(() => claim(changed, false, path)).toThrow('seed 1 was counted with other sources');
    expect(readLedger(path)).toHaveLength(1);
    expect(claim(changed, true, path)).toEqual([
      'seed 1 was counted with other sources or policies (2026-12-03)',
    ]);
    expect(readLedger(path)).toHaveLength(2);
    expect(() => claim({ ...what, date: '', seeds: [5] }, false, path)).toThrow('an ISO day');
  });

  it('keeps entries in the order in which they are written', () => {
    const path = ledgerOf('ledger.json', []);
    writeLooked(entry, path);
    writeLooked({ ...entry, date: '2026-12-02' }, path);
    expect(readLedger(path).map(({ date }) => date)).toEqual(['2026-12-01', '2026-12-02']);
    expect(() => writeLooked({ ...entry, date: 'yesterday' }, path)).toThrow('an ISO day');
    expect(() => writeLooked({ ...entry, purpose: ' ' }, path)).toThrow('--purpose');
  });

  it('that is committed names what was looked at', () => {
    const committed = readLedger();
    expect(committed.length).toBeGreaterThan(0);
    for (const { date, purpose, seeds } of committed) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(purpose).not.toBe('');
      expect(seeds.every(Number.isInteger)).toBe(true);
    }
    expect(() => refuseLooked(committed, { seeds: [5], traits: [], under }, false)).toThrow(
      'seed 5 was looked at (2026-11-30)',
    );
  });
});
