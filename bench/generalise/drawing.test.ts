import { describe, expect, it } from 'vitest';
import { drawingMarkdown, totalOf } from './drawing-report.ts';

const drawings = [
  { seed: 1, seconds: 10, cpuSeconds: 14, peakBytes: 3 * 2 ** 20 },
  { seed: 2, seconds: 20, cpuSeconds: 25, peakBytes: 2 * 2 ** 20 },
];

describe('what drawing worlds costs', () => {
  it('is the sum of seconds and the most of memory', () => {
    expect(totalOf(drawings)).toEqual({
      worlds: 2,
      seconds: 30,
      cpuSeconds: 39,
      meanSeconds: 15,
      mostSeconds: 20,
      mostBytes: 3 * 2 ** 20,
    });
    expect(() => totalOf([])).toThrow('got none');
  });

  it('stands world by world, then for all', () => {
    const lines = drawingMarkdown('drawing', drawings).split('\n');
    expect(lines).toContain('| 2 | 20.0 | 25.0 | 2 |');
    expect(lines).toContain('| **all** | 30.0 | 39.0 | 3 |');
    expect(lines.at(-1)).toBe('2 worlds; one took 15.0 s in the mean, 20.0 s at most.');
  });
});
