/** A small dense network that learns quantiles of one number from a few others. */
import type { LearnBackend } from '../../contracts/learner.ts';

type Tf = LearnBackend['tf'];

/** Predicted quantiles of one row. */
export interface Quantiles {
  low: number;
  middle: number;
  high: number;
}

const LEVELS = [0.1, 0.5, 0.9];
const HIDDEN = 12;
const STEPS = 120;
const RATE = 0.05;
/** Rows beyond this are thinned evenly: the network has some 300 weights. */
const MOST_ROWS = 6000;

/** Mulberry32: a generator of 32 bits of state, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Uniform within ±√(6 / (in + out)) (Glorot and Bengio 2010). */
function weights(tf: Tf, rows: number, columns: number, random: () => number) {
  const bound = Math.sqrt(6 / (rows + columns));
  const values = Float32Array.from({ length: rows * columns }, () => (2 * random() - 1) * bound);
  return tf.variable(tf.tensor2d(values, [rows, columns]));
}

/** Mean and standard deviation of each column, for inputs of one scale. */
function scaleOf(rows: readonly (readonly number[])[]): { mean: number[]; sd: number[] } {
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

const thinned = <T>(rows: readonly T[]): T[] => {
  const step = Math.ceil(rows.length / MOST_ROWS);
  return rows.filter((_, i) => i % step === 0);
};

export interface Sample {
  inputs: readonly number[];
  target: number;
}

/**
 * Fits by the pinball loss (Koenker and Bassett 1978), which outliers pull no harder than their neighbours, with Adam over the whole sample.
 * The same samples in the same order and the same seed give the same network on one back end. Returns its predictions.
 */
export function fitQuantiles(
  tf: Tf,
  samples: readonly Sample[],
  seed: number,
): (inputs: readonly (readonly number[])[]) => Quantiles[] {
  const used = thinned(samples);
  const { mean, sd } = scaleOf(used.map(({ inputs }) => inputs));
  const [middle] = [...used.map(({ target }) => target)].sort((a, b) => a - b).slice(used.length >> 1);
  const matrix = (rows: readonly (readonly number[])[]) =>
    tf.tensor2d(
      // Beyond three standard deviations nothing was learned; clamped, a strange model is read as the strangest known one.
      Float32Array.from(
        rows.flatMap((row) => row.map((value, j) => Math.max(-3, Math.min(3, (value - mean[j]!) / sd[j]!)))),
      ),
      [rows.length, mean.length],
    );
  const random = generator(seed);
  const layers = [
    weights(tf, mean.length, HIDDEN, random),
    tf.variable(tf.zeros([1, HIDDEN])),
    weights(tf, HIDDEN, HIDDEN, random),
    tf.variable(tf.zeros([1, HIDDEN])),
    weights(tf, HIDDEN, LEVELS.length, random),
    tf.variable(tf.fill([1, LEVELS.length], middle!)),
  ] as const;
  const [w1, b1, w2, b2, w3, b3] = layers;
  const forward = (x: ReturnType<typeof matrix>) => {
    const first = tf.tanh(tf.add(tf.matMul(x, w1), b1));
    const second = tf.tanh(tf.add(tf.matMul(first, w2), b2));
    return { first, second, out: tf.add(tf.matMul(second, w3), b3) };
  };
  const optimizer = tf.train.adam(RATE);
  const x = matrix(used.map(({ inputs }) => inputs));
  const y = tf.tensor2d(Float32Array.from(used.map(({ target }) => target)), [used.length, 1]);
  const level = tf.tensor2d(LEVELS, [1, LEVELS.length]);
  // Back-propagation written out: the core package registers no gradients of its own.
  const step = () => {
    const { first, second, out } = forward(x);
    const slope = tf.div(tf.sub(tf.cast(tf.less(y, out), 'float32'), level), used.length);
    const behind = (gradient: typeof slope, weight: typeof w1, output: typeof first) =>
      tf.mul(tf.matMul(gradient, weight, false, true), tf.sub(1, tf.square(output)));
    const slope2 = behind(slope, w3, second);
    const slope1 = behind(slope2, w2, first);
    const total = (gradient: typeof slope) => tf.sum(gradient, 0, true);
    const gradients = [
      tf.matMul(x, slope1, true),
      total(slope1),
      tf.matMul(first, slope2, true),
      total(slope2),
      tf.matMul(second, slope, true),
      total(slope),
    ];
    optimizer.applyGradients(layers.map(({ name }, i) => ({ name, tensor: gradients[i]! })));
  };
  for (let i = 0; i < STEPS; i++) tf.tidy(step);
  const learned = (rows: readonly (readonly number[])[]): Quantiles[] => {
    if (rows.length === 0) return [];
    const values = tf.tidy(() => forward(matrix(rows)).out.dataSync());
    return rows.map((_, i) => ({
      low: values[3 * i]!,
      middle: values[3 * i + 1]!,
      high: values[3 * i + 2]!,
    }));
  };
  tf.dispose([x, y, level]);
  optimizer.dispose();
  return learned;
}
