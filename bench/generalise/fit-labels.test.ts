import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { type Variant, writeFitLabels } from './fit-labels.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-fit-labels-'));
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  const honest = Array.from({ length: 400 }, (_, i) => `account,h${i},good,honest-home,0,h${i}`);
  const bad = ['a1', 'a2'].map((id) => `account,${id},bad,exit+worker,2,o1`);
  const labels = [
    'subject_type,subject_id,truth,family,strength,operator',
    ...bad,
    'account,a3,bad,mail+wallet,1,o2',
    'device,d3,bad,card.path.relay,1,o2',
  ];
  writeFileSync(join(folder, 'labels.csv'), `${[...labels, ...honest].join('\n')}\n`);
  writeFileSync(
    join(folder, 'labels-traits.csv'),
    `group,trait,subject_type,subject_id,blur
o1,exit,account,a1,0.6
o1,worker,account,a1,0.2
o1,exit,account,a2,0.6
o2,wallet,account,a3,0.1
o2-cards,card.path.relay,device,d3,0.1
`,
  );
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

async function labelsOf(variant: Variant): Promise<string[][]> {
  const path = await writeFitLabels({ world: 'w', seed: 1, folder }, variant, warehouse);
  const [, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
  return rows.map((row) => row.split(','));
}
const bad = (rows: readonly string[][]) => rows.filter(([, , truth]) => truth === 'bad');

describe('labels to fit on', () => {
  it('take the trait that is hidden least for the family', async () => {
    const families = bad(await labelsOf({ kind: 'whole' })).map(([, id, , family]) => [id, family]);
    expect(families).toEqual([
      ['a1', 'worker'],
      ['a2', 'exit'],
      ['a3', 'wallet'],
      ['d3', 'card.path.relay'],
    ]);
  });

  it('leave out every member of an operator of whom one has the trait', async () => {
    const rows = await labelsOf({ kind: 'without', trait: 'worker' });
    expect(bad(rows).map(([, id]) => id)).toEqual(['a3', 'd3']);
    expect(rows).toHaveLength(402);
    const relays = await labelsOf({ kind: 'without', trait: 'card.path.relay' });
    expect(bad(relays).map(([, id]) => id)).toEqual(['a1', 'a2']);
  });

  it('are wrong for a fifth, each mistake under a name of its own', async () => {
    const rows = await labelsOf({ kind: 'noise', share: 0.2 });
    expect(rows).toHaveLength(404);
    const wrong = rows.filter(
      ([, , , family]) => family === 'mislabelled' || family === 'honest-mislabelled',
    );
    expect(wrong.length / 404).toBeGreaterThan(0.14);
    expect(wrong.length / 404).toBeLessThan(0.26);
    for (const [, id, truth, family, , operator] of wrong) {
      expect(truth).toBe(id?.startsWith('h') ? 'bad' : 'good');
      expect(family).toBe(id?.startsWith('h') ? 'mislabelled' : 'honest-mislabelled');
      expect(operator).toBe(id);
    }
  });
});
