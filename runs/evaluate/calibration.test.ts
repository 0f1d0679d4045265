import { describe, expect, it } from 'vitest';
import { brierOf, calibration, logLossOf } from './calibration.ts';

describe('proper scores', () => {
  it('have their textbook values', () => {
    expect(logLossOf(0.8, true)).toBeCloseTo(-Math.log(0.8), 15);
    expect(logLossOf(0.8, false)).toBeCloseTo(-Math.log(0.2), 12);
    expect(brierOf(0.8, true)).toBeCloseTo(0.04, 15);
    expect(brierOf(0.8, false)).toBeCloseTo(0.64, 15);
  });

  it('stay finite when certainty was wrong', () => {
    expect(logLossOf(1, false)).toBeCloseTo(12 * Math.LN10, 9);
    expect(logLossOf(0, true)).toBeCloseTo(12 * Math.LN10, 9);
    expect(logLossOf(1, true)).toBe(0);
  });
});

describe('calibration', () => {
  const risks = Float64Array.of(0, 0.05, 0.1, 0.6, 0.65, 0.95, 1);
  const truth = Uint8Array.of(0, 0, 0, 1, 0, 1, 1);

  it('puts each risk into one bin, edges upward, 1 into the last', () => {
    const { bins } = calibration(risks, truth);
    expect(bins.map(({ n }) => n)).toEqual([2, 1, 0, 0, 0, 0, 2, 0, 0, 2]);
    expect(bins[6]).toMatchObject({ low: 0.6, high: 0.7, bad: 1, observed: 0.5 });
    expect(bins[6]!.told).toBeCloseTo(0.625, 15);
    expect(bins[2]).toMatchObject({
      n: 0,
      told: null,
      observed: null,
      observed_low: null,
      observed_high: null,
    });
  });

  it('weighs the gaps by n', () => {
    // Gaps: 2·0.025, 1·0.1, 2·0.125, 2·0.025, over 7.
    expect(calibration(risks, truth).expected_error).toBeCloseTo((0.05 + 0.1 + 0.25 + 0.05) / 7, 12);
  });

  it('shows what lies above one half by itself', () => {
    const { above_half } = calibration(Float64Array.of(0.5, 0.6, 0.9), Uint8Array.of(1, 0, 1));
    expect(above_half).toMatchObject({ n: 2, bad: 1, told: 0.75, observed: 0.5 });
    // Exact interval of 1 of 2: 1 − 0.975^(1/2) and its mirror.
    expect(above_half.observed_low).toBeCloseTo(1 - Math.sqrt(0.975), 10);
    expect(above_half.observed_high).toBeCloseTo(Math.sqrt(0.975), 10);
  });

  it('says nothing about nobody', () => {
    const { expected_error, above_half } = calibration(new Float64Array(0), new Uint8Array(0));
    expect(expected_error).toBeNull();
    expect(above_half.n).toBe(0);
  });
});
