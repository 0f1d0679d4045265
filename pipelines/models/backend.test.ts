import { describe, expect, it } from 'vitest';
import { openBackend } from './backend.ts';

describe('openBackend', () => {
  it('computes on WebAssembly and leaves no process handlers behind', async () => {
    const before = process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException');
    const { name, tf } = await openBackend();
    expect(name).toBe('wasm');
    expect(tf.tidy(() => [...tf.add(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])).dataSync()])).toEqual([4, 6]);
    expect(process.listenerCount('unhandledRejection') + process.listenerCount('uncaughtException')).toBe(
      before,
    );
  });

  it('falls back when a candidate does not start', async () => {
    expect((await openBackend(['absent', 'cpu'])).name).toBe('cpu');
  });

  it('says what each candidate said when none starts', async () => {
    await expect(openBackend(['absent', 'missing'])).rejects.toThrow(/absent: .*missing: /s);
  });
});
