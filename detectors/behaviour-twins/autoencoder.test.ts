import { expect, it } from 'vitest';
import { openBackend } from '../../pipelines/models/backend.ts';
import { mulberry32 } from '../../statistics/prng.ts';
import { unexplained } from './autoencoder.ts';

const WIDTH = 24;

/** Rows on a two-dimensional sheet, and one that lies off it. */
function rows(count: number): Float32Array {
  const random = mulberry32(3);
  const all = new Float32Array(count * WIDTH);
  for (let i = 0; i < count; i++) {
    const [a, b] = [2 * random() - 1, 2 * random() - 1];
    for (let j = 0; j < WIDTH; j++) all[i * WIDTH + j] = a * Math.sin(j / 3) + b * Math.cos(j / 5);
  }
  for (let j = 0; j < WIDTH; j++) all[j] = j % 2 === 0 ? 1.5 : -1.5;
  return all;
}

const size = (left: Float32Array, row: number) =>
  Math.hypot(...left.subarray(row * WIDTH, (row + 1) * WIDTH)) / Math.sqrt(WIDTH);

it('reproduces what rows have in common, and leaves over what is one row’s own', async () => {
  const { tf } = await openBackend();
  const left = unexplained(tf, rows(400), WIDTH, 5);
  const usual = Array.from({ length: 399 }, (_, i) => size(left, i + 1)).sort((a, b) => a - b);
  expect(usual[199]).toBeLessThan(0.15);
  expect(size(left, 0)).toBeGreaterThan(5 * usual[199]!);
});

it('gives the same bits for the same rows and seed', async () => {
  const { tf } = await openBackend();
  const data = rows(120);
  expect(unexplained(tf, data, WIDTH, 5)).toEqual(unexplained(tf, data, WIDTH, 5));
});
