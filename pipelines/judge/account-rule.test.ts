import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieceWith } from '../../testing/pieces.ts';
import { policyWith } from '../../testing/scene.ts';
import { type AccountContext, concordance, judgeAccount, withinBudget } from './account-rule.ts';
import { complement, fuse } from './fusion.ts';
import type { Piece } from './piece.ts';

const policy = policyWith({});
const firm: AccountContext = {
  house: false,
  cluster: { accounts: 8, stable: true, density: 1, bridge: false },
};

/** A link that all seven others of the cluster share. */
const piece = (raw: number, more: Partial<Piece> = {}) =>
  pieceWith(
    { detector: 'd', family: 'money', raw },
    { value: 'v', links: true, sharers: 7, inCluster: 7, ...more },
  );

const pair = [piece(6), piece(5, { detector: 'e', family: 'timing' })];
const judged = (pieces: Piece[], context = firm) =>
  judgeAccount(pieces, fuse(pieces, 'account', policy), context, policy);

describe('an account', () => {
  it('is a candidate on two solid families in a firm cluster', () => {
    const { verdict, heldBy, certificates } = judged(pair);
    expect({ verdict, heldBy }).toEqual({ verdict: 'candidate', heldBy: [] });
    expect(certificates.map(({ test }) => test)).toEqual([
      'prior-slack',
      'without-others-evidence',
      'without-three-accounts',
    ]);
  });

  const cluster = firm.cluster!;
  it.each([
    ['house', pair, { ...firm, house: true }],
    ['no-cluster', pair, { house: false, cluster: null }],
    ['small-cluster', pair, { house: false, cluster: { ...cluster, accounts: 3 } }],
    ['unstable-cluster', pair, { house: false, cluster: { ...cluster, stable: false } }],
    ['thin-cluster', pair, { house: false, cluster: { ...cluster, density: 0.1 } }],
    ['bridge', pair, { house: false, cluster: { ...cluster, bridge: true } }],
    ['prior-slack', [piece(5), piece(4.6, { detector: 'e', family: 'timing' })], firm],
    ['one-family', [piece(6, { family: 'network' }), piece(5, { detector: 'e', family: 'identity' })], firm],
    ['outside-cluster', [piece(6), piece(5, { detector: 'e', family: 'timing', inCluster: 0 })], firm],
    [
      'leave-three-out',
      [piece(6), piece(5, { detector: 'e', family: 'timing', inCluster: 3, sharers: 3 })],
      firm,
    ],
    [
      'others-could-author',
      [
        piece(6.5),
        piece(2.6, { detector: 'f', family: 'graph' }),
        piece(5, { detector: 'e', family: 'mail', forgeable_by: 'anyone' }),
      ],
      firm,
    ],
  ] as const)('is held by %s', (code, pieces, context) => {
    const { verdict, heldBy } = judged([...pieces], context);
    expect(verdict).toBe('review');
    expect(heldBy).toContain(code);
  });

  it('is not moved to or from candidacy by anything that others could create', () => {
    const theirs = fc.array(
      fc.record({
        detector: fc.constantFrom('x', 'y', 'd'),
        family: fc.constantFrom('mail', 'network', 'money', 'timing'),
        raw: fc.double({ min: 0, max: 20, noNaN: true }),
        value: fc.constantFrom('1', '2', 'v'),
        sharers: fc.integer({ min: 0, max: 50 }),
        inCluster: fc.integer({ min: 0, max: 50 }),
      }),
      { maxLength: 8 },
    );
    const own = fc.array(
      fc.record({
        family: fc.constantFrom('money', 'timing', 'graph'),
        raw: fc.double({ min: 0, max: 8, noNaN: true }),
        inCluster: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(own, theirs, (mine, added) => {
        const solidOnes = mine.map((more, i) => piece(more.raw, { ...more, value: String(i), sharers: 9 }));
        const forged = added.map((more) => piece(more.raw, { ...more, forgeable_by: 'anyone' } as Piece));
        const [before, after] = [judged(solidOnes), judged([...solidOnes, ...forged])];
        expect(after.carrying).toBe(before.carrying);
        if (before.verdict !== 'candidate') expect(after.verdict).not.toBe('candidate');
        else expect(after.verdict).toBe('candidate');
      }),
      { numRuns: 500 },
    );
  });
});

describe('concordance', () => {
  it('is whole from half of the sharers on, none without any', () => {
    expect([
      concordance(0, 5),
      concordance(1, 8),
      concordance(4, 8),
      concordance(8, 8),
      concordance(1, 0),
    ]).toEqual([0, 0.25, 1, 1, 0]);
  });
});

describe('the risk budget', () => {
  const candidates = fc
    .array(fc.double({ min: 4.6, max: 12, noNaN: true }), { maxLength: 40 })
    .map((list) => list.map((carrying, i) => ({ id: `a${i}`, carrying })));
  it('takes more under a larger budget, never spends more than it, and does not look at order', () => {
    fc.assert(
      fc.property(candidates, fc.double({ min: 0.001, max: 0.2, noNaN: true }), (list, budget) => {
        const small = withinBudget(list, complement, budget);
        const large = withinBudget(list, complement, budget * 2);
        for (const id of small) expect(large).toContain(id);
        const spent = list
          .filter(({ id }) => small.has(id))
          .reduce((sum, c) => sum + complement(c.carrying), 0);
        expect(spent).toBeLessThanOrEqual(budget + 1e-12);
        expect(withinBudget(list.toReversed(), complement, budget)).toEqual(small);
      }),
    );
  });
});
