/** The tests of a unit: its contract and its cases. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DetectorCase } from '../../contracts/detector.ts';
import { FINDING_COLUMNS, NETWORK_FINDING_COLUMNS } from '../../contracts/evidence.ts';
import type { Detector } from '../../pipelines/detect/registry.ts';
import { parseTree } from '../../pipelines/warehouse/sql-files.ts';
import { type RunCase, ranViolations } from './case-rules.ts';
import type { CaseResult } from './harness.ts';
import { againstLedger } from './ledger.ts';
import type { Unit } from './unit.ts';
import { unitViolations } from './unit-violations.ts';
import { found, useBench } from './use-bench.ts';

/** Declares what holds for every unit before a case is run. */
export function testContracts(units: readonly Unit[]): void {
  const open = useBench();
  describe.each(units.map((unit) => ({ id: unit.detector.id, unit })))('$id contract', ({ id, unit }) => {
    const { meta } = unit.detector;

    it('breaks no rule of a unit', async () => {
      const broken = await unitViolations(unit, (sql) => parseTree(open().warehouse, sql));
      expect(againstLedger(id, broken, 'files')).toEqual([]);
    });

    it('returns columns of a finding, the needed ones among them', async () => {
      const network = meta.subject === 'network';
      const allowed: Readonly<Record<string, string>> = network ? NETWORK_FINDING_COLUMNS : FINDING_COLUMNS;
      const needed = network ? Object.keys(allowed) : ['subject_id', 'level', 'tested', 'facts'];
      const columns = await open().columns(unit.detector);
      expect(Object.keys(columns)).toEqual(expect.arrayContaining(needed));
      for (const [name, type] of Object.entries(columns)) expect([name, type]).toEqual([name, allowed[name]]);
    });
  });
}

/**
 * What a page shows: the first declared level that a fraud case expects, and the first such case. `first`
 * spares whom others joined, so it accuses nobody.
 */
function accusing({ detector: { meta }, cases: { fraud } }: Unit): { one: DetectorCase; level: string } {
  for (const level of Object.keys(meta.levels)) {
    const one = fraud.find(({ expect: wanted = [] }) => wanted.some((item) => item.endsWith(`:${level}`)));
    if (one && level !== 'first') return { one, level };
  }
  throw new Error(`no fraud case of ${meta.title} accuses anybody`);
}

/** Declares that the cases end as they say, and that the honest ones could have ended badly. */
export function testCases(units: readonly Unit[]): void {
  const open = useBench();
  const results = new Map<DetectorCase, CaseResult>();
  const run = async (detector: Detector, one: DetectorCase): Promise<CaseResult> => {
    const result = results.get(one) ?? (await open().run(detector, one));
    results.set(one, result);
    return result;
  };

  describe.each(units.map((unit) => ({ id: unit.detector.id, unit })))('$id cases', ({ id, unit }) => {
    const { detector, cases } = unit;

    it.each(cases.fraud)('fraud: $name', async (one) => {
      const result = await run(detector, one);
      expect(result.why).toBe('');
      expect(found(result)).toEqual([...(one.expect ?? [])].sort());
    });

    it('keeps an accusing finding as the example of its page', async () => {
      const { one, level } = accusing(unit);
      const { firsts } = await run(detector, one);
      expect(firsts?.has(level)).toBe(true);
      const example = `${JSON.stringify({ case: one.name, finding: firsts?.get(level) }, null, 2)}\n`;
      const kept = new URL(`../../detectors/${id}/example.json`, import.meta.url);
      await expect(example).toMatchFileSnapshot(fileURLToPath(kept));
    });

    it.each(cases.honest)('honest: $name', async (one) => {
      expect(found(await run(detector, one))).toEqual([]);
    });

    it.each(cases.silent)('silent: $name', async (one) => {
      const result = await run(detector, one);
      expect(result.outcome).not.toBe('failed');
      expect(found(result)).toEqual([]);
    });

    it('has honest cases that count, and states no more tests than a case holds', async () => {
      const ran: RunCase[] = [];
      for (const kind of ['fraud', 'honest', 'silent'] as const) {
        for (const one of cases[kind]) ran.push({ kind, one, result: await run(detector, one) });
      }
      expect(againstLedger(id, ranViolations(unit, ran), 'cases')).toEqual([]);
    });
  });
}
