/**
 * A small autoencoder: what a population's rows have in common passes its narrow middle, what is one's own
 * does not.
 */
import { evenlySpaced, type Tf, trainDenseNet } from '../../statistics/dense-net.ts';

/** Numbers in the middle, steps over the whole sample, and Adam's rate. */
const MIDDLE = 8;
const STEPS = 200;
const RATE = 0.02;
/** Rows beyond this are thinned evenly. */
const MOST_ROWS = 6000;

/** `count` evenly spaced rows of a matrix in row order. */
function thinned(rows: Float32Array, width: number): Float32Array {
  const kept = evenlySpaced(rows.length / width, MOST_ROWS);
  const sample = new Float32Array(kept.length * width);
  for (const [at, row] of kept.entries())
    sample.set(rows.subarray(row * width, (row + 1) * width), at * width);
  return sample;
}

/**
 * Learns rows of `width` numbers of about one scale and returns what it could not reproduce of each, in their
 * order. One tanh layer in, one linear layer out, mean squared error. The same rows and seed give the same
 * result on one back end.
 */
export function unexplained(tf: Tf, rows: Float32Array, width: number, seed: number): Float32Array {
  const sample = thinned(rows, width);
  const count = sample.length / width;
  const wanted = tf.tensor2d(sample, [count, width]);
  const design = { hidden: [MIDDLE], outputs: width, start: 0, steps: STEPS, rate: RATE, seed };
  const net = trainDenseNet(tf, { values: sample, width }, design, (outputs) =>
    tf.div(tf.sub(outputs, wanted), count),
  );
  const explained = net.predict({ values: rows, width });
  net.dispose();
  wanted.dispose();
  return rows.map((value, i) => value - explained[i]!);
}
