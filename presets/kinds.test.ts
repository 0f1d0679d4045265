/**
 * Each sort of file that a preset knows, beside those of the fixtures: which tables it fills, and from which
 * fields.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMapping } from '../pipelines/ingest/mapping.ts';
import { init } from '../pipelines/init/init.ts';

let dataset: string;
beforeEach(() => {
  dataset = mkdtempSync(join(tmpdir(), 'ghostcard-kinds-'));
});
afterEach(() => rmSync(dataset, { recursive: true, force: true }));

async function drafted(files: Readonly<Record<string, unknown>>) {
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(join(dataset, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const report = await init({ dataset, force: false });
  return { ...report, names: report.tables.map(({ table }) => table), map: parseMapping(report.mapping) };
}

const OFFER = {
  id: 1,
  machine_id: 2,
  host_id: 3,
  gpu_name: 'RTX 4090',
  num_gpus: 1,
  dph_total: 1,
  rentable: true,
};
const NODE = {
  ...{ uuid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9', name: 'NVIDIA H100 80GB HBM3', memory: 85_520_809_984 },
  ...{ gpu_identifier: 'h100', server_id: 's1', miner_hotkey: '5Hot', device_index: 0 },
  ...{ verification_host: '192.0.2.9', created_at: '2025-11-20T01:00:00Z' },
};
const PROVIDER = {
  ...{
    owner: 'akash1abc',
    hostUri: 'https://p.example:8443',
    isOnline: true,
    uptime7d: 1,
    ipCountryCode: 'DE',
  },
  ...{ lastCheckDate: '2025-11-20T08:00:00Z', gpuModels: [{ vendor: 'nvidia', model: 'a100', ram: '80Gi' }] },
};

describe('Vast', () => {
  it('takes offers out of the response around them', async () => {
    const { map, names } = await drafted({ 'response.json': { success: true, offers: [OFFER] } });
    expect(names).toEqual(['accounts', 'devices', 'listings']);
    expect(map.of('devices')).toMatchObject({ rows: 'offers', distinct: true });
  });

  it('lists the machines of whoever asked, and invents no owner', async () => {
    const machine = { id: 5, num_gpus: 8, gpu_name: 'H100 SXM', hostname: 'h', listed_gpu_cost: 2 };
    const { names, supplyOnly } = await drafted({ 'machines.json': { machines: [machine] } });
    expect({ names, supplyOnly }).toEqual({ names: ['listings'], supplyOnly: true });
  });

  it('fills nothing from scores without a unit', async () => {
    const score = { contract_id: 1, machine_id: 2, template_hash: 'x', value: 3, last_update: 1_730_000_000 };
    const { names, cannot } = await drafted({ 'scores.json': [score], 'offers.json': [OFFER] });
    expect(names).toEqual(['accounts', 'devices', 'listings']);
    expect(cannot).toContainEqual({ what: 'benchmarks', why: 'the unit of value is not published' });
  });
});

describe('Chutes', () => {
  it('makes servers and cards of nodes: memory in bytes becomes MiB', async () => {
    const { map, names, detectors } = await drafted({ 'nodes.json': { nodes: [NODE] } });
    expect(names).toEqual(['accounts', 'devices', 'gpus']);
    expect(map.of('gpus').columns.get('memory_total_mib')).toMatchObject({ from: 'memory', scale: 2 ** -20 });
    expect(map.of('devices').columns.has('registered_at')).toBe(false);
    expect(detectors.run).toContain('gpu-identity-hopping');
  });

  it('joins no hires of instances to servers', async () => {
    const hire = {
      ...{ invocation_id: 'i', parent_invocation_id: 'p', chute_user_id: 'u', instance_id: 'x' },
      ...{ miner_hotkey: '5Hot', started_at: '2025-11-20T01:00:00Z' },
    };
    const { names, cannot } = await drafted({ 'nodes.json': [NODE], 'hires.json': [hire] });
    expect(names).toEqual(['accounts', 'devices', 'gpus']);
    expect(cannot).toContainEqual({
      what: 'rentals',
      why: 'it names each instance, devices name each server',
    });
  });

  it('reads a metagraph of its validator', async () => {
    const neuron = {
      ...{ hotkey: '5Hot', coldkey: '5Cold', node_id: 1, incentive: 0.1, real_host: 'x' },
      ...{ ip: '192.0.2.1', synced_at: '2025-11-20T01:00:00Z' },
    };
    const { map } = await drafted({ 'metagraph.json': [neuron] });
    expect(map.of('accounts').columns.get('account_id')?.from).toBe('hotkey');
    expect(map.of('listings').columns.get('seen_at')?.from).toBe('synced_at');
  });
});

describe('Akash', () => {
  it('takes the checks of a provider’s details as pings', async () => {
    const uptime = [{ id: 'c', isOnline: false, checkDate: '2025-11-20T07:00:00Z' }];
    const { map, names } = await drafted({ 'provider.json': [{ ...PROVIDER, uptime }] });
    expect(names).toEqual(['accounts', 'devices', 'pings', 'shown_status', 'listings']);
    expect(map.of('pings')).toMatchObject({ rows: 'uptime' });
    expect(map.of('pings').columns.get('device_id')?.from).toBe('^.hostUri');
  });

  it('counts supply by its breakdown where no provider is named', async () => {
    const day = {
      date: '2025-11-20',
      vendor: 'nvidia',
      model: 'a100',
      nodeCount: 3,
      totalGpus: 24,
      leasedGpus: 9,
    };
    const { map, names } = await drafted({ 'breakdown.json': [day] });
    expect(names).toEqual(['listings']);
    expect(map.of('listings').columns.get('gpu_count')?.from).toBe('totalGpus');
    expect(map.of('listings').defaults?.zone).toBe('UTC');
  });
});

describe('io.net', () => {
  it('lists the workers of a block at the block’s own time', async () => {
    const worker = {
      ...{ device_id: 'd', block_id: 'b', time_and_date: '2025-11-20T07:00:00Z', processor: 'H100 PCIe' },
      ...{ processor_quantity: 8, pow: 'x', potl: 'y', uptime_in_minutes: 55 },
    };
    const { map, names } = await drafted({ 'workers.json': { data: { workers: [worker] } } });
    expect(names).toEqual(['listings']);
    expect(map.of('listings')).toMatchObject({ rows: 'data.workers' });
    expect(map.of('listings').columns.get('seen_at')?.from).toBe('time_and_date');
  });
});
