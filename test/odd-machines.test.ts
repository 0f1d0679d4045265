/**
 * Machines as public reports know them, put into an honest world: hosts of two models, modified memory, a log
 * as inventory.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWorld } from '../fixtures/worlds/world.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';

const BIN = 'dist/apps/cli/bin.js';

/**
 * Another card as its inventory and its benchmarks show it; shares are of the RTX 4090, the dearest of the
 * world.
 */
interface Other {
  name: string;
  pci: string;
  vbios: string;
  memory: number;
  sms: number;
  /** FP32, half precision, bandwidth and power limit by its data sheet. */
  sheet: readonly [number, number, number, number];
}

const LESSER: Other = {
  name: 'NVIDIA GeForce RTX 3060',
  pci: '10de:2504',
  vbios: '94.06.25.00.A1',
  memory: 12_288,
  sms: 28,
  sheet: [12.74, 25.48, 360, 170],
};

let folder: string;
let warehouse: Warehouse;
const machine: Record<'mixed' | 'secondMeasured' | 'liar' | 'memory' | 'loop', string> = {
  mixed: '',
  secondMeasured: '',
  liar: '',
  memory: '',
  loop: '',
};

/** The card of a device becomes the other one, in inventory, benchmarks and telemetry; the listing stays. */
async function becomes(device: string, card: number, other: Other): Promise<void> {
  const { name, pci, vbios, memory, sms, sheet } = other;
  const values = { device, card };
  await warehouse.run(
    `UPDATE gpus SET name = $name, pci_device_id = $pci, vbios_version = $vbios, memory_total_mib = $memory, gpu_part_number = NULL,
       pci_subsystem_id = NULL WHERE device_id = $device AND gpu_index = $card`,
    { ...values, name, pci, vbios, memory },
  );
  await warehouse.run(
    `UPDATE benchmarks b SET memory_total_mib = $memory, sm_count = $sms, fp32_tflops = b.fp32_tflops * $single / k.fp32_tflops,
       fp16_tflops = b.fp16_tflops * $half / k.fp16_tflops, memory_bandwidth_gb_s = b.memory_bandwidth_gb_s * $bandwidth / k.memory_bandwidth_gb_s,
       sm_clock_mhz = b.sm_clock_mhz * ($single / $sms) / (k.fp32_tflops / k.sms)
     FROM claimed k WHERE k.device_id = b.device_id AND b.device_id = $device AND coalesce(b.gpu_index, 0) = $card`,
    { ...values, memory, sms, single: sheet[0], half: sheet[1], bandwidth: sheet[2] },
  );
  await warehouse.run(
    `UPDATE beats h SET power_draw_w = round(h.power_draw_w * $power / k.power, 2), memory_used_mib = least(h.memory_used_mib, $memory - 200)
     FROM claimed k WHERE k.device_id = h.device_id AND h.device_id = $device AND h.gpu_index = $card`,
    { ...values, memory, power: sheet[3] },
  );
}

async function ids(count: number, runs: number, taken: readonly string[] = []): Promise<string[]> {
  const rows = await warehouse.rows<{ device_id: string }>(
    `SELECT d.device_id FROM devices d JOIN claimed k USING (device_id)
     JOIN (SELECT device_id, count(*) AS runs FROM benchmarks WHERE measured_by = 'network' GROUP BY device_id, gpu_index) b USING (device_id)
     WHERE d.gpu_count = $count AND k.bandwidth > 400 AND k.overclockable
     GROUP BY d.device_id HAVING min(b.runs) >= $runs AND count(*) = $count ORDER BY d.device_id`,
    { count, runs },
  );
  return rows.map(({ device_id }) => device_id).filter((id) => !taken.includes(id));
}

async function spliced(dataset: string): Promise<void> {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  for (const table of ['devices', 'gpus', 'benchmarks'])
    await warehouse.run(`CREATE TABLE ${table} AS FROM '${join(dataset, table)}.parquet'`);
  await warehouse.run(`CREATE TABLE beats AS FROM '${join(dataset, 'heartbeats', '*.parquet')}'`);
  await warehouse.run(
    `CREATE TABLE claimed AS SELECT d.device_id, m.fp32_tflops, m.fp16_tflops, m.memory_bandwidth_gb_s, m.memory_bandwidth_gb_s AS bandwidth,
       CAST(split_part(CAST(m.sm_count AS VARCHAR), '|', 1) AS BIGINT) AS sms, CAST(m.power_limit_w AS DOUBLE) AS power, m.gpu_model LIKE '%RTX%' AS overclockable
     FROM devices d JOIN read_csv('fixtures/catalog/gpu_models.csv') m ON m.gpu_model = d.gpu_model`,
  );
  [machine.mixed, machine.secondMeasured] = (await ids(2, 4)) as [string, string];
  [machine.liar, machine.memory, machine.loop] = (await ids(1, 6)) as [string, string, string];
  await becomes(machine.mixed, 1, LESSER);
  await becomes(machine.secondMeasured, 0, LESSER);
  await becomes(machine.liar, 0, LESSER);
  await warehouse.run('UPDATE gpus SET memory_total_mib = memory_total_mib * 2 WHERE device_id = $id', {
    id: machine.memory,
  });
  await warehouse.run('UPDATE benchmarks SET memory_total_mib = memory_total_mib * 2 WHERE device_id = $id', {
    id: machine.memory,
  });
  await warehouse.run(
    'INSERT INTO gpus SELECT g.* REPLACE (n AS gpu_index) FROM gpus g CROSS JOIN range(1, 60) r(n) WHERE device_id = $id',
    { id: machine.loop },
  );
  for (const table of ['devices', 'gpus', 'benchmarks'])
    await warehouse.run(`COPY ${table} TO '${join(dataset, table)}.parquet'`);
  rmSync(join(dataset, 'heartbeats'), { recursive: true });
  rmSync(join(dataset, 'MANIFEST.csv'));
  await warehouse.run(`COPY beats TO '${join(dataset, 'heartbeats.parquet')}'`);
}

type Line = Record<string, string>;
let rows: (file: string) => Line[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-'));
  const dataset = join(folder, 'world');
  await writeWorld('honest', {
    seed: 12,
    scale: 0.06,
    days: 3,
    out: dataset,
    labels: join(folder, 'labels.csv'),
  });
  await spliced(dataset);
  const out = join(folder, 'run');
  execFileSync(process.execPath, [BIN, 'audit', dataset, '--out', out, '--quiet', '--memory', '1GiB']);
  rows = (file) => parse(readFileSync(join(out, file), 'utf8'), { columns: true }) as Line[];
}, 600_000);
afterAll(() => {
  warehouse?.close();
  rmSync(folder, { recursive: true, force: true });
});

const of = (file: string, device: string) => rows(file).filter(({ device_id }) => device_id === device);

describe('odd and honest machines', () => {
  it('of two models are clear, and judged card by card', () => {
    for (const [device, lesser] of [
      [machine.mixed, 1],
      [machine.secondMeasured, 0],
    ] as const) {
      expect(of('devices.csv', device)).toMatchObject([{ verdict: 'clear', reasons: '' }]);
      const cards = of('gpus.csv', device);
      expect(cards.map(({ verdict }) => verdict)).toEqual(['clear', 'clear']);
      expect(cards[lesser]!.claimed).toBe(LESSER.name);
      expect(cards[1 - lesser]!.claimed).not.toBe(LESSER.name);
    }
  });

  it('with modified memory keep that as their only reason', () => {
    expect(of('devices.csv', machine.memory)).toMatchObject([
      { verdict: 'clear', reasons: 'inventory-memory-unlisted' },
    ]);
  });

  it('whose inventory is a log of sixty samples have one card', () => {
    expect(of('devices.csv', machine.loop)).toMatchObject([{ verdict: 'clear', reasons: '' }]);
    expect(of('gpus.csv', machine.loop)).toHaveLength(1);
  });

  it('void nobody else', () => {
    const found = rows('devices.csv').filter(({ verdict }) => verdict !== 'clear');
    expect(found.map(({ device_id }) => device_id)).toEqual([machine.liar]);
  });
});

describe('a machine that names the lesser card and is listed as the dearer', () => {
  it('is void: it shows no card of what it sells', () => {
    const [device] = of('devices.csv', machine.liar);
    expect(device!.verdict).toBe('void');
    expect(device!.reasons!.split('|')).toContain('inventory-other-name');
    expect(of('gpus.csv', machine.liar)).toMatchObject([{ verdict: 'void' }]);
  });
});
