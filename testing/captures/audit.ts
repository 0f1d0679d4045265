/** The captures through the inventory, and through the audit that a dataset goes through. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { columnsOf, type TableName } from '../../contracts/dataset.ts';
import type { Inventory } from '../../contracts/inventory.ts';
import { CAPTURES, type Capture } from '../../fixtures/captures/table.ts';
import { inventory } from '../../inventory/inventory.ts';
import { idOfFile } from '../../inventory/read.ts';
import { audit } from '../../pipelines/audit.ts';
import { type Cell, csvLine } from '../../reports/csv/csv.ts';

/** 2026-09-01, after the newest capture. */
const NOW = Date.UTC(2026, 8, 1);
const DAY = 86_400_000;

export type Result = Pick<Inventory, 'gpus' | 'devices' | 'findings' | 'file_facts'>;
export interface Verdict {
  device_id: string;
  verdict: string;
  reasons: string;
}

export const idOf = ({ file }: Capture) => idOfFile(file);

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

/** What the inventory gives, by the id of the capture. */
export async function resultsOf(files: readonly string[]): Promise<Map<string, Result>> {
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

/** The verdict of each capture as one machine of a dataset; `scratch` is a folder that stands. */
export async function verdictsOf(
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
