import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES, FORGEABLE_BY } from '../../contracts/evidence.ts';
import { policyWith } from '../../testing/scene.ts';
import {
  anyoneBound,
  cappedByTested,
  fuse,
  independentFamilies,
  logit,
  type Piece,
  sigmoid,
  solid,
} from './fusion.ts';

const policy = policyWith({});
const prior = logit(0.01);

function piece(raw: number, more: Partial<Piece> = {}): Piece {
  return {
    detector: 'd',
    family: 'money',
    level: 'l',
    value: null,
    forgeable_by: 'operator',
    raw,
    contradiction: false,
    ...more,
  };
}

const anyPiece = fc.record({
  detector: fc.constantFrom('d', 'e', 'f'),
  family: fc.constantFrom(...FAMILIES),
  level: fc.constantFrom('x', 'y'),
  value: fc.option(fc.constantFrom('1', '2', '3')),
  forgeable_by: fc.constantFrom(...FORGEABLE_BY),
  raw: fc.double({ min: 0, max: 20, noNaN: true }),
  contradiction: fc.boolean(),
});
const theirs = fc.array(
  anyPiece.map((p): Piece => ({ ...p, forgeable_by: 'anyone' })),
  { maxLength: 12 },
);

describe('a weight', () => {
  it('is never larger than ln(n / 3)', () => {
    expect(cappedByTested(9, 300)).toBeCloseTo(Math.log(100), 6);
    expect(cappedByTested(2, 300)).toBe(2);
    expect(cappedByTested(9, 3)).toBe(0);
    expect(cappedByTested(9, 0)).toBe(0);
  });
});

describe('fuse', () => {
  it('counts the strongest of a family fully and the k-th after it times discount^k', () => {
    const { weights, logOdds } = fuse([piece(1), piece(4), piece(2)], 'account', policy);
    expect(weights).toEqual([0.25, 4, 1]);
    expect(logOdds).toBeCloseTo(prior + 5.25, 6);
  });

  it('lets two detectors of one family share less of a device than two views of one detector', () => {
    const found = (detector: string, raw: number) =>
      piece(raw, { detector, family: 'benchmark', forgeable_by: 'nobody' });
    const { weights } = fuse([found('d', 1), found('d', 4), found('e', 2)], 'device', policy);
    expect(weights).toEqual([0.375, 4, 1.5]);
  });

  it('stops at the cap of the family', () => {
    const { weights, whyNot } = fuse(
      [piece(7), piece(6, { detector: 'e' }), piece(5, { detector: 'f' })],
      'account',
      policy,
    );
    expect(weights).toEqual([7, 1, 0]);
    expect(whyNot[2]).toBe('family-cap');
  });

  it('counts one value once per detector', () => {
    const { weights, whyNot } = fuse(
      [piece(3, { value: 'v' }), piece(4, { value: 'v', level: 'm' })],
      'account',
      policy,
    );
    expect(weights).toEqual([0, 4]);
    expect(whyNot[0]).toBe('same-fact');
  });

  it('lifts the cap of a family only for a device with a contradiction', () => {
    const hit = piece(11, { family: 'benchmark', forgeable_by: 'nobody', contradiction: true });
    expect(fuse([hit], 'device', policy).weights).toEqual([11]);
    expect(fuse([{ ...hit, contradiction: false }], 'device', policy).weights).toEqual([8.5]);
  });

  it('sums its terms to the posterior, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(anyPiece, { maxLength: 12 }),
        fc.constantFrom('account', 'device'),
        (pieces, kind) => {
          const { weights, logOdds } = fuse(pieces, kind, policy);
          expect(logOdds).toBeCloseTo(prior + weights.reduce((a, b) => a + b, 0), 5);
          expect(fuse(pieces.toReversed(), kind, policy).logOdds).toBeCloseTo(logOdds, 9);
        },
      ),
    );
  });

  it('never lets what anyone could create reach the review threshold', () => {
    fc.assert(
      fc.property(theirs, fc.constantFrom('account', 'device'), (pieces, kind) => {
        expect(sigmoid(fuse(pieces, kind, policy).logOdds)).toBeLessThan(policy.thresholds.review);
      }),
    );
    const loose = policyWith({}, { caps: { ...policy.caps, anyone: { account: 40, device: 40 } } });
    const flood = FAMILIES.map((family) => piece(20, { family, forgeable_by: 'anyone' }));
    expect(sigmoid(fuse(flood, 'account', loose).logOdds)).toBeLessThan(0.5);
    expect(anyoneBound(loose, 'account')).toBeLessThan(-prior);
  });

  it('is never lowered by what anyone could create, nor are the solid terms changed by it', () => {
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 6 }), theirs, (pieces, added) => {
        const before = fuse(pieces, 'account', policy);
        const after = fuse([...pieces, ...added], 'account', policy);
        pieces.forEach(({ forgeable_by }, i) => {
          if (forgeable_by !== 'anyone') expect(after.weights[i]).toBe(before.weights[i]);
        });
        const own = fuse(solid(pieces), 'account', policy).logOdds;
        expect(after.logOdds).toBeGreaterThanOrEqual(own - 1e-9);
      }),
    );
  });
});

describe('independent families', () => {
  const two = [piece(3, { family: 'network' }), piece(3, { family: 'clock' })];
  it('counts what one landlord causes once for an account, apart for a device', () => {
    expect(independentFamilies(two, fuse(two, 'account', policy), 'account', policy)).toBe(1);
    expect(independentFamilies(two, fuse(two, 'device', policy), 'device', policy)).toBe(2);
  });
  it('ignores a family below the policy’s weight', () => {
    const thin = [piece(3), piece(0.9, { family: 'mail' })];
    expect(independentFamilies(thin, fuse(thin, 'account', policy), 'account', policy)).toBe(1);
  });
});
