import { describe, expect, it } from 'vitest';
import { CLEAR, FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { rateOf, subset } from '../worlds/pool.ts';
import { deviceFigures } from './devices.ts';

interface Device {
  bad: boolean;
  family: string;
  strength: number;
  operator: string;
  outcome: number;
  world: string;
}

function pool(devices: readonly Device[]): { sample: Sample; world: string[] } {
  const operators = [...new Set(devices.map(({ operator }) => operator))];
  const sample: Sample = {
    ids: devices.map(({ world }, i) => `${world}/1/${i}`),
    bad: Uint8Array.from(devices, ({ bad }) => Number(bad)),
    outcome: Uint8Array.from(devices, ({ outcome }) => outcome),
    risk: Float64Array.from(devices, ({ outcome }) => outcome / 2),
    family: devices.map(({ family }) => family),
    strength: devices.map(({ strength }) => strength),
    operator: devices.map(({ operator }) => operator),
    unit: Uint32Array.from(devices, ({ operator }) => operators.indexOf(operator)),
    units: operators.length,
    inRun: devices.length,
    labelsWithoutSubject: 0,
  };
  return { sample, world: devices.map(({ world }) => world) };
}

const many = (n: number, device: Device): Device[] => Array.from({ length: n }, () => device);
const fake = { bad: true, family: 'shard', strength: 1, operator: 'o1', outcome: FINAL, world: 'few' };
const honest = {
  bad: false,
  family: 'honest-home',
  strength: 0,
  operator: 'h1',
  outcome: CLEAR,
  world: 'few',
};
const devices = [
  ...many(8, fake),
  ...many(2, { ...fake, operator: 'o2', outcome: HELD }),
  ...many(5, { ...fake, operator: 'o3', world: 'many' }),
  ...many(4, { ...fake, family: 'only-here', strength: 3, operator: 'o4', world: 'many' }),
  ...many(40, honest),
  { ...honest, operator: 'h2', outcome: FINAL, world: 'many' },
];
const bootstrap = { resamples: 200, seed: 1 };

describe('figures', () => {
  const found = deviceFigures(pool(devices), bootstrap);
  it('counts each family at each strength, and what is void with what is held', () => {
    expect(found.cells).toMatchObject([
      { family: 'only-here', strength: 3, n: 4, operators: 1, final: { value: 1 } },
      {
        family: 'shard',
        strength: 1,
        n: 15,
        operators: 3,
        final: { value: 13 / 15 },
        final_or_review: { value: 1 },
      },
    ]);
    expect(found.cohorts).toMatchObject([{ family: 'honest-home', n: 41, final: 1, review: 0 }]);
    expect(found.precision?.value).toBeCloseTo(17 / 18, 12);
  });
  it('compares worlds on the families that both have', () => {
    expect(found.worlds).toMatchObject([
      { world: 'few', devices: 50, fakes: 0.2, recall: { 1: 0.8 } },
      { world: 'many', devices: 10, fakes: 0.9, recall: { 1: 1 } },
    ]);
  });
});

describe('rateOf', () => {
  const { sample } = pool(devices);
  it('draws operators, not their machines', () => {
    const twelve = Array.from({ length: 12 }, (_, o) =>
      many(10, { ...fake, operator: `o${o}`, outcome: o < 2 ? CLEAR : FINAL }),
    ).flat();
    const rate = rateOf(pool(twelve).sample, FINAL, bootstrap);
    // Over 120 machines the exact interval would be 0.754 to 0.895.
    expect(rate.value).toBeCloseTo(10 / 12, 12);
    expect(rate.low).toBeLessThan(0.67);
    expect(rate.high).toBe(1);
  });
  it('is exact over operators where they are few', () => {
    const rate = rateOf(subset(sample, [...Array(15).keys()]), FINAL, bootstrap);
    // 13 of 15 machines of three operators: from two of three, whose exact interval begins at 0.094, to all.
    expect(rate).toMatchObject({ value: 13 / 15, high: 1 });
    expect(rate.low).toBeCloseTo(0.0943, 4);
  });
  it('is exact over operators where all are found', () => {
    const rate = rateOf(subset(sample, [0, 1, 2, 3]), FINAL, bootstrap);
    // One operator: (1 − 0.95) / 2 is the lower end of one success of one trial.
    expect(rate.low).toBeCloseTo(0.025, 10);
    expect(rate.high).toBe(1);
  });
});
