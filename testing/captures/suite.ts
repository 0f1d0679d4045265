/**
 * What must come out of the captures, whether they are written from the tables or the published files
 * themselves.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAPTURES, type Capture } from '../../fixtures/captures/table.ts';
import { idOf, type Result, resultsOf, type Verdict, verdictsOf } from './audit.ts';
import { holdDocument } from './document.ts';

export const capturesOf = (kind: string) => CAPTURES.filter((one) => one.kind.startsWith(kind));

/**
 * `files` gives the path of each document by its name in `files.csv`; `made` says that they were written from
 * the tables. What the inventory gives is returned for tests of one source alone, filled before they run.
 */
export function describeCaptures(
  files: ReadonlyMap<string, string>,
  made: boolean,
): ReadonlyMap<string, Result> {
  const results = new Map<string, Result>();
  let verdicts: Map<string, Verdict>;
  const scratch = mkdtempSync(join(tmpdir(), 'ghostcard-captures-'));
  const pathOf = ({ file }: Capture) => files.get(file)!;
  const levels = (id: string) =>
    results.get(id)!.findings.map(({ detector, level }) => `${detector}: ${level}`);
  const facts = (id: string) => [...new Set(results.get(id)!.file_facts.map(({ fact }) => fact))].sort();

  beforeAll(async () => {
    for (const [id, result] of await resultsOf(CAPTURES.map(pathOf))) results.set(id, result);
    verdicts = await verdictsOf(scratch, results);
  }, 300_000);
  afterAll(() => rmSync(scratch, { recursive: true }));

  describe('every capture', () => {
    it.each(CAPTURES)('$file prints what the tables say', (capture) => {
      holdDocument(capture, readFileSync(pathOf(capture), 'utf8'), made);
    });

    it.each(CAPTURES)('$file parses into its cards', (capture) => {
      const { gpus, devices } = results.get(idOf(capture))!;
      const whole = gpus.filter((row) => row.mig_profile === null);
      expect(whole.map((row) => row.gpu_index)).toEqual(capture.cards.map((_, i) => i));
      expect(whole.map((row) => row.name)).toEqual(capture.cards.map(({ values }) => values.product_name));
      expect(devices[0]!.driver_version ?? '').toBe(capture.driver_version);
    });

    it('has no identifier that its authors scrubbed', () => {
      const rows = [...results.values()].flatMap(({ gpus }) => gpus);
      for (const { gpu_uuid, serial, pci_device_id, gpu_part_number } of rows) {
        expect(gpu_uuid ?? '').not.toMatch(/12345678|-0000-0000-/);
        expect(serial ?? '').not.toMatch(/REDACTED|N\/A|^0+$|0{8}|^0?1234567/);
        expect(pci_device_id ?? '10de:').toMatch(/^10de:(?!0000)/);
        expect(gpu_part_number ?? '').not.toMatch(/REDACTED|N\/A|^000-/);
      }
      expect(rows.filter((row) => row.gpu_uuid !== null).length).toBeGreaterThan(10);
    });
  });

  describe('real cards', () => {
    it.each(capturesOf('real'))('$file contradicts nothing', (capture) => {
      expect([...levels(idOf(capture)), ...facts(idOf(capture))]).toEqual([]);
    });

    it.each(capturesOf('real'))('$file is cleared by the audit', (capture) => {
      expect(verdicts.get(idOf(capture))?.verdict).toBe('clear');
    });

    it('in MIG mode list the instances beside the card', () => {
      const { gpus } = results.get('a100-sxm4-v12')!;
      expect(gpus.map((row) => [row.gpu_index, row.mig_profile, row.memory_total_mib])).toEqual([
        [0, null, 81_920],
        ...[1, 2, 3, 4].map((i) => [i, '1g.20gb', 19_968]),
      ]);
    });
  });

  describe('edited files', () => {
    it('contradict themselves in what was edited, and in nothing else', () => {
      expect([...levels('gtx-1070-ti'), ...facts('gtx-1070-ti')]).toEqual([
        'gpu-inventory-impossible: memory-short',
        'gpu-inventory-impossible: memory-unlisted',
      ]);
      expect([...levels('rtx-3090-v12'), ...facts('rtx-3090-v12')]).toEqual([
        'gpu-inventory-impossible: vbios-other-card',
      ]);
      expect(verdicts.get('gtx-1070-ti')?.reasons).toContain('inventory-memory-short');
      expect(verdicts.get('rtx-3090-v12')?.reasons).toContain('inventory-vbios-other-card');
    });
  });

  describe('mocks', () => {
    it.each(capturesOf('mock'))('$file is caught by two facts that are no identifiers', (capture) => {
      const id = idOf(capture);
      const telling = results.get(id)!.findings.filter(({ family }) => family !== 'identity');
      expect(new Set([...telling.map(({ level }) => level), ...facts(id)]).size).toBeGreaterThanOrEqual(4);
      expect(telling.length).toBeGreaterThanOrEqual(1);
    });

    it('of a GB200 are caught by the contract’s columns alone', () => {
      const ofGb200 = capturesOf('mock').filter(({ file }) => file.includes('gb200'));
      expect(ofGb200).toHaveLength(5);
      for (const capture of ofGb200) {
        expect(levels(idOf(capture)), capture.file).toEqual(
          expect.arrayContaining([
            'gpu-inventory-impossible: memory-unlisted',
            'gpu-inventory-impossible: vbios-generation',
          ]),
        );
      }
    });

    it('are not void by inventory alone', () => {
      for (const capture of capturesOf('mock')) expect(verdicts.get(idOf(capture))?.verdict).not.toBe('void');
    });
  });

  return results;
}
