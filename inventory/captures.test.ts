/**
 * Documents written from the tables of captures, through the parsers and the audit that a dataset goes
 * through.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CAPTURES, captureNamed, ELEMENTS } from '../fixtures/captures/table.ts';
import { writeCaptures, xmlOf } from '../fixtures/captures/write.ts';
import { idOf } from '../testing/captures/audit.ts';
import { capturesOf, describeCaptures } from '../testing/captures/suite.ts';
import { inventory } from './inventory.ts';
import { parseInventory } from './read.ts';
import { REAL_FILES } from './real-files.gen.ts';
import { countRealFiles } from './real-files.ts';

const scratch = mkdtempSync(join(tmpdir(), 'ghostcard-written-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const written = writeCaptures(join(scratch, 'xml'));
const results = describeCaptures(written, true);

describe('the tables', () => {
  it('describe 33 files, each once, and every shape has a card that prints it', () => {
    expect(CAPTURES).toHaveLength(33);
    expect(new Set(CAPTURES.map(({ sha256 }) => sha256)).size).toBe(33);
    expect(new Set(CAPTURES.map(idOf)).size).toBe(33);
    for (const { sha256, commit } of CAPTURES)
      expect(`${sha256} ${commit}`).toMatch(/^[0-9a-f]{64} [0-9a-f]{40}$/);
    const shapes = CAPTURES.flatMap(({ cards }) => cards.map(({ shape }) => shape));
    expect(shapes).toHaveLength(62);
    expect([...new Set(shapes)].sort()).toEqual(Object.keys(ELEMENTS[0]!.marks).sort());
  });

  it('hold every version of the document type that was seen', () => {
    const versions = new Set(CAPTURES.map(({ dtd }) => dtd));
    expect([...versions].sort()).toEqual([10, 11, 12, 13, null]);
  });
});

describe('a card printed in other versions', () => {
  const card = captureNamed('k8s-test-infra-hardware/qx-l40s.xml');
  it.each(CAPTURES)('that of $file is the same card', (like) => {
    const { cards } = parseInventory('any.xml', Buffer.from(xmlOf(card, like)));
    expect(cards).toHaveLength(1);
    const { name, memory_total, gpu_uuid } = cards[0]!.values;
    expect([name, gpu_uuid]).toEqual(['NVIDIA L40S', 'GPU-00000000-0000-0000-0000-000000000000']);
    expect(memory_total).toBe('46068 MiB');
  });
});

describe('--query-gpu', () => {
  it('gives the same rows and the same facts as -q -x', async () => {
    const csv = await inventory({ files: [...writeCaptures(join(scratch, 'csv'), 'csv').values()] });
    expect(csv.refused).toEqual([]);
    for (const capture of CAPTURES) {
      const of = <R extends { device_id: string }>(rows: readonly R[]) =>
        rows.filter(({ device_id }) => device_id === idOf(capture));
      const { gpus, file_facts, devices } = results.get(idOf(capture))!;
      expect(of(csv.gpus)).toEqual(gpus.filter(({ mig_profile }) => mig_profile === null));
      expect(of(csv.devices)).toEqual(devices);
      expect(of(csv.file_facts).map(({ fact, gpu_index }) => `${gpu_index} ${fact}`)).toEqual(
        file_facts.map(({ fact, gpu_index }) => `${gpu_index} ${fact}`),
      );
    }
  });
});

describe('facts of a file', () => {
  it('say on how many real files they were silent, as it is counted here', () => {
    const real = capturesOf('real');
    const counted = countRealFiles(real.map(({ file }) => written.get(file)!));
    expect({ ...counted, digests: real.map(({ sha256 }) => sha256).sort() }).toEqual(REAL_FILES);
    expect(REAL_FILES.files).toBe(25);
    for (const [fact, { could_speak, silent }] of Object.entries(REAL_FILES.facts)) {
      expect(silent, fact).toBe(real.length);
      expect(could_speak, fact).toBeGreaterThan(5);
    }
  });

  it('count a file that is known already once', () => {
    const real = capturesOf('real').map(({ file }) => written.get(file)!);
    const known = countRealFiles(real);
    expect(countRealFiles([...real, ...real], known)).toEqual(known);
  });

  it('count a file on which they speak as one that was not silent', () => {
    const mocks = capturesOf('mock').map(({ file }) => written.get(file)!);
    const { files, facts } = countRealFiles(mocks, REAL_FILES);
    expect(files).toBe(REAL_FILES.files + mocks.length);
    expect(facts['no-part-number']).toEqual({
      could_speak: REAL_FILES.facts['no-part-number']!.could_speak + mocks.length,
      silent: REAL_FILES.files,
    });
  });
});
