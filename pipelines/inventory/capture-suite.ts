/** What must come out of the captures, whether they are written from the tables or the published files themselves. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, type TableName } from '../../contracts/dataset.ts';
import { drawn, fits } from '../../fixtures/captures/identifiers.ts';
import { markOf, printedElements } from '../../fixtures/captures/printed-elements.ts';
import { CAPTURES, CARD_COLUMNS, type Capture, ELEMENTS } from '../../fixtures/captures/table.ts';
import { type Cell, csvLine } from '../../reports/csv/csv.ts';
import { audit } from '../audit.ts';
import { type Inventory, inventory } from './inventory.ts';
import { idOfFile } from './read.ts';

/** 2026-09-01, after the newest capture. */
const NOW = Date.UTC(2026, 8, 1);
const DAY = 86_400_000;

type Result = Pick<Inventory, 'gpus' | 'devices' | 'findings' | 'file_facts'>;
interface Verdict {
  device_id: string;
  verdict: string;
  reasons: string;
}

export const idOf = ({ file }: Capture) => idOfFile(file);
export const capturesOf = (kind: string) => CAPTURES.filter((one) => one.kind.startsWith(kind));

function writeTable(folder: string, table: TableName, content: readonly Record<string, unknown>[]): void {
  const columns = columnsOf(table);
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

/** A dataset with one machine per capture, each with an owner of its own and three days of heartbeats. */
function writeDataset(folder: string, results: ReadonlyMap<string, Result>): void {
  mkdirSync(folder);
  const ids = [...results.keys()];
  const owner = (id: string) => `owner.${id}`;
  const beats = Array.from({ length: (3 * DAY) / 900_000 }, (_, k) => NOW - 3 * DAY + k * 900_000);
  writeTable(
    folder,
    'accounts',
    ids.map((id) => ({ account_id: owner(id), created_at: NOW - 60 * DAY })),
  );
  writeTable(
    folder,
    'devices',
    [...results].map(([id, { devices }]) => ({
      ...devices[0]!,
      account_id: owner(id),
      registered_at: NOW - 30 * DAY,
    })),
  );
  writeTable(
    folder,
    'gpus',
    [...results.values()].flatMap(({ gpus }) => gpus.map((row) => ({ ...row, seen_at: NOW - 30 * DAY }))),
  );
  writeTable(
    folder,
    'heartbeats',
    ids.flatMap((device_id, i) =>
      beats.map((received_at) => {
        return { device_id, gpu_index: 0, received_at, ip: `203.0.113.${i + 1}`, status: 'idle' };
      }),
    ),
  );
}

async function resultsOf(files: readonly string[]): Promise<Map<string, Result>> {
  const all = await inventory({ files });
  const of = <R extends { device_id: string }>(rows: readonly R[], id: string) =>
    rows.filter(({ device_id }) => device_id === id);
  return new Map(
    CAPTURES.map(idOf).map((id) => [
      id,
      {
        gpus: of(all.gpus, id),
        devices: of(all.devices, id),
        findings: of(all.findings, id),
        file_facts: of(all.file_facts, id),
      },
    ]),
  );
}

async function verdictsOf(
  scratch: string,
  results: ReadonlyMap<string, Result>,
): Promise<Map<string, Verdict>> {
  const [dataset, out, workspace] = ['dataset', 'run', 'work'].map((name) => join(scratch, name));
  writeDataset(dataset!, results);
  const options = { dataset: dataset!, out: out!, workspace: workspace!, snapshot: NOW };
  await audit({ ...options, threads: 1, memoryBytes: 2 ** 30, overrideBrakes: [] }, () => {});
  const devices = parse(readFileSync(join(out!, 'devices.csv'), 'utf8'), { columns: true }) as Verdict[];
  return new Map(devices.map((one) => [one.device_id, one]));
}

/** Holds a document to the tables: elements, words, values, repetitions. `made` for identifiers that were drawn. */
function holdDocument(capture: Capture, xml: string, made: boolean): void {
  const head = (name: string) => new RegExp(`^\\s+<${name}>(.*)</${name}>$`, 'm').exec(xml)?.[1] ?? '';
  expect(/nvsmi_device_v(\d+)\.dtd/.exec(xml)?.[1] ?? null).toBe(capture.dtd?.toString() ?? null);
  for (const name of ['timestamp', 'driver_version', 'cuda_version', 'attached_gpus'] as const)
    expect(head(name), name).toBe(capture[name]);
  const cards = printedElements(xml);
  expect(cards).toHaveLength(capture.cards.length);
  const known = new Set(ELEMENTS.map(({ element }) => element));
  for (const [i, { gpu_id, texts }] of cards.entries()) {
    const card = capture.cards[i]!;
    expect(gpu_id).toBe(card.gpu_id);
    expect([...texts.keys()].filter((element) => !known.has(element))).toEqual([]);
    const marks = ELEMENTS.map(({ element }) => `${element} ${markOf(texts.get(element))}`);
    expect(marks).toEqual(ELEMENTS.map((one) => `${one.element} ${one.marks[card.shape]}`));
    for (const [element, column] of Object.entries(CARD_COLUMNS)) {
      const [text, pattern] = [texts.get(element)?.[0], card.values[column]];
      if (typeof text !== 'string' || markOf([text]) !== '=') continue;
      if (made) expect(text, element).toBe(drawn(pattern, card.card));
      else expect(fits(pattern, text), `${element}: ${text}`).toBe(true);
    }
    const times = (element: string) => texts.get(element)?.length ?? 0;
    const clocks = card.supported_clocks.reduce((sum, count) => sum + count, 0);
    expect(times('processes/process_info')).toBe(card.processes);
    expect(times('supported_clocks/supported_mem_clock')).toBe(card.supported_clocks.length);
    expect(times('supported_clocks/supported_mem_clock/supported_graphics_clock')).toBe(clocks);
    expect(times('mig_devices/mig_device')).toBe(card.instances.length);
  }
}

/**
 * `files` gives the path of each document by its name in `files.csv`; `made` says that they were written from the
 * tables. What the inventory gives is returned for tests of one source alone, filled before they run.
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
