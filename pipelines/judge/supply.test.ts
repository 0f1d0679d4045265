import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../statistics/prng.ts';
import { finding, judgeScene, policyWith } from '../../testing/scene.ts';
import { realCards } from './supply.ts';

describe('the interval of real cards', () => {
  it('holds the truth in at least 95 of 100 fleets whose probabilities are right', () => {
    const random = mulberry32(7);
    let held = 0;
    const fleets = 400;
    for (let f = 0; f < fleets; f++) {
      const risks = Array.from({ length: 80 }, () => (random() < 0.8 ? 0.01 : random()));
      const truth = risks.filter((risk) => random() >= risk).length;
      const measured = risks.map((risk) => ({ devices: 1, cards: 1, risk }));
      const { real_low, real_high } = realCards(
        { measured, unmeasured: 0, sharedAtLeast: 0, sharedAtMost: 0 },
        1,
      );
      if (real_low <= truth && truth <= real_high) held++;
    }
    expect(held / fleets).toBeGreaterThanOrEqual(0.95);
  });

  it('is ordered, stays within the claims, and what was never measured widens its upper end alone', () => {
    const part = fc.record({
      devices: fc.integer({ min: 1, max: 60 }),
      cards: fc.integer({ min: 1, max: 8 }),
      risk: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.nat(500), (measured, unmeasured) => {
        const none = { measured, unmeasured: 0, sharedAtLeast: 0, sharedAtMost: 0 };
        const before = realCards(none, 1);
        const after = realCards({ ...none, unmeasured }, 1);
        expect(before.real_low).toBeLessThanOrEqual(Math.ceil(before.real_estimate));
        expect(before.real_high).toBeGreaterThanOrEqual(Math.floor(before.real_estimate));
        expect(before.real_high).toBeLessThanOrEqual(
          measured.reduce((sum, { devices, cards }) => sum + devices * cards, 0),
        );
        expect(after).toEqual({ ...before, real_high: before.real_high + unmeasured });
      }),
    );
  });

  it('counts void machines on one card as that card, and absurd claims as a thousand', async () => {
    const ids = ['d0', 'd1', 'd2', 'd3', 'd4'];
    const { warehouse } = await judgeScene(
      {
        accounts: [{ id: 'a' }, { id: 'b' }],
        devices: [
          ...ids.map((id) => ({ id, account: 'a', bins: 9, model: 'M', benchmarked: true })),
          ...['r0', 'r1', 'r2', 'r3'].map((id) => ({
            id,
            account: 'b',
            bins: 9,
            model: 'M',
            benchmarked: true,
          })),
          { id: 'absurd', account: 'b', bins: 9, model: 'N', cards: 9_000_000_000 },
        ],
        findings: ids.flatMap((id) => [
          finding(id, 'card', {
            subject_type: 'device',
            family: 'benchmark',
            forgeable_by: 'nobody',
            related: ids.filter((other) => other !== id),
          }),
          finding(id, 'image', { subject_type: 'device', family: 'inventory' }),
        ]),
        sameCard: [['card', 'strong']],
      },
      policyWith({ card: { strong: 8 }, image: { strong: 8 } }),
    );
    const rows = await warehouse.rows('SELECT * FROM verdict.supply ORDER BY gpu_model');
    expect(rows).toMatchObject([
      // Four that are real with 99 %, and one to four cards behind the five void machines.
      { gpu_model: 'M', claimed: 9, void: 5, real_low: 3, real_estimate: 5, real_high: 8 },
      { gpu_model: 'N', claimed: 1000, benchmarked: 0, real_low: 0, real_estimate: 0, real_high: 1000 },
    ]);
  });
});
