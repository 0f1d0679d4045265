/** A small dense network that learns quantiles of one number from a few others. */
import {
  evenlySpaced,
  type Matrix,
  type Tensor,
  type Tf,
  trainDenseNet,
} from '../../statistics/dense-net.ts';
import { highMedian } from '../../statistics/quantile.ts';

/** Predicted quantiles of one row. */
export interface Quantiles {
  low: number;
  middle: number;
  high: number;
}

export interface Sample {
  inputs: readonly number[];
  target: number;
}

const LEVELS = [0.1, 0.5, 0.9];
const DESIGN = { hidden: [12, 12], outputs: LEVELS.length, steps: 120, rate: 0.05 };
/** Rows beyond this are thinned evenly: the network has some 300 weights. */
const MOST_ROWS = 6000;
/**
 * Standard deviations beyond which nothing was learned: a strange model is read as the strangest known one.
 */
const FARTHEST = 3;

interface Scale {
  mean: number[];
  sd: number[];
}

/** Mean and standard deviation of each column, for inputs of one scale. */
function scaleOf(rows: readonly (readonly number[])[]): Scale {
  const width = rows[0]!.length;
  const mean = Array.from(
    { length: width },
    (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length,
  );
  const sd = mean.map((m, j) => {
    const variance = rows.reduce((sum, row) => sum + (row[j]! - m) ** 2, 0) / rows.length;
    // A column that never changes says nothing, also where it does change.
    return variance > 1e-12 ? Math.sqrt(variance) : Number.POSITIVE_INFINITY;
  });
  return { mean, sd };
}

/** What is predicted for: rows, and the inputs of each, asked for one row at a time. */
export interface Asked<T> {
  rows: readonly T[];
  inputs: (row: T) => readonly number[];
}

function scaled<T>({ rows, inputs }: Asked<T>, { mean, sd }: Scale): Matrix {
  const width = mean.length;
  const values = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of inputs(row).entries())
      values[i * width + j] = Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean[j]!) / sd[j]!));
  }
  return { values, width };
}

/**
 * Quantiles of the target at each that is asked for, learned from the samples by the pinball loss (Koenker
 * and Bassett 1978), which outliers pull no harder than their neighbours. The same samples in the same order
 * and the same seed predict the same on one back end.
 */
export function predictQuantiles<T>(
  tf: Tf,
  samples: readonly Sample[],
  asked: Asked<T>,
  seed: number,
): Quantiles[] {
  const used = evenlySpaced(samples.length, MOST_ROWS).map((i) => samples[i]!);
  const targets = used.map(({ target }) => target);
  const scale = scaleOf(used.map(({ inputs }) => inputs));
  const wanted = tf.tensor2d(Float32Array.from(targets), [used.length, 1]);
  const levels = tf.tensor2d(LEVELS, [1, LEVELS.length]);
  const slope = (outputs: Tensor) =>
    tf.div(tf.sub(tf.cast(tf.less(wanted, outputs), 'float32'), levels), used.length);
  const sample = scaled({ rows: used, inputs: ({ inputs }) => inputs }, scale);
  const net = trainDenseNet(tf, sample, { ...DESIGN, start: highMedian(targets)!, seed }, slope);
  const values = net.predict(scaled(asked, scale));
  net.dispose();
  tf.dispose([wanted, levels]);
  return asked.rows.map((_, i) => ({
    low: values[3 * i]!,
    middle: values[3 * i + 1]!,
    high: values[3 * i + 2]!,
  }));
}
