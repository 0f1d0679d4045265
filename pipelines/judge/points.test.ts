import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, keptPoints, micro } from './points.ts';

describe('points', () => {
  it('are exact to six places and rounded down', () => {
    expect(keptPoints('10.000000', 2n, 3n)).toBe('6.666666');
    expect(keptPoints('0.000001', 1n, 2n)).toBe('0.000000');
    expect(keptPoints('123456789012345678901234567890.5', 1n, 1n)).toBe(
      '123456789012345678901234567890.500000',
    );
    expect(keptPoints('7', 0n, 0n)).toBe('7');
  });

  it('survive the way to micro-points and back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (value) => {
        expect(micro(decimal(value))).toBe(value);
      }),
    );
  });

  it('never grow', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 20n });
    fc.assert(
      fc.property(amount, amount, amount, (points, kept, gone) => {
        expect(micro(keptPoints(decimal(points), kept, kept + gone))).toBeLessThanOrEqual(points);
      }),
    );
  });
});
