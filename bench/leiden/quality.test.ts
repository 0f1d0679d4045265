import { describe, expect, it } from 'vitest';
import { leidenRuns } from '../../pipelines/cluster/leiden.ts';
import { plantedGraph } from './graphs.ts';
import { quality } from './quality.ts';

const component = {
  accounts: [0, 1, 2],
  values: [0, 1],
  edges: [
    { account: 0, value: 0, nats: 4 },
    { account: 1, value: 0, nats: 4 },
    { account: 1, value: 1, nats: 2 },
    { account: 2, value: 1, nats: 2 },
  ],
};

describe('quality of groups', () => {
  it('is the weight within groups less the resolution per pair', () => {
    expect(quality(component, [0, 0, 0], 0.5)).toBeCloseTo(4 + 2 - 0.5 * 3);
    expect(quality(component, [0, 0, 1], 0.5)).toBeCloseTo(4 + 1 - 0.5);
    expect(quality(component, [0, 1, 2], 0.5)).toBeCloseTo(2 + 1);
  });

  it('is raised by Leiden above single accounts and above one group of all', () => {
    const planted = plantedGraph(500, 0.1, 3).component;
    const [groups] = leidenRuns(planted, [0.05], [1]);
    const found = quality(planted, groups!, 0.05);
    expect(found).toBeGreaterThan(quality(planted, planted.accounts, 0.05));
    expect(found).toBeGreaterThan(quality(planted, new Int32Array(500), 0.05));
  });
});
