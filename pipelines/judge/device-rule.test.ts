import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Family, ForgeableBy } from '../../contracts/evidence.ts';
import { pieceWith } from '../../testing/pieces.ts';
import { policyWith } from '../../testing/scene.ts';
import { judgeDevice } from './device-rule.ts';
import { fuse, logit } from './fusion.ts';
import type { Piece } from './piece.ts';

const policy = policyWith({});
/** Nats from the prior to the threshold of `void`. */
const NEED = logit(policy.thresholds.void) - logit(policy.prior.device);

const piece = (family: Family, raw: number, more: Partial<Piece> = {}) =>
  pieceWith({ detector: family, family, raw }, more);

const verdict = (pieces: readonly Piece[], by = policy) =>
  judgeDevice(pieces, fuse(pieces, 'device', by), by);

describe('a device is void', () => {
  it('on two families that survive the slack of the prior', () => {
    const enough = NEED + policy.thresholds.priorSlack;
    expect(verdict([piece('benchmark', enough - 4), piece('identity', 4)])).toMatchObject({
      verdict: 'void',
      heldBy: [],
    });
    expect(verdict([piece('benchmark', enough - 4.01), piece('identity', 4)])).toMatchObject({
      verdict: 'review',
      heldBy: ['prior-slack'],
    });
  });

  it('on one repeated contradiction that the network measured, and on no other single family', () => {
    const measured = piece('benchmark', 11, { forgeable_by: 'nobody', contradiction: true });
    expect(verdict([measured]).verdict).toBe('void');
    expect(verdict([{ ...measured, forgeable_by: 'operator' }]).heldBy).toContain('one-family');
    const loose = policyWith({}, { caps: { ...policy.caps, device: { benchmark: 20 } } });
    expect(verdict([{ ...measured, contradiction: false }], loose).heldBy).toEqual(['one-family']);
  });

  it('not on a second family that says next to nothing', () => {
    const loose = policyWith({}, { caps: { ...policy.caps, device: { benchmark: 20, identity: 8 } } });
    const little = policy.thresholds.familyWeight - 0.1;
    expect(verdict([piece('benchmark', 12), piece('identity', little)], loose).heldBy).toEqual([
      'one-family',
    ]);
  });

  it('not with the help of what anyone could have created', () => {
    const pieces = [piece('benchmark', NEED - 1), piece('identity', 5, { forgeable_by: 'anyone' })];
    expect(verdict(pieces).verdict).toBe('review');
    expect(verdict(pieces).heldBy).toContain('others-could-author');
  });
});

describe('evidence that anyone could have created', () => {
  const families = fc.constantFrom<Family>('identity', 'inventory', 'benchmark', 'network', 'report');
  const pieces = (by: ForgeableBy) =>
    fc.array(
      fc
        .tuple(families, fc.double({ min: 0, max: 15, noNaN: true }))
        .map(([family, raw]) => piece(family, raw, { forgeable_by: by })),
      { maxLength: 6 },
    );
  it('voids no device and spares none', () => {
    fc.assert(
      fc.property(pieces('operator'), pieces('anyone'), (own, theirs) => {
        const before = verdict(own).verdict;
        const after = verdict([...own, ...theirs]).verdict;
        expect(after === 'void').toBe(before === 'void');
        if (before !== 'clear') expect(after).not.toBe('clear');
      }),
    );
  });
});
