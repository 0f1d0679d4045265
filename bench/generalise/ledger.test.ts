import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { objections, readLedger, refuseLooked, writeLooked } from './ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-ledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const entry = {
  date: '2026-12-01',
  purpose: 'why farms of seed 4 are missed',
  seeds: [4],
  traits: ['worker'],
};

describe('the ledger of what was looked at', () => {
  it('accepts seeds and traits of half B that nobody saw', () => {
    expect(objections([], { seeds: [1, 4], traits: ['worker', 'exit'] })).toEqual([]);
    expect(refuseLooked([], { seeds: [1], traits: ['exit'] }, false)).toEqual([]);
  });

  it('refuses what was looked at and what is there to be looked at', () => {
    expect(objections([entry], { seeds: [1, 2, 4], traits: ['worker', 'wallet'] })).toEqual([
      'seed 2 is of the half to fit and to look at',
      'seed 4 was looked at (2026-12-01)',
      'trait worker was looked at (2026-12-01)',
      'trait wallet is of the half to fit and to look at',
    ]);
    expect(() => refuseLooked([entry], { seeds: [4], traits: [] }, false)).toThrow(
      'seed 4 was looked at (2026-12-01). Count on others, or say --looked',
    );
  });

  it('lets it pass where that is said, and hands back what to print', () => {
    expect(refuseLooked([entry], { seeds: [4], traits: [] }, true)).toEqual([
      'seed 4 was looked at (2026-12-01)',
    ]);
  });

  it('keeps entries in the order in which they are written', () => {
    const path = join(folder, 'ledger.json');
    writeFileSync(path, '[]\n');
    writeLooked(entry, path);
    writeLooked({ ...entry, date: '2026-12-02' }, path);
    expect(readLedger(path).map(({ date }) => date)).toEqual(['2026-12-01', '2026-12-02']);
    expect(() => writeLooked({ ...entry, date: 'yesterday' }, path)).toThrow('an ISO day');
    expect(() => writeLooked({ ...entry, purpose: ' ' }, path)).toThrow('--purpose');
  });

  it('that is committed can be read', () => {
    for (const { date, purpose, seeds } of readLedger()) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(purpose).not.toBe('');
      expect(seeds.every(Number.isInteger)).toBe(true);
    }
  });
});
