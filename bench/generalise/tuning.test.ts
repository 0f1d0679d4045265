import { describe, expect, it } from 'vitest';
import { CLEAR, FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { type Pair, tuningGain } from './tuning.ts';

const bootstrap = { resamples: 400, seed: 1 };

/** Operators of two accounts each, and an honest account that counts for nothing. */
function sampleOf(outcomes: readonly (readonly [number, number])[]): Sample {
  const all = [...outcomes.flat(), FINAL];
  const ids = all.map((_, i) => `s${i}`);
  return {
    ids,
    bad: Uint8Array.from(ids, (_, i) => (i < ids.length - 1 ? 1 : 0)),
    outcome: Uint8Array.from(all),
    risk: new Float64Array(ids.length),
    family: ids.map(() => 'exit'),
    strength: ids.map(() => 1),
    operator: ids.map((_, i) => `o${Math.floor(i / 2)}`),
    unit: Uint32Array.from(ids, (_, i) => Math.floor(i / 2)),
    units: outcomes.length + 1,
    inRun: ids.length,
    labelsWithoutSubject: 0,
  };
}
const clear = Array.from({ length: 10 }, () => [CLEAR, CLEAR] as const);
const found = (operators: number, outcome: number) =>
  clear.map((one, i) => (i < operators ? ([outcome, outcome] as const) : one));
const pair = (shipped: Sample, fitted: Sample): Pair => ({ shipped, fitted });

describe('what tuning gains', () => {
  it('is the gain on the other half less that on the half of the fit', () => {
    const a = pair(sampleOf(clear), sampleOf(found(6, FINAL)));
    const b = pair(sampleOf(found(1, FINAL)), sampleOf(found(2, HELD)));
    const gain = tuningGain(a, b, bootstrap);
    expect(gain?.final.value).toBeCloseTo(-0.1 - 0.6);
    expect(gain?.final_or_held.value).toBeCloseTo(0.1 - 0.6);
    expect(gain?.final.low).toBeLessThan(-0.7);
    expect(gain?.final.high).toBeGreaterThan(-0.7);
    expect(gain?.final.high).toBeLessThan(0);
    expect(tuningGain(a, b, bootstrap)).toEqual(gain);
  });

  it('is nothing where both policies find the same, and unknown where a half has nobody bad', () => {
    const same = pair(sampleOf(found(3, FINAL)), sampleOf(found(3, FINAL)));
    expect(tuningGain(same, same, bootstrap)?.final).toEqual({ value: 0, low: 0, high: 0 });
    const nobody = sampleOf(clear);
    const honest = { ...nobody, bad: new Uint8Array(nobody.ids.length) };
    expect(tuningGain(same, pair(honest, honest), bootstrap)).toBeNull();
  });
});
