/**
 * A small dense network: tanh layers, a linear layer out, Adam over the whole sample. TensorFlow.js is handed
 * in. The same rows in the same order and the same seed give the same network on one back end.
 */
import type * as TensorFlow from '@tensorflow/tfjs-core';
import { mulberry32, type Uniform } from './prng.ts';

export type Tf = typeof TensorFlow;
export type Tensor = TensorFlow.Tensor;

/** Rows of `width` numbers, one after the other. */
export interface Matrix {
  values: Float32Array;
  width: number;
}

export interface NetDesign {
  /** Numbers per hidden layer. */
  hidden: readonly number[];
  outputs: number;
  /** What every output starts from. */
  start: number;
  steps: number;
  /** Adam's rate (Kingma and Ba 2015). */
  rate: number;
  seed: number;
}

/** The derivative of the loss by each output, a tensor of their shape: the mean over rows is the caller's. */
export type LossSlope = (outputs: Tensor) => Tensor;

interface Layer {
  weights: TensorFlow.Variable;
  bias: TensorFlow.Variable;
}

const ROWS_AT_ONCE = 50_000;

/**
 * At most `most` evenly spaced whole numbers from 0 to `count` − 1, ascending: rows to learn from, where all
 * are too many.
 */
export function evenlySpaced(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}

const tensorOf = (tf: Tf, { values, width }: Matrix): Tensor =>
  tf.tensor2d(values, [values.length / width, width]);

/** Weights uniform within ±√(6 / (in + out)) (Glorot and Bengio 2010). */
function openLayer(
  tf: Tf,
  [rows, columns]: readonly [number, number],
  start: number,
  random: Uniform,
): Layer {
  const bound = Math.sqrt(6 / (rows + columns));
  const values = Float32Array.from({ length: rows * columns }, () => (2 * random() - 1) * bound);
  return tf.tidy(() => ({
    weights: tf.variable(tf.tensor2d(values, [rows, columns])),
    bias: tf.variable(tf.fill([1, columns], start)),
  }));
}

/** The inputs of each layer, and the outputs of the last one. */
function forward(tf: Tf, layers: readonly Layer[], rows: Tensor): { inputs: Tensor[]; outputs: Tensor } {
  const inputs = [rows];
  let outputs = rows;
  for (const [i, { weights, bias }] of layers.entries()) {
    outputs = tf.add(tf.matMul(inputs[i]!, weights), bias);
    if (i + 1 < layers.length) inputs.push(tf.tanh(outputs));
  }
  return { inputs, outputs };
}

/** One step of Adam. Back-propagation is written out: the core package registers no gradients of its own. */
function step(
  tf: Tf,
  layers: readonly Layer[],
  rows: Tensor,
  slopeOf: LossSlope,
  adam: TensorFlow.AdamOptimizer,
) {
  const { inputs, outputs } = forward(tf, layers, rows);
  const gradients: { name: string; tensor: Tensor }[] = [];
  let slope = slopeOf(outputs);
  for (let i = layers.length - 1; i >= 0; i--) {
    const { weights, bias } = layers[i]!;
    const input = inputs[i]!;
    gradients.unshift(
      { name: weights.name, tensor: tf.matMul(input, slope, true) },
      { name: bias.name, tensor: tf.sum(slope, 0, true) },
    );
    if (i > 0) slope = tf.mul(tf.matMul(slope, weights, false, true), tf.sub(1, tf.square(input)));
  }
  adam.applyGradients(gradients);
}

/** A trained network. It holds memory of the back end until `dispose`. */
export interface DenseNet {
  /** Outputs of each row, one row after the other. */
  predict(rows: Matrix): Float32Array;
  dispose(): void;
}

/** Trains on `rows`; `slopeOf` knows what each of them should give. */
export function trainDenseNet(tf: Tf, rows: Matrix, design: NetDesign, slopeOf: LossSlope): DenseNet {
  const random = mulberry32(design.seed);
  const widths = [rows.width, ...design.hidden, design.outputs];
  const layers = widths
    .slice(1)
    .map((width, i) =>
      openLayer(tf, [widths[i]!, width], i + 2 === widths.length ? design.start : 0, random),
    );
  const adam = tf.train.adam(design.rate);
  const sample = tensorOf(tf, rows);
  for (let i = 0; i < design.steps; i++) tf.tidy(() => step(tf, layers, sample, slopeOf, adam));
  sample.dispose();
  adam.dispose();
  return {
    predict({ values, width }) {
      const outputs = new Float32Array((values.length / width) * design.outputs);
      for (let from = 0; from * width < values.length; from += ROWS_AT_ONCE) {
        const part = { values: values.subarray(from * width, (from + ROWS_AT_ONCE) * width), width };
        const given = tf.tidy(() => forward(tf, layers, tensorOf(tf, part)).outputs.dataSync());
        outputs.set(given, from * design.outputs);
      }
      return outputs;
    },
    dispose: () => tf.dispose(layers.flatMap(({ weights, bias }) => [weights, bias])),
  };
}
