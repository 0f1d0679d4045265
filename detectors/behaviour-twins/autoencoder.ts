/** A small autoencoder: what a population's rows have in common passes its narrow middle, what is one's own does not. */
import type { LearnBackend } from '../../contracts/learner.ts';
import { seeded } from '../../statistics/chance.ts';

type Tf = LearnBackend['tf'];

/** Numbers in the middle, steps over the whole sample, and Adam's rate. */
const MIDDLE = 8;
const STEPS = 200;
const RATE = 0.02;
/** Rows beyond this are thinned evenly. */
const MOST_ROWS = 6000;
const ROWS_AT_ONCE = 50_000;

/** Uniform within ±√(6 / (in + out)) (Glorot and Bengio 2010). */
function weights(tf: Tf, rows: number, columns: number, random: () => number) {
  const bound = Math.sqrt(6 / (rows + columns));
  const values = Float32Array.from({ length: rows * columns }, () => (2 * random() - 1) * bound);
  return tf.variable(tf.tensor2d(values, [rows, columns]));
}

/** `count` evenly spaced rows of a matrix in row order. */
function thinned(rows: Float32Array, width: number): Float32Array {
  const count = rows.length / width;
  const step = Math.ceil(count / MOST_ROWS);
  if (step === 1) return rows;
  const kept = new Float32Array(Math.ceil(count / step) * width);
  for (let i = 0, at = 0; i < count; i += step, at += width)
    kept.set(rows.subarray(i * width, (i + 1) * width), at);
  return kept;
}

/**
 * Learns rows of `width` numbers of about one scale and returns what it could not reproduce of each, in their order. One tanh
 * layer in, one linear layer out, mean squared error. The same rows and seed give the same result on one back end.
 */
export function unexplained(tf: Tf, rows: Float32Array, width: number, seed: number): Float32Array {
  const sample = thinned(rows, width);
  const count = sample.length / width;
  const random = seeded(seed);
  const layers = [
    weights(tf, width, MIDDLE, random),
    tf.variable(tf.zeros([1, MIDDLE])),
    weights(tf, MIDDLE, width, random),
    tf.variable(tf.zeros([1, width])),
  ] as const;
  const [w1, b1, w2, b2] = layers;
  const forward = (x: ReturnType<Tf['tensor2d']>) => {
    const middle = tf.tanh(tf.add(tf.matMul(x, w1), b1));
    return { middle, out: tf.add(tf.matMul(middle, w2), b2) };
  };
  const optimizer = tf.train.adam(RATE);
  const x = tf.tensor2d(sample, [count, width]);
  // Back-propagation written out: the core package registers no gradients of its own.
  const step = () => {
    const { middle, out } = forward(x);
    const slope = tf.div(tf.sub(out, x), count);
    const behind = tf.mul(tf.matMul(slope, w2, false, true), tf.sub(1, tf.square(middle)));
    const gradients = [
      tf.matMul(x, behind, true),
      tf.sum(behind, 0, true),
      tf.matMul(middle, slope, true),
      tf.sum(slope, 0, true),
    ];
    optimizer.applyGradients(layers.map(({ name }, i) => ({ name, tensor: gradients[i]! })));
  };
  for (let i = 0; i < STEPS; i++) tf.tidy(step);
  const left = new Float32Array(rows.length);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE * width) {
    const part = rows.subarray(from, Math.min(rows.length, from + ROWS_AT_ONCE * width));
    const rest = tf.tidy(() => {
      const input = tf.tensor2d(part, [part.length / width, width]);
      return tf.sub(input, forward(input).out).dataSync();
    });
    left.set(rest, from);
  }
  tf.dispose([x, ...layers]);
  optimizer.dispose();
  return left;
}
