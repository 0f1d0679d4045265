import { describe, expect, it } from 'vitest';
import type { BrakeRow } from '../../contracts/verdict.ts';
import { judgeScene, policyWith, type Scene, shared } from '../../testing/scene.ts';
import { costly, crowded, jumps, stopOn } from './brakes.ts';

const inputLoss = { warn: 0.01, stop: 0.2 };
const limits = { jump: 3, segmentShare: 0.5, segmentMin: 10, pointsShare: 0.4, inputLoss };

describe('brakes', () => {
  it('compare a detector with the previous run by the factor, above a minimum', () => {
    const now = [
      { detector: 'a', findings: 31 },
      { detector: 'b', findings: 30 },
      { detector: 'c', findings: 9 },
      { detector: 'new', findings: 500 },
    ];
    const before = [
      { detector: 'a', findings: 10 },
      { detector: 'b', findings: 10 },
      { detector: 'c', findings: 1 },
    ];
    expect(jumps(now, before, limits)).toMatchObject([
      { segment: 'a', observed: 31, allowed: 30, total: 10 },
    ]);
  });

  it('look at segments that are large enough', () => {
    const segments = [
      { segment: 'country=XX', total: 10, hit: 6 },
      { segment: 'country=YY', total: 10, hit: 5 },
      { segment: 'country=ZZ', total: 9, hit: 9 },
    ];
    expect(crowded(segments, limits)).toMatchObject([{ segment: 'country=XX', observed: 0.6, allowed: 0.5 }]);
  });

  it('look at the share of points', () => {
    expect(costly({ accounts: 10, before: 100, after: 60 }, limits)).toEqual([]);
    expect(costly({ accounts: 10, before: 100, after: 59 }, limits)).toMatchObject([{ observed: 0.41 }]);
    expect(costly({ accounts: 9, before: 100, after: 0 }, limits)).toEqual([]);
    expect(costly({ accounts: 10, before: 0, after: 0 }, limits)).toEqual([]);
  });

  it('stop with name and numbers unless overridden', () => {
    const row: BrakeRow = {
      name: 'points-share',
      segment: '',
      observed: 0.5,
      allowed: 0.4,
      total: 100,
      overridden_why: null,
    };
    expect(() => stopOn([row])).toThrow(/E_BRAKE brake points-share: expected at most 0.4, got 0.5 of 100/);
    expect(() => stopOn([{ ...row, overridden_why: 'checked by hand' }])).not.toThrow();
  });
});

describe('a run', () => {
  const names = Array.from({ length: 8 }, (_, i) => `a${i}`);
  const scene: Scene = {
    accounts: [...names, 'b0', 'b1'].map((id, i) => ({ id, at: i + 1, points: 1, country: 'XX' })),
    findings: [...shared(names, 'wallet', 'w'), ...shared(names, 'image', 'i', { family: 'identity' })],
  };
  const policy = policyWith({ wallet: { strong: 6 }, image: { strong: 5 } }, { brakes: limits });

  it('is stopped by its own list, and passes with a recorded override', async () => {
    await expect(judgeScene(scene, policy)).rejects.toThrow(/E_BRAKE brake segment-share \(country=XX\)/);
    const overrideBrakes = [
      { name: 'segment-share' as const, why: 'a farm in one country' },
      { name: 'points-share' as const, why: 'most points were theirs' },
    ];
    const { warehouse } = await judgeScene(scene, policy, { overrideBrakes });
    const rows = await warehouse.rows<BrakeRow>('SELECT * FROM verdict.brake ORDER BY name, segment');
    expect(rows).toMatchObject([
      { name: 'points-share', observed: 0.8, overridden_why: 'most points were theirs' },
      { name: 'segment-share', segment: 'country=XX', observed: 0.8, allowed: 0.5, total: 10 },
      { name: 'segment-share', segment: 'holder=0' },
    ]);
  });
});
