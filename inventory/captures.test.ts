/** Every capture through the parsers and through the audit that a dataset goes through. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, type TableName } from '../contracts/dataset.ts';
import type { Inventory } from '../contracts/inventory.ts';
import { audit } from '../pipelines/audit.ts';
import { type Cell, csvLine } from '../reports/csv/csv.ts';
import { inventory } from './inventory.ts';
import { REAL_FILES } from './real-files.gen.ts';
import { countRealFiles, realFilesIn } from './real-files.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/captures/', import.meta.url));
/** 2026-09-01, after the newest capture. */
const NOW = Date.UTC(2026, 8, 1);
const DAY = 86_400_000;

interface Capture {
  file: string;
  kind: string;
  gpu_names: string;
  cards: string;
  driver: string;
  sha256: string;
}

const captures = parse(readFileSync(join(FOLDER, 'manifest.csv'), 'utf8'), { columns: true }) as Capture[];
const idOf = ({ file }: Capture) => basename(file, '.xml');
const of = (kind: string) => captures.filter((one) => one.kind.startsWith(kind));

let results: Map<string, Pick<Inventory, 'gpus' | 'devices' | 'findings' | 'file_facts'>>;
let verdicts: Map<string, { verdict: string; reasons: string }>;
const scratch = mkdtempSync(join(tmpdir(), 'ghostcard-captures-'));

/** A dataset with one machine per capture, each with an owner of its own and three days of heartbeats. */
function writeDataset(folder: string): void {
  mkdirSync(folder);
  const rows: Partial<Record<TableName, Record<string, unknown>[]>> = {};
  const add = (table: TableName, row: object) => {
    rows[table] = [...(rows[table] ?? []), row as Record<string, unknown>];
  };
  for (const [i, capture] of captures.entries()) {
    const id = idOf(capture);
    const { devices, gpus } = results.get(id)!;
    add('accounts', { account_id: `owner.${id}`, created_at: NOW - 60 * DAY });
    add('devices', { ...devices[0]!, account_id: `owner.${id}`, registered_at: NOW - 30 * DAY });
    for (const row of gpus) add('gpus', { ...row, seen_at: NOW - 30 * DAY });
    for (let t = NOW - 3 * DAY; t < NOW; t += 900_000) {
      add('heartbeats', {
        device_id: id,
        gpu_index: 0,
        received_at: t,
        ip: `203.0.113.${i + 1}`,
        status: 'idle',
      });
    }
  }
  for (const [table, content] of Object.entries(rows)) {
    const columns = columnsOf(table as TableName);
    const line = (row: Record<string, unknown>) =>
      csvLine(
        columns.map(({ name, kind }) => {
          const value = (row[name] ?? null) as Cell;
          return kind === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value;
        }),
        new Set(columns.keys()),
      );
    const text = csvLine(columns.map(({ name }) => name)) + content.map(line).join('');
    writeFileSync(join(folder, `${table}.csv`), text);
  }
}

beforeAll(async () => {
  const all = await inventory({ files: captures.map(({ file }) => join(FOLDER, file)) });
  results = new Map(
    captures.map(idOf).map((id) => [
      id,
      {
        gpus: all.gpus.filter(({ device_id }) => device_id === id),
        devices: all.devices.filter(({ device_id }) => device_id === id),
        findings: all.findings.filter(({ device_id }) => device_id === id),
        file_facts: all.file_facts.filter(({ device_id }) => device_id === id),
      },
    ]),
  );
  const dataset = join(scratch, 'dataset');
  writeDataset(dataset);
  const out = join(scratch, 'run');
  await audit(
    {
      dataset,
      out,
      workspace: join(scratch, 'work'),
      snapshot: NOW,
      threads: 1,
      memoryBytes: 2 ** 30,
      overrideBrakes: [],
    },
    () => {},
  );
  const devices = parse(readFileSync(join(out, 'devices.csv'), 'utf8'), { columns: true }) as {
    device_id: string;
    verdict: string;
    reasons: string;
  }[];
  verdicts = new Map(devices.map((one) => [one.device_id, one]));
}, 300_000);
afterAll(() => rmSync(scratch, { recursive: true }));

const levels = (id: string) =>
  results.get(id)!.findings.map(({ detector, level }) => `${detector}: ${level}`);
const facts = (id: string) => [...new Set(results.get(id)!.file_facts.map(({ fact }) => fact))].sort();

describe('every capture', () => {
  it('is the file that was published', () => {
    expect(captures).toHaveLength(33);
    for (const { file, sha256 } of captures) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(FOLDER, file)))
          .digest('hex'),
        file,
      ).toBe(sha256);
    }
  });

  it.each(captures)('$file parses into its cards', (capture) => {
    const { gpus, devices } = results.get(idOf(capture))!;
    const whole = gpus.filter((row) => row.mig_profile === null);
    expect(whole).toHaveLength(Number(capture.cards));
    expect(whole.map((row) => row.gpu_index)).toEqual(whole.map((_, i) => i));
    for (const row of whole) expect(capture.gpu_names).toContain(row.name);
    expect(devices[0]!.driver_version ?? '').toBe(capture.driver);
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
  it.each(of('real'))('$file contradicts nothing', (capture) => {
    expect([...levels(idOf(capture)), ...facts(idOf(capture))]).toEqual([]);
  });

  it.each(of('real'))('$file is cleared by the audit', (capture) => {
    expect(verdicts.get(idOf(capture))?.verdict).toBe('clear');
  });

  // More files of real cards, where somebody has them: the same must be true of each.
  const more = process.env.GHOSTCARD_CAPTURES;
  for (const path of more === undefined ? [] : realFilesIn(more)) {
    it(`${path} contradicts nothing`, async () => {
      const { findings, file_facts } = await inventory({ files: [path] });
      expect([...findings.map(({ level }) => level), ...file_facts.map(({ fact }) => fact)]).toEqual([]);
    });
  }

  it('in MIG mode list the instances beside the card', () => {
    const { gpus } = results.get('a100-sxm4-v12')!;
    expect(gpus.map((row) => [row.gpu_index, row.mig_profile, row.memory_total_mib])).toEqual([
      [0, null, 81_920],
      ...[1, 2, 3, 4].map((i) => [i, '1g.20gb', 19_968]),
    ]);
  });
});

describe('facts of a file', () => {
  it('say on how many real files they were silent, as it is counted here', () => {
    const real = of('real').map(({ file }) => join(FOLDER, file));
    expect(countRealFiles(realFilesIn(FOLDER))).toEqual(REAL_FILES);
    expect(REAL_FILES.files).toBe(real.length);
    for (const [fact, { could_speak, silent }] of Object.entries(REAL_FILES.facts)) {
      expect(silent, fact).toBe(real.length);
      expect(could_speak, fact).toBeGreaterThan(5);
    }
  });

  it('count a file that is known already once', () => {
    const real = realFilesIn(FOLDER);
    expect(countRealFiles([...real, ...real], REAL_FILES)).toEqual(REAL_FILES);
  });

  it('count a file on which they speak as one that was not silent', () => {
    const mocks = of('mock').map(({ file }) => join(FOLDER, file));
    const { files, facts } = countRealFiles(mocks, REAL_FILES);
    expect(files).toBe(REAL_FILES.files + mocks.length);
    expect(facts['no-part-number']).toEqual({
      could_speak: REAL_FILES.facts['no-part-number']!.could_speak + mocks.length,
      silent: REAL_FILES.files,
    });
  });
});

describe('edited files', () => {
  it('contradict themselves in what was edited, and in nothing else', () => {
    expect([...levels('gtx-1070-ti'), ...facts('gtx-1070-ti')]).toEqual([
      'gpu-inventory-impossible: memory-short',
    ]);
    expect([...levels('rtx-3090-v12'), ...facts('rtx-3090-v12')]).toEqual([
      'gpu-inventory-impossible: vbios-other-card',
    ]);
    expect(verdicts.get('gtx-1070-ti')?.reasons).toContain('inventory-memory-short');
    expect(verdicts.get('rtx-3090-v12')?.reasons).toContain('inventory-vbios-other-card');
  });
});

describe('mocks', () => {
  it.each(of('mock'))('$file is caught by two facts that are no identifiers', (capture) => {
    const id = idOf(capture);
    const telling = results.get(id)!.findings.filter(({ family }) => family !== 'identity');
    expect(new Set([...telling.map(({ level }) => level), ...facts(id)]).size).toBeGreaterThanOrEqual(4);
    expect(telling.length).toBeGreaterThanOrEqual(1);
  });

  it('of a GB200 are caught by the contract’s columns alone', () => {
    for (const capture of of('mock').filter(({ gpu_names }) => gpu_names.includes('GB200'))) {
      expect(levels(idOf(capture)), capture.file).toEqual(
        expect.arrayContaining([
          'gpu-inventory-impossible: memory-unlisted',
          'gpu-inventory-impossible: vbios-generation',
        ]),
      );
    }
  });

  it('are not void by inventory alone', () => {
    for (const capture of of('mock')) expect(verdicts.get(idOf(capture))?.verdict).not.toBe('void');
  });
});
