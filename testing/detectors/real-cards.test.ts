/** Benchmarks of real cards, measured by their owners: whoever is accused here is accused wrongly. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDetector } from '../../pipelines/detect/registry.ts';
import { type CaseBench, openCaseBench } from './harness.ts';
import { account, benchmark, device, HOUR, START } from './rows.ts';

interface Measurement {
  gpu_model: string;
  file: string;
  driver: string;
  measurement: string;
  fp32_tflops: string;
  memory_bandwidth_gb_s: string;
}

const measured = parse(
  readFileSync(new URL('../../fixtures/benchmarks/clpeak.csv', import.meta.url), 'utf8'),
  {
    columns: true,
  },
) as Measurement[];

const idOf = ({ gpu_model, file, driver }: Measurement) => `${gpu_model} | ${file} | ${driver}`;
const figure = (text: string) => (text === '' ? null : Number(text));
const devices = new Map(measured.map((one) => [idOf(one), one.gpu_model]));

const tables = {
  accounts: [...devices.keys()].map((id) => account(`owner of ${id}`)),
  devices: [...devices].map(([id, gpu_model]) => device(id, `owner of ${id}`, { gpu_model })),
  benchmarks: measured.map((one, i) =>
    benchmark(`b${i}`, idOf(one), START + i * HOUR, {
      fp32_tflops: figure(one.fp32_tflops),
      memory_bandwidth_gb_s: figure(one.memory_bandwidth_gb_s),
    }),
  ),
};

let bench: CaseBench;
beforeAll(async () => {
  bench = await openCaseBench();
});
afterAll(() => bench.close());

async function accused(id: string): Promise<string[]> {
  const result = await bench.run(await loadDetector(id), { name: 'real cards', tables });
  expect(result.outcome).toBe('ran');
  return result.findings.map(({ subject_id, level }) => `${subject_id}: ${level}`);
}

describe('real cards', () => {
  it('are enough to mean something', () => {
    expect(devices.size).toBeGreaterThanOrEqual(25);
    expect(new Set(devices.values()).size).toBeGreaterThanOrEqual(18);
  });

  it('are not above what their model can do', async () => {
    expect(await accused('benchmark-impossible')).toEqual([]);
  });

  it('are not taken for lesser models', async () => {
    expect(await accused('benchmark-below-claim')).toEqual([]);
  });
});
