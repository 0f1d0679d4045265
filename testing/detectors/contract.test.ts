/** The contract that every unit keeps. Adding a folder adds its tests. */
import { expect, it } from 'vitest';
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { ranViolations } from './case-rules.ts';
import { againstLedger } from './ledger.ts';
import { OPEN } from './open.ts';
import { testContracts } from './suite.ts';
import { readUnit } from './unit.ts';

const ids = (await loadDetectors()).map(({ id }) => id);

testContracts(await Promise.all(ids.map((id) => readUnit(id))));

it('has no line for a unit that is gone', () => {
  expect(Object.keys(OPEN).filter((id) => !ids.includes(id))).toEqual([]);
});

it('fails on a new fault and on a stale line', () => {
  const fault = { kind: 'notes', says: 'notes.md is absent' } as const;
  expect(againstLedger('x', [fault], 'files', { x: ['notes'] })).toEqual([]);
  expect(againstLedger('x', [fault], 'files', {})).toEqual(['notes: notes.md is absent']);
  expect(againstLedger('x', [], 'files', { x: ['notes'] })).toEqual([
    'stale line in open.ts: x no longer breaks notes',
  ]);
  expect(againstLedger('x', [], 'files', { x: ['idle'] })).toEqual([]);
});

it('asks seen.sql to name whom a fraud case finds', async () => {
  const unit = await readUnit('ip-block');
  const result = { outcome: 'ran', why: '', seen: 1, unseen: ['b'], findings: [] };
  const one = { name: 'two accounts', tables: {} };
  expect(ranViolations(unit, [{ kind: 'fraud', one, result }])).toEqual([
    { kind: 'seen', says: 'seen.sql does not name b, whom the case "two accounts" finds' },
  ]);
  expect(ranViolations(unit, [{ kind: 'fraud', one, result: { ...result, unseen: [] } }])).toEqual([]);
});
