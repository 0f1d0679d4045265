import { describe, expect, it } from 'vitest';
import { KINDS } from '../../fixtures/worlds/grammar/honest/catalogue.ts';
import { kindBatches } from './kind-batches.ts';

const few = [
  { id: 'common', perThousand: 900 },
  { id: 'rare', perThousand: 80 },
  { id: 'odd', perThousand: 20 },
];

describe('kinds in batches', () => {
  it('leave out whoever is enough already', () => {
    expect(kindBatches(few, 100, 200)).toEqual([['common', 'rare', 'odd'], ['rare', 'odd'], ['odd']]);
    expect(() => kindBatches(few, 0, 200)).toThrow('positive');
  });

  it('count machines where an account has dozens', () => {
    const halls = few.map((kind) => (kind.id === 'odd' ? { ...kind, machines: 50 } : kind));
    expect(kindBatches(halls, 100, 200)).toEqual([['common', 'rare', 'odd'], ['rare']]);
  });

  it('give each kind of the catalogue its number, in hardly more worlds than all need', () => {
    const kinds = Object.entries(KINDS).map(([id, { perThousand }]) => ({ id, perThousand }));
    const batches = kindBatches(kinds, 500, 2000);
    const accounts = new Map<string, number>();
    for (const batch of batches) {
      const of = kinds.filter(({ id }) => batch.includes(id));
      const sum = of.reduce((total, { perThousand }) => total + perThousand, 0);
      for (const { id, perThousand } of of)
        accounts.set(id, (accounts.get(id) ?? 0) + (2000 * perThousand) / sum);
    }
    expect(Math.min(...kinds.map(({ id }) => accounts.get(id) ?? 0))).toBeGreaterThan(499.9);
    expect(batches.length).toBeLessThan(1.3 * Math.ceil((kinds.length * 500) / 2000));
  });
});
