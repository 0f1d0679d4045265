import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../pipelines/judge/policy.ts';
import { familiesOf, holdOut } from './hold-out.ts';
import type { FoundTerm, LabelledSubject } from './runs.ts';

const policy = { ...loadPolicy(), weights: { d: { x: 6, z: 6 }, e: { y: 6, w: 6 } } };

function term(name: string, bound: number | null = null): FoundTerm {
  const [detector, level] = name.split('.') as [string, string];
  const family = detector === 'd' ? 'inventory' : 'identity';
  return { detector, level, family, forgeable_by: 'operator', value: null, bound };
}

function devices(bad: boolean, group: string, n: number, terms: FoundTerm[]): LabelledSubject[] {
  const levels = new Set(terms.map(({ detector, level }) => `${detector}.${level}`));
  return Array.from({ length: n }, () => ({ bad, group, strength: 1, levels, terms }));
}

const subjects = [
  ...devices(false, 'honest', 3000, []),
  ...devices(true, 'copied', 200, [term('d.x'), term('e.y')]),
  ...devices(true, 'alike', 200, [term('d.x'), term('e.y')]),
  ...devices(true, 'odd', 200, [term('d.z'), term('e.w')]),
];

describe('holdOut', () => {
  const rows = holdOut(subjects, subjects, familiesOf(subjects), policy);
  const row = (family: string) => rows.find((one) => one.family === family)!;

  it('finds a family that another one resembles without having seen it', () => {
    expect(row('alike')).toMatchObject({
      n: 200,
      with: { void: 200 },
      without: { void: 200 },
      unseen: { void: 200 },
    });
  });
  it('tells what a hand has known of a family that nothing resembles', () => {
    expect(row('odd')).toMatchObject({
      with: { void: 200 },
      without: { void: 200 },
      unseen: { void: 0, reached: 0 },
    });
  });
  it('counts honest devices with the same weights', () => {
    const framed = [...subjects, ...devices(false, 'framed', 5, [term('d.x'), term('e.y')])];
    const [found] = holdOut(subjects, framed, ['alike'], policy);
    expect(found).toMatchObject({ shipped: { honest: 5 }, with: { honest: 5 }, without: { honest: 5 } });
  });
  it('never weighs a finding above what its test allowed in the run', () => {
    const few = devices(true, 'alike', 10, [term('d.x', 2), term('e.y', 2)]);
    const [found] = holdOut(subjects, few, ['alike'], policy);
    expect(found).toMatchObject({ n: 10, shipped: { void: 0 }, with: { void: 0 } });
  });
});
