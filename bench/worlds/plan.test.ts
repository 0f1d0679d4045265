import { describe, expect, it } from 'vitest';
import { planned } from './plan.ts';

describe('a plan of cells', () => {
  it('gives each world its own number of seeds, or the common one', () => {
    expect(planned({ worlds: 'sybils:2,honest-accounts', seeds: '3', first: '7' })).toEqual([
      { world: 'sybils', seed: 7 },
      { world: 'sybils', seed: 8 },
      { world: 'honest-accounts', seed: 7 },
      { world: 'honest-accounts', seed: 8 },
      { world: 'honest-accounts', seed: 9 },
    ]);
  });

  it.each(['0', '-1', 'x', ''])('refuses %j seeds', (seeds) => {
    expect(() => planned({ worlds: 'sybils', seeds, first: '1' })).toThrow('positive');
  });
});
