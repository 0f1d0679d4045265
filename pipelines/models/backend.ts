/** The one place that starts TensorFlow.js. Learned tables record which back end computed them. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { LearnBackend } from '../../contracts/learner.ts';

/**
 * WebAssembly is the same on every machine and fast; plain JavaScript is the way out where WebAssembly is
 * switched off (`node --jitless`). The native binding (`@tensorflow/tfjs-node`) is never chosen: its sums
 * depend on the processor.
 */
const CANDIDATES: readonly string[] = ['wasm', 'cpu'];

const PROCESS_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * A loaded module of WebAssembly registers handlers that turn every stray rejection into an abort: take them
 * off.
 */
async function withoutNewHandlers<T>(work: () => Promise<T>): Promise<T> {
  const listeners = (event: string) => process.listeners(event as 'uncaughtException');
  const before = new Map(PROCESS_EVENTS.map((event) => [event, new Set(listeners(event))]));
  try {
    return await work();
  } finally {
    for (const [event, known] of before) {
      for (const listener of listeners(event))
        if (!known.has(listener)) process.removeListener(event, listener);
    }
  }
}

/** [1 2; 3 4] · [5; 6] = [17; 39], exact in single precision. */
function multipliesRight(): boolean {
  return tf.tidy(() => {
    const [first, second] = tf
      .matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6], [2, 1]))
      .dataSync();
    return first === 17 && second === 39;
  });
}

/**
 * Starts the first candidate that initialises and computes a known product. Throws when none does; the
 * message names what each one said.
 */
export async function openBackend(candidates: readonly string[] = CANDIDATES): Promise<LearnBackend> {
  // Also silences the advice, printed at the first use, to install the native binding.
  tf.enableProdMode();
  const failures: string[] = [];
  for (const name of candidates) {
    try {
      const started = await withoutNewHandlers(() => tf.setBackend(name));
      if (started && multipliesRight()) return { name, version: tf.version_core, tf };
      failures.push(`${name}: ${started ? 'computes wrongly' : 'does not start'}`);
    } catch (error) {
      failures.push(`${name}: ${(error as Error).message}`);
    }
  }
  throw new Error(`no TensorFlow.js back end: ${failures.join('; ')}`);
}
