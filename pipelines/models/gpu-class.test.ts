/** What a name of several models claims, and which claims of devices the catalogue knows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFeatures } from '../../testing/tables.ts';
import { createRawViews } from '../ingest/raw-views.ts';
import { createSchema } from '../warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { loadReference } from './reference.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  await loadReference(warehouse);
  await createRawViews(warehouse, 0);
  await buildFeatures(warehouse, ['features.gpu_class']);
});
afterAll(() => warehouse.close());

describe('figures of a group', () => {
  it('contradict no member', async () => {
    const odd = await warehouse.rows(
      `SELECT c.spelled, k.gpu_model FROM features.gpu_class c
       JOIN features.gpu_kind k ON list_contains(c.members, k.gpu_model) AND k.slice_profile IS NOT DISTINCT FROM c.slice_profile
       WHERE (c.memory_min_mib > k.memory_min_mib AND NOT regexp_matches(c.spelled, ' gb$')) OR c.memory_min_mib > k.memory_max_mib
         OR c.memory_max_mib < k.memory_min_mib OR c.sm_min > k.sm_min OR c.sm_max < k.sm_max OR c.fp32_tflops > k.fp32_tflops
         OR c.fp32_ceiling_tflops < k.fp32_ceiling_tflops OR c.fp16_tflops > k.fp16_tflops OR c.power_limit_w < k.power_limit_w
         OR c.bandwidth_min_gb_s > k.bandwidth_min_gb_s OR c.bandwidth_max_gb_s < k.bandwidth_max_gb_s
         OR c.lanes_per_sm * c.sm_min > k.lanes_per_sm * k.sm_min OR c.vendor <> k.vendor OR (k.overclockable AND NOT c.overclockable)
         OR NOT list_has_all(string_split(c.pci_device_ids, '|'), string_split(k.pci_device_ids, '|'))
         OR NOT list_contains(string_split(c.architecture, '|'), k.architecture)`,
    );
    expect(odd).toEqual([]);
    const groups = await warehouse.row<{ n: number }>(
      'SELECT count(*) AS n FROM features.gpu_class WHERE len(members) > 1',
    );
    expect(Number(groups.n)).toBeGreaterThan(60);
  });

  it('are narrowed by the form and the size that the name states', async () => {
    const rows = await warehouse.rows<{ spelled: string; memory: string; bandwidth: number }>(
      `SELECT spelled, array_to_string(memory_mib, '|') AS memory, bandwidth_max_gb_s AS bandwidth FROM features.gpu_class
       WHERE spelled IN ('rtx 4060 ti', 'rtx 4060 ti 16 gb', 'a 100 40 gb', 'a 100 sxm 4', 'l 4 24 gb') ORDER BY 1`,
    );
    expect(rows).toEqual([
      { spelled: 'a 100 40 gb', memory: '40536|40537|40960', bandwidth: 1560 },
      { spelled: 'a 100 sxm 4', memory: '40536|40537|40960|81050|81251|81252|81920', bandwidth: 2040 },
      { spelled: 'l 4 24 gb', memory: '23034|24570', bandwidth: expect.any(Number) },
      { spelled: 'rtx 4060 ti', memory: '8188|16380', bandwidth: 288 },
      { spelled: 'rtx 4060 ti 16 gb', memory: '16380', bandwidth: 288 },
    ]);
  });
});

describe('claims of devices', () => {
  it('counts and lists what the catalogue does not know, and knows what sellers write', async () => {
    const claims = [
      'rtx4090',
      'RTX_4090',
      'A100 SXM4',
      'H100 SXM',
      'GTX 1660 S',
      'Tomorrow 9',
      'Tomorrow 9',
      'RTX 4090 48GB',
    ];
    for (const [i, claim] of claims.entries())
      await warehouse.run(
        `INSERT INTO loaded.accounts (account_id, created_at) VALUES ('a${i}', 0);
         INSERT INTO loaded.devices (device_id, account_id, registered_at, gpu_model, gpu_count) VALUES ('d${i}', 'a${i}', 0, '${claim}', 1)`,
      );
    await buildFeatures(warehouse, ['features.unknown_model']);
    expect(await warehouse.rows('SELECT * FROM features.unknown_model ORDER BY claim')).toEqual([
      { claim: 'RTX 4090 48GB', devices: 1, accounts: 1, device_ids: ['d7'] },
      { claim: 'Tomorrow 9', devices: 2, accounts: 2, device_ids: ['d5', 'd6'] },
    ]);
    const known = await warehouse.rows<{ device_id: string; gpu_model: string }>(
      'SELECT device_id, gpu_model FROM features.device_claim WHERE gpu_model IS NOT NULL ORDER BY 1',
    );
    expect(known.map(({ gpu_model }) => gpu_model)).toEqual([
      'NVIDIA GeForce RTX 4090',
      'NVIDIA GeForce RTX 4090',
      'NVIDIA A100-SXM4-40GB | NVIDIA A100-SXM4-80GB',
      'NVIDIA H100 80GB HBM3',
      'NVIDIA GeForce GTX 1660 SUPER',
    ]);
  });
});
