import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES, FORGEABLE_BY } from '../../contracts/evidence.ts';
import { pieceWith } from '../../testing/pieces.ts';
import { policyWith } from '../../testing/scene.ts';
import { anyoneBound, cappedByTested, fuse, independentFamilies, logit, sigmoid } from './fusion.ts';
import { type Piece, solid } from './piece.ts';

const policy = policyWith({});
const prior = logit(0.01);

const piece = (raw: number, more: Partial<Piece> = {}) =>
  pieceWith({ detector: 'd', family: 'money', raw }, more);

const FAMILY_OF = { d: 'money', e: 'timing', f: 'money' } as const;
const anyPiece: fc.Arbitrary<Piece> = fc
  .record({
    detector: fc.constantFrom('d', 'e', 'f'),
    level: fc.constantFrom('x', 'y'),
    value: fc.option(fc.constantFrom('1', '2', '3')),
    facet: fc.option(fc.constantFrom('size', 'speed')),
    card: fc.option(fc.constantFrom(0, 1)),
    forgeable_by: fc.constantFrom(...FORGEABLE_BY),
    raw: fc.double({ min: 0, max: 20, noNaN: true }),
    contradiction: fc.boolean(),
  })
  .map(({ raw, ...more }) => piece(raw, { ...more, family: FAMILY_OF[more.detector] }));
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
    const found = [1, 4, 2].map((raw) => piece(raw, { value: `v${raw}` }));
    const { weights, logOdds } = fuse(found, 'account', policy);
    expect(weights).toEqual([0.25, 4, 1]);
    expect(logOdds).toBeCloseTo(prior + 5.25, 6);
  });

  it('lets two detectors of one family share less of a device than two views of one detector', () => {
    const found = (detector: string, raw: number) =>
      piece(raw, { detector, family: 'benchmark', forgeable_by: 'nobody' });
    const slow = { ...found('d', 1), facet: 'speed' };
    const { weights } = fuse([slow, found('d', 4), found('e', 2)], 'device', policy);
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
    expect(whyNot[0]).toBe('also-holds');
  });

  describe('levels of one statement', () => {
    const level = (name: string, raw: number, more: Partial<Piece> = {}) =>
      piece(raw, { family: 'inventory', ...more, level: name });
    const weigh = (...pieces: Piece[]) => fuse(pieces, 'device', policy);

    it('weigh what the strongest says, ties by name; the others also hold', () => {
      const { weights, whyNot } = weigh(level('one', 0.5), level('minted', 7), level('likely', 4.5));
      expect(weights).toEqual([0, 7, 0]);
      expect(whyNot).toEqual(['also-holds', null, 'also-holds']);
      expect(weigh(level('b', 3), level('a', 3)).weights).toEqual([0, 3]);
    });

    it('are apart where the card, the facet or the value is another', () => {
      for (const other of [{ card: 1 }, { facet: 'speed' }, { value: 'v' }]) {
        expect(weigh(level('x', 4), level('y', 2, other)).weights).toEqual([4, 1]);
      }
    });

    it('are one about one value, whichever card shows it', () => {
      const about = (card: number | null) => ({ value: 'v', card });
      expect(weigh(level('x', 4, about(0)), level('y', 2, about(null))).weights).toEqual([4, 0]);
    });

    it('leave a solid level its place and add the excess of a stronger one that anyone could create', () => {
      const nearby = level('nearby', 2.5, { forgeable_by: 'anyone' });
      const { weights, whyNot } = weigh(level('one', 0.5), nearby);
      expect(weights).toEqual([0.5, 2]);
      expect(whyNot).toEqual([null, null]);
      expect(weigh(level('minted', 7), nearby).whyNot).toEqual([null, 'also-holds']);
    });

    it('never sum to less for one level more', () => {
      const one = fc.record({
        raw: fc.double({ min: 0, max: 8, noNaN: true }),
        by: fc.constantFrom(...FORGEABLE_BY),
      });
      fc.assert(
        fc.property(fc.array(one, { maxLength: 5 }), one, (some, more) => {
          const pieces = [...some, more].map(({ raw, by }, i) => level(`l${i}`, raw, { forgeable_by: by }));
          const before = weigh(...pieces.slice(0, -1)).logOdds;
          expect(weigh(...pieces).logOdds).toBeGreaterThanOrEqual(before - 1e-5);
        }),
      );
    });
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
    const flood = FAMILIES.map((family) => piece(20, { detector: family, family, forgeable_by: 'anyone' }));
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
  const two = [piece(3, { family: 'network' }), piece(3, { detector: 'e', family: 'clock' })];
  it('counts what one landlord causes once for an account, apart for a device', () => {
    expect(independentFamilies(two, fuse(two, 'account', policy), 'account', policy)).toBe(1);
    expect(independentFamilies(two, fuse(two, 'device', policy), 'device', policy)).toBe(2);
  });
  it('ignores a family below the policy’s weight', () => {
    const thin = [piece(3), piece(0.9, { detector: 'e', family: 'mail' })];
    expect(independentFamilies(thin, fuse(thin, 'account', policy), 'account', policy)).toBe(1);
  });
});
