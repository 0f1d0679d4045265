import { describe, expect, it } from 'vitest';
import { sampleToFront, sequentialP, shuffle } from './permutation.ts';
import { mulberry32 } from './prng.ts';

describe('shuffle', () => {
  it('puts every order of three equally often: chi-square below the 0.1 % point of 5 degrees', () => {
    const random = mulberry32(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const values = [1, 2, 3];
      shuffle(values, (n) => Math.floor(random() * n));
      counts.set(values.join(''), (counts.get(values.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    expect([...counts.values()].reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)).toBeLessThan(20.52);
  });

  it('keeps the values of a typed array', () => {
    const values = Float64Array.of(5, 6, 7, 8);
    shuffle(values, (n) => n - 1);
    expect([...values]).toEqual([5, 6, 7, 8]);
    shuffle(values, () => 0);
    expect([...values]).toEqual([6, 7, 8, 5]);
  });
});

it('sampleToFront takes no value twice and each as often', () => {
  const random = mulberry32(3);
  const stock = Uint32Array.of(0, 1, 2, 3, 4);
  const counts = new Array<number>(5).fill(0);
  for (let i = 0; i < 20_000; i++) {
    sampleToFront(stock, 2, random);
    expect(stock[0]).not.toBe(stock[1]);
    for (const value of stock.subarray(0, 2)) counts[value]! += 1;
  }
  expect([...stock].sort()).toEqual([0, 1, 2, 3, 4]);
  // 8,000 expected: six standard errors of a binomial count.
  for (const n of counts) expect(Math.abs(n - 8_000)).toBeLessThan(6 * Math.sqrt(20_000 * 0.4 * 0.6));
});

describe('sequentialP', () => {
  it('stops as soon as enough draws reached the observed value', () => {
    let asked = 0;
    const p = sequentialP(5, () => (++asked % 2 === 0 ? 5 : 4), { enough: 3, most: 1_000 });
    expect([p, asked]).toEqual([3 / 6, 6]);
  });

  it('counts the observed value among all when few draws reach it', () => {
    expect(sequentialP(5, (i) => (i === 7 ? 9 : 0), { most: 99 })).toBe(2 / 100);
    expect(sequentialP(5, () => 0, { most: 99 })).toBe(1 / 100);
  });

  it('is valid under the null: at most a share p of experiments has a p-value up to p', () => {
    const random = mulberry32(11);
    const values = Array.from({ length: 4_000 }, () => sequentialP(random(), random, { most: 199 }));
    for (const p of [0.01, 0.05, 0.2, 0.5]) {
      const share = values.filter((value) => value <= p).length / values.length;
      expect(share).toBeLessThan(p + 4 * Math.sqrt((p * (1 - p)) / values.length));
      expect(share).toBeGreaterThan(p / 2);
    }
  });
});
