import { expect, it } from 'vitest';
import { outlookText } from './outlook.ts';

const outlook = {
  run: Array.from({ length: 12 }, (_, i) => `detector-${i}`),
  notRun: [
    { id: 'one', why: 'absent: table b, a.x' },
    { id: 'two', why: 'absent: a.x' },
    { id: 'three', why: 'absent: table b, a.x' },
  ],
};

it('counts a detector at every input that it lacks, as the audit does', () => {
  const text = outlookText(outlook, true);
  expect(text).toContain('Can run: 12 of 15 detectors');
  expect(text).toContain('  without a.x: 3\n    one, two, three\n  without table b: 2\n    one, three\n');
});

it.each([60, 80])('keeps to %d characters', (width) => {
  const lines = outlookText(outlook, true, width).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
});
