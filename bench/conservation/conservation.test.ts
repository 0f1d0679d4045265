import { expect, test } from 'vitest';
import { conserve } from './run.ts';

test('rows in = loaded + duplicate + rejected and values in = kept + empty + lost, as 1,000 fuzzed files were made', async () => {
  const { wrong, rows, values } = await conserve(1_000, 10);
  expect(wrong).toEqual([]);
  expect(rows.in).toBe(rows.loaded + rows.duplicate + rows.rejected);
  expect(values.in).toBe(values.kept + values.empty + values.lost);
  // The files do hold each of them.
  for (const count of [...Object.values(rows), ...Object.values(values)]) expect(count).toBeGreaterThan(100);
}, 900_000);
