import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { testimonyOf } from './cell-lies.ts';
import { movesOfCells } from './cell-truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-cell-truth-'));
const cell = { world: 'w', seed: 3, folder };
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  mkdirSync(join(folder, 'run'));
  const files = {
    'labels-groups.csv': `group,truth,kind,strength,concealment,accounts,devices,cost_usd
victim-1,good,victim,0,0,2,2,0
framer-1,bad,framer,2,0.4,1,1,3.5
`,
    'labels-traits.csv': `group,trait,subject_type,subject_id,blur
victim-1,framing.dust,account,a1,0.5
victim-1,framing.dust,account,a2,0.5
victim-1,wallet,account,a2,0.5
framer-1,framing.salary,account,f1,0.5
`,
    'labels-lies.csv':
      'lie,metric,valid_from,valid_to,size\ninjected-model,gpus_online:NVIDIA A10,1713571200000,1713657600000,0.2\n',
    'run/network.csv': `detector,reason,valid_from,valid_to,metric,observed,expected,severity
fleet-injection,fleet-injected-in-a-line,2024-04-20T00:00:00.050Z,2024-04-21T00:00:00.000Z,gpus_online:NVIDIA A10,9,2,serious
`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the truth of a cell', () => {
  it('has the moves against the victims, not those by the ring', async () => {
    expect([...(await movesOfCells([cell], warehouse))]).toEqual([
      ['w/3/a1', ['framing.dust']],
      ['w/3/a2', ['framing.dust']],
    ]);
  });

  it('has lies and findings at the same clock', async () => {
    const metric = 'gpus_online:NVIDIA A10';
    expect(await testimonyOf(cell, warehouse)).toEqual({
      told: [{ lie: 'injected-model', metric, from: 1_713_571_200_000, to: 1_713_657_600_000 }],
      findings: [
        { reason: 'fleet-injected-in-a-line', metric, from: 1_713_571_200_050, to: 1_713_657_600_000 },
      ],
    });
    expect(await testimonyOf({ folder: join(folder, 'nowhere') }, warehouse)).toEqual({
      told: [],
      findings: [],
    });
  });
});
