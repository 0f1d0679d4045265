import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  materialOf,
  optionsOf,
  type Synthetic,
  type SyntheticLevel,
  subjectsOf,
} from '../../testing/calibration-runs.ts';
import { BASE_RATES } from './calibrate.ts';
import { fitLevels } from './fit.ts';
import { fitKind, weightIntervals } from './held-out.ts';
import type { LabelledFinding } from './material.ts';
import { groupCounts, tally } from './tally.ts';

const FAMILIES = ['f1', 'f2', 'f3', 'f4', 'f5', 'f6'];
const all = (rate: number): Record<string, number> =>
  Object.fromEntries(FAMILIES.map((family) => [family, rate]));

function world(levels: SyntheticLevel[], more: Partial<Synthetic> = {}): Synthetic {
  return { levels, families: FAMILIES, perFamily: 200, cohorts: 30, perCohort: 300, ...more };
}

/** Fitted weights by level. */
function fitted(of: Synthetic, subjects: readonly LabelledFinding[] = subjectsOf(of)) {
  const from = materialOf(of.levels, subjects);
  const { all: fits } = fitKind(from, optionsOf(of.levels), BASE_RATES);
  return Object.fromEntries(of.levels.map(({ name }, i) => [name, fits[i]!]));
}

describe('a fit', () => {
  it('recovers known likelihood ratios, from above and from below', () => {
    for (const [present, hits, alarms] of [
      [4.4, 0.5, 0.02],
      [3, 0.4, 0.008],
    ] as const) {
      const found = fitted(world([{ name: 'd.x', present, hits: all(hits), alarms }]));
      expect(Math.abs(found['d.x']!.fitted - Math.log(hits / alarms))).toBeLessThan(0.3);
    }
  });
  it('does not hold families against a level that it is not about', () => {
    const about = { f1: 0.5, f2: 0.5 };
    const levels = [{ name: 'd.x', present: 3.2, hits: about, alarms: 0.02 }];
    expect(fitted(world(levels))['d.x']!.fitted).toBeGreaterThan(2.9);
  });
  it('raises nothing that one family alone shows, however well, and lowers it for false alarms', () => {
    const levels = [
      { name: 'd.x', present: 3.5, hits: { f1: 0.9 }, alarms: 0 },
      { name: 'e.x', present: 4, hits: { f1: 0.9 }, alarms: 0.05 },
    ];
    const found = fitted(world(levels));
    expect(found['d.x']).toMatchObject({ fitted: 3.5, why: 'one-attack', heldOut: 'f1' });
    expect(found['e.x']!.fitted).toBeLessThan(3);
    expect(found['e.x']!.why).toBe('false-alarms');
  });
  it('raises nothing that anyone can create, and nothing that nobody showed', () => {
    const levels = [
      { name: 'd.x', present: 2, hits: all(0.9), alarms: 0, anyone: true },
      { name: 'e.x', present: 2, hits: {}, alarms: 0 },
    ];
    const found = fitted(world(levels));
    expect(found['d.x']).toMatchObject({ fitted: 2, why: 'anyone' });
    expect(found['e.x']).toMatchObject({ fitted: 2, why: 'no-findings' });
  });
  it('carries no level over the line from which it would hold somebody alone', () => {
    const levels = [{ name: 'd.x', present: 3.5, hits: all(0.9), alarms: 0 }];
    expect(fitted(world(levels))['d.x']).toMatchObject({ fitted: 4.5, why: 'line' });
  });
  it('never rises above ln(n/3) of the honest units, nor above ln(c²/3) of their cohorts', () => {
    const levels = [{ name: 'd.x', present: 3.1, hits: all(1), alarms: 0 }];
    const few = fitted(world(levels, { cohorts: 30, perCohort: 4 }))['d.x']!;
    expect(few).toMatchObject({ why: 'tested', tested: 120 });
    expect(few.fitted).toBeLessThanOrEqual(Math.log(120 / 3));
    const alike = fitted(world(levels, { cohorts: 9, perCohort: 2000 }))['d.x']!;
    expect(alike).toMatchObject({ fitted: 3.1, why: 'cohorts' });
  });
  it('is worth what it is where others stay silent: a rise has to pay at every base rate', () => {
    // Only beside the strong level does the weak one meet attackers; alone it meets honest people as often.
    const strong = { name: 'd.x', present: 5.5, hits: all(0.5), alarms: 0 };
    const weak = { name: 'e.x', present: 1, hits: all(0), alarms: 0.005 };
    const of = world([strong, weak]);
    const subjects = subjectsOf(of).map((one) =>
      one.findings === '[0]' ? { ...one, findings: '[0,1]' } : one,
    );
    expect(fitted(of, subjects)['e.x']).toMatchObject({ fitted: 1, why: 'no-gain' });
  });
  it('leaves a level without a weight alone unless its detector is promoted', () => {
    const levels = [{ name: 'd.x', present: 0, hits: all(0.5), alarms: 0 }];
    const from = materialOf(levels, subjectsOf(world(levels)));
    const weight = (promote: string[]) =>
      fitKind(from, optionsOf(levels, { promote: new Set(promote) }), BASE_RATES).all[0]!.fitted;
    expect(weight([])).toBe(0);
    expect(weight(['d'])).toBeGreaterThan(2);
  });
  it('weighs subjects by how they were drawn', () => {
    const levels = [{ name: 'd.x', present: 4.4, hits: all(0.5), alarms: 0.02 }];
    const everybody = subjectsOf(world(levels));
    const half = everybody.filter(({ bad, findings }, i) => bad || findings !== '[]' || i % 7 === 0);
    const drawn = half.map((one) => ({ ...one, weight: one.bad || one.findings !== '[]' ? 1 : 7 }));
    const of = world(levels);
    expect(Math.abs(fitted(of, drawn)['d.x']!.fitted - fitted(of, everybody)['d.x']!.fitted)).toBeLessThan(
      0.3,
    );
  });
});

describe('the order of levels', () => {
  it('survives any counts, and no level passes what its own evidence allows', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    const level = fc.record({ present: fc.integer({ min: 1, max: 60 }), hits: rate, alarms: rate });
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 5 }), fc.nat(), (drawn, seed) => {
        const levels = drawn
          .toSorted((a, b) => b.present - a.present)
          .map(({ present, hits, alarms }, i) => ({
            name: `d.l${i}`,
            present: present / 10,
            hits: all(hits),
            alarms: alarms / 20,
          }));
        const of = world(levels, { perFamily: 10, cohorts: 5, perCohort: 20, seed });
        const groups = groupCounts(tally(materialOf(levels, subjectsOf(of))));
        const fits = fitLevels(
          materialOf(levels, subjectsOf(of)).levels,
          groups,
          'account',
          optionsOf(levels),
        );
        for (const [i, fit] of fits.entries()) {
          if (i > 0) expect(fit.fitted).toBeLessThanOrEqual(fits[i - 1]!.fitted);
          expect(fit.fitted).toBeGreaterThanOrEqual(0);
          expect(fit.fitted).toBeLessThanOrEqual(Math.max(fit.present, fit.ceiling) + 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is held out', () => {
  const levels: SyntheticLevel[] = [
    { name: 'd.x', present: 3.2, hits: all(0.5), alarms: 0.01 },
    { name: 'd.y', present: 3, hits: { f1: 0.3, f2: 0.4, f3: 0.4 }, alarms: { 'cohort-3': 0.9 } },
    { name: 'e.x', present: 3.5, hits: { f2: 0.8, f3: 0.6 }, alarms: 0 },
  ];
  const of = world(levels, { perFamily: 60, cohorts: 12, perCohort: 60 });
  const subjects = subjectsOf(of);

  it.each(['f2', 'cohort-3'])('cannot touch the weights that judge it: %s', (name) => {
    const weightsFor = (people: readonly LabelledFinding[]) => {
      const from = materialOf(levels, people);
      const group = from.groups.findIndex((one) => one.name === name);
      return fitKind(from, optionsOf(levels), BASE_RATES).without(group);
    };
    const swapped = subjects.map((one, i) =>
      one.family === name ? { ...one, findings: i % 2 === 0 ? '[0,1,2]' : '[]' } : one,
    );
    expect(weightsFor(swapped)).toEqual(weightsFor(subjects));
  });
  it('touches the others: the weights of everybody are not those', () => {
    const from = materialOf(levels, subjects);
    const fit = fitKind(from, optionsOf(levels), BASE_RATES);
    const cohort = from.groups.findIndex(({ name }) => name === 'cohort-3');
    expect(fit.without(cohort)[1]).toBeGreaterThan(fit.all[1]!.fitted);
  });
  it('is drawn again for intervals, operators and cohorts whole', () => {
    const from = materialOf(levels, subjects);
    const fit = fitKind(from, optionsOf(levels), BASE_RATES);
    const draw = (seed: number) =>
      weightIntervals(from, fit, optionsOf(levels), { resamples: 60, seed, level: 0.95 });
    const [x] = draw(1);
    expect(x!.low).toBeLessThan(x!.high);
    expect(x!.low).toBeLessThanOrEqual(fit.all[0]!.fitted);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
    expect(
      weightIntervals(from, fit, optionsOf(levels), { resamples: 0, seed: 1, level: 0.95 })[0],
    ).toBeNull();
  });
});

describe('poisoned labels', () => {
  const levels: SyntheticLevel[] = [
    { name: 'd.x', present: 5.7, hits: all(0.5), alarms: 0 },
    { name: 'e.x', present: 4.5, hits: { f1: 0.6, f2: 0.6, f3: 0.6 }, alarms: 0.002 },
    { name: 'f.x', present: 3, hits: all(0.3), alarms: 0.01 },
  ];
  const of = world(levels);
  const subjects = subjectsOf(of);
  const clean = fitted(of, subjects);
  /** Attackers for each honest subject. */
  const ratio = subjects.filter(({ bad }) => bad).length / subjects.filter(({ bad }) => !bad).length;

  /**
   * docs/calibration.md states this bound: with a share e of the labels flipped at random and b attackers for
   * each honest subject, no weight w falls below −ln(1/exp(w) + e·b), and none rises by more than 0.3.
   */
  it.each([0.01, 0.05])('a share of %d moves no weight by more than the stated bound', (share) => {
    const every = Math.round(1 / share);
    for (const offset of [0, 7, 13]) {
      const flipped = subjects.map((one, i) => (i % every === offset ? { ...one, bad: !one.bad } : one));
      const found = fitted(of, flipped);
      for (const { name } of levels) {
        const before = clean[name]!.fitted;
        const floor = -Math.log(Math.exp(-before) + share * ratio);
        expect(found[name]!.fitted).toBeGreaterThanOrEqual(floor - 0.15);
        expect(found[name]!.fitted).toBeLessThanOrEqual(before + 0.3);
      }
    }
  });
  it('victims labelled as a new attack family raise nothing', () => {
    const victims = subjects.map((one, i) =>
      one.family === 'cohort-4' && i % 2 === 0 ? { ...one, bad: true, family: 'planted' } : one,
    );
    const found = fitted(of, victims);
    for (const { name } of levels) expect(found[name]!.fitted).toBeLessThanOrEqual(clean[name]!.fitted + 0.1);
  });
});
