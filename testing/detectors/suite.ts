/** The cases of detectors as tests: what each must find, in any order of rows and under any names, and what it must leave alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import type { Detector } from '../../pipelines/detect/registry.ts';
import { type CaseBench, type CaseResult, openCaseBench } from './harness.ts';
import { hexWallets, renameIds, repeatMessages, shuffleRows } from './transformations.ts';

const found = (result: CaseResult) =>
  result.findings.map(({ subject_id, level }) => `${subject_id}:${level}`).sort();

/** Declares the tests of these detectors' cases. One bench serves all: a file of tests runs them one by one. */
export async function testCases(detectors: readonly Detector[]): Promise<void> {
  let bench: CaseBench;
  beforeAll(async () => {
    bench = await openCaseBench();
  });
  afterAll(() => bench.close());

  for (const { id, ...detector } of detectors) {
    const cases = await casesOf(id);
    describe(`${id} cases`, () => {
      it.each(cases.fraud)('fraud: $name', async (one) => {
        const result = await bench.run({ id, ...detector }, one);
        expect(result.why).toBe('');
        expect(found(result)).toEqual([...(one.expect ?? [])].sort());
      });

      it.each(cases.fraud)('fraud, shuffled and renamed and repeated: $name', async (one) => {
        const variants: [string, CaseTables, (item: string) => string][] = [
          ['shuffled', shuffleRows(one.tables), (item) => item],
          ['repeated', repeatMessages(one.tables), (item) => item],
          ['renamed', renameIds(one.tables), (item) => `x-${item}`],
        ];
        for (const [name, tables, rename] of variants) {
          const result = await bench.run({ id, ...detector }, { ...one, tables });
          const expected = (one.expect ?? []).map(meta(detector.meta.subject, rename)).sort();
          expect(found(result), name).toEqual(expected);
        }
      });

      const ofWallets = cases.fraud.filter(({ tables }) => /wallet":"/.test(JSON.stringify(tables)));
      it.each(ofWallets)('fraud, wallets spelled in any case: $name', async (one) => {
        const spelled = async (spelling: 'lower' | 'mixed') =>
          found(await bench.run({ id, ...detector }, { ...one, tables: hexWallets(one.tables, spelling) }));
        expect(await spelled('mixed')).toEqual(await spelled('lower'));
      });

      it.each(cases.honest)('honest: $name', async (one) => {
        expect(found(await bench.run({ id, ...detector }, one))).toEqual([]);
      });

      it.each(cases.silent)('silent: $name', async (one) => {
        const result = await bench.run({ id, ...detector }, one);
        expect(result.outcome).not.toBe('failed');
        expect(found(result)).toEqual([]);
      });
    });
  }
}

/** A network finding is named by its metric, which renaming leaves alone. */
function meta(subject: string, rename: (item: string) => string): (item: string) => string {
  return subject === 'network' ? (item) => item : rename;
}

export async function casesOf(id: string): Promise<DetectorCases> {
  return (
    (await import(new URL(`../../detectors/${id}/cases.ts`, import.meta.url).href)) as {
      cases: DetectorCases;
    }
  ).cases;
}
