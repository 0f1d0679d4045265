import { describe, expect, it } from 'vitest';
import { poolUnits } from './pools.ts';
import type { LabelRow } from './read-labels.ts';
import { joinLabels, type RunSubject } from './sample.ts';

const subject = (id: string, account: string, risk: number): RunSubject => ({
  id,
  account,
  risk,
  outcome: 'clear',
});
const good = (id: string, operator: string | null) =>
  [
    id,
    { subject_type: 'device', subject_id: id, truth: 'good', family: null, strength: null, operator },
  ] as const;

describe('poolUnits', () => {
  const subjects = [
    subject('a1', 'a', 0.1),
    subject('a2', 'a', 0.2),
    subject('b1', 'b', 0.2),
    subject('c1', 'c', 0.2),
    subject('c2', 'c', 0.1),
    subject('d1', 'd', 0.1),
  ];
  const labels = new Map(subjects.map(({ id }) => good(id, id === 'd1' ? 'someone' : null)));
  const sample = joinLabels(subjects, labels, new Map());

  it('pools owners with the same subjects in any order, and no others', () => {
    expect([...sample.unit]).toEqual([0, 0, 1, 2, 2, 3]);
    const pooled = poolUnits(sample);
    expect([...pooled.sizes]).toEqual([2, 1, 1]);
    expect([...pooled.risk]).toEqual([0.1, 0.2, 0.2, 0.1]);
    expect([...pooled.unit]).toEqual([0, 0, 1, 2]);
  });

  it('keeps bad and good apart', () => {
    const mixed = new Map<string, LabelRow>(labels);
    mixed.set('c1', { ...labels.get('c1')!, truth: 'bad' });
    expect(poolUnits(joinLabels(subjects, mixed, new Map())).sizes).toHaveLength(4);
  });
});
