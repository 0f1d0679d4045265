import { expect, it } from 'vitest';
import { progressLine } from './progress.ts';

it.each([
  [0, 47, 'detect 1/47 x'],
  [46, 47, 'detect 47/47 x'],
  [47, 47, 'detect 47/47 x'],
  [0, 1, 'detect x'],
  [0, 0, 'detect x'],
])('%d of %d is shown as %s', (done, total, text) => {
  expect(progressLine({ stage: 'detect', subject: 'x', done, total })).toBe(text);
});

it('shows control characters of a file name instead of sending them', () => {
  expect(progressLine({ stage: 'ingest', subject: '\u001b[2J', done: 0, total: 1 })).toBe(
    'ingest \\u{1b}[2J',
  );
});
