/** The cases of a unit in any order of rows and under any names. */
import { describe, expect, it } from 'vitest';
import type { CaseTables, DetectorCase } from '../../contracts/detector.ts';
import { hexWallets, renameIds, repeatMessages, shuffleRows } from './transformations.ts';
import type { Unit } from './unit.ts';
import { found, useBench } from './use-bench.ts';

const same = (a: readonly string[], b: readonly string[]) => a.join('\n') === [...b].sort().join('\n');

/**
 * Declares that order, names, repeated messages and the spelling of wallets change nothing in what is found.
 */
export function testVariants(units: readonly Unit[]): void {
  const open = useBench();
  describe.each(units.map((unit) => ({ id: unit.detector.id, unit })))('$id variants', ({ unit }) => {
    const { detector, cases } = unit;
    const inCase = async (one: DetectorCase, tables: CaseTables) =>
      found(await open().run(detector, { ...one, tables }));

    it.each(cases.fraud)('fraud, shuffled and renamed and repeated: $name', async (one) => {
      // A network finding is named by its metric, which renaming leaves alone.
      const renamed = (item: string) => (detector.meta.subject === 'network' ? item : `x-${item}`);
      const all = renameIds(repeatMessages(shuffleRows(one.tables)));
      if (same(await inCase(one, all), (one.expect ?? []).map(renamed))) return;
      // Which of the three it was, and all of them together where none does it alone.
      const variants: [string, CaseTables, (item: string) => string][] = [
        ['shuffled', shuffleRows(one.tables), (item) => item],
        ['repeated', repeatMessages(one.tables), (item) => item],
        ['renamed', renameIds(one.tables), renamed],
        ['shuffled, repeated and renamed', all, renamed],
      ];
      for (const [name, tables, rename] of variants)
        expect(await inCase(one, tables), name).toEqual((one.expect ?? []).map(rename).sort());
    });

    const ofWallets = cases.fraud.filter(({ tables }) => /wallet":"/.test(JSON.stringify(tables)));
    it.each(ofWallets)('fraud, wallets spelled in any case: $name', async (one) => {
      const spelled = (spelling: 'lower' | 'mixed') => inCase(one, hexWallets(one.tables, spelling));
      expect(await spelled('mixed')).toEqual(await spelled('lower'));
    });
  });
}
