import { describe, expect, it } from 'vitest';
import { BY_HAND, brokenRules, ruleScores, thresholdsAt, tuneRules } from './rules.ts';

/** Sixty devices: the upper thirty of `short` are fake, `noise` says nothing, `rare` names three fakes. */
const bad = Uint8Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1));
const facts = {
  short: Float64Array.from({ length: 60 }, (_, i) => (i === 7 ? Number.NaN : i / 60)),
  noise: Float64Array.from({ length: 60 }, (_, i) => i % 2),
  rare: Float64Array.from({ length: 60 }, (_, i) => (i > 56 ? 1 : 0)),
};

describe('rules', () => {
  const rules = tuneRules(facts, bad);
  it('puts the threshold of a check where training devices beyond it are fake', () => {
    expect(thresholdsAt(rules, 0.995)).toEqual([{ check: 'short', from: 0.5 }]);
  });
  it('does not believe a check that only a few fakes pass', () => {
    expect(rules.rare!.every(({ precision }) => precision < 0.6)).toBe(true);
  });
  it('scores a device by its purest check, and nothing where no check looks', () => {
    const scores = ruleScores(rules, {
      short: Float64Array.of(0.9, 0.1, Number.NaN),
      noise: Float64Array.of(0, 0, Number.NaN),
    });
    expect(scores[0]).toBe(1);
    expect(scores[1]).toBeGreaterThan(0);
    expect(scores[1]).toBeLessThan(0.995);
    expect(scores[2]).toBe(0);
  });
});

describe('rules by hand', () => {
  const of = (values: Partial<Record<string, number[]>>) =>
    Object.fromEntries(
      Object.keys(BY_HAND).map((check) => [check, Float64Array.from(values[check] ?? [0, 0, 0])]),
    );
  it('count what a device breaks, from the threshold on', () => {
    const broken = brokenRules(of({ fp32_short: [0.5, 0.49, Number.NaN], memory_unequal: [1, 0, 1] }));
    expect([...broken]).toEqual([2, 0, 1]);
  });
  it('refuse facts without a check', () => {
    expect(() => brokenRules({ fp32_short: Float64Array.of(1) })).toThrow(/no column uuid_on_others/);
  });
});
