import { describe, expect, it } from 'vitest';
import type { Reliability, RiskBin } from '../../contracts/calibration.ts';
import { reliabilitySvg } from './reliability-svg.ts';

const bin = (told: number | null, value: number): RiskBin => ({
  low: 0,
  high: 1,
  share: 0.5,
  bad: 20,
  good: 20,
  told,
  observed: told === null ? null : { value, low: value / 2, high: Math.min(1, value * 2) },
});

const row = (weights: Reliability['weights'], told: number): Reliability => ({
  subject: 'account',
  base_rate: 0.01,
  weights,
  bins: [bin(told, 0.5), bin(0, 0), bin(1, 1), bin(null, 0)],
  above_half: bin(told, 0.9),
  log_loss: { value: 0.0289, low: 0.02, high: 0.04 },
  log_loss_own_prior: 0.03,
});

describe('the reliability diagram', () => {
  const svg = reliabilitySvg([row('present', 0.1), row('fitted', 0.5)]);

  it('draws one mark for each bin that holds somebody, and nothing that is no number', () => {
    // Three marks each, and one of each in the legend.
    expect(svg.match(/<circle /g)).toHaveLength(8);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(svg).toContain('base rate 1 %');
  });
  it('puts a risk that is true on the diagonal', () => {
    const [, x, y] = svg.match(/<g class="fitted"><line[^>]*\/><circle cx="([\d.]+)" cy="([\d.]+)"/)!;
    // One half stands in the middle of both axes; fitted marks are moved aside by three.
    expect([Number(x), Number(y)]).toEqual([101, 98]);
  });
  it('is one document with its text alternative, and holds nothing that runs or is fetched', () => {
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]* role="img" aria-labelledby="title what">/,
    );
    expect(svg).not.toMatch(/<script|href|url\(|@import/);
    expect(reliabilitySvg([])).toMatch(/<\/svg>\n$/);
  });
});
