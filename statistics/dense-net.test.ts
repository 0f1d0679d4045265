import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { evenlySpaced, type Matrix, trainDenseNet } from './dense-net.ts';
import { mulberry32 } from './prng.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const random = mulberry32(4);
const ROWS: Matrix = { values: Float32Array.from({ length: 400 }, () => 2 * random() - 1), width: 2 };
const product = (i: number) => ROWS.values[2 * i]! * ROWS.values[2 * i + 1]!;
const DESIGN = { hidden: [8, 6], outputs: 1, start: 0, rate: 0.03, seed: 5 };

function learnProduct(seed = DESIGN.seed, steps = 20) {
  const targets = tf.tensor2d(
    Float32Array.from({ length: 200 }, (_, i) => product(i)),
    [200, 1],
  );
  const net = trainDenseNet(tf, ROWS, { ...DESIGN, seed, steps }, (outputs) =>
    tf.div(tf.sub(outputs, targets), 200),
  );
  targets.dispose();
  return net;
}

it('learns a product, which no linear model can, by back-propagation through two layers', () => {
  const net = learnProduct(DESIGN.seed, 300);
  const misses = net.predict(ROWS).map((value, i) => Math.abs(value - product(i)));
  expect(misses.reduce((a, b) => a + b, 0) / 200).toBeLessThan(0.05);
  net.dispose();
});

it('gives the same bits for the same seed, others for another, and leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  const [first, again, other] = [5, 5, 6].map((seed) => {
    const net = learnProduct(seed);
    const outputs = net.predict(ROWS);
    net.dispose();
    return outputs;
  });
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(tf.memory().numTensors).toBe(before);
});

it('predicts nothing for no rows', () => {
  const net = learnProduct();
  expect(net.predict({ values: new Float32Array(0), width: 2 })).toEqual(new Float32Array(0));
  net.dispose();
});

it('spaces evenly, at most as many as asked for', () => {
  expect(evenlySpaced(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(evenlySpaced(7, 3)).toEqual([0, 3, 6]);
  expect(evenlySpaced(7, 6)).toEqual([0, 2, 4, 6]);
  expect(evenlySpaced(0, 3)).toEqual([]);
});
