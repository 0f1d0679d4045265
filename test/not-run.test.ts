/**
 * The end of a run names the tests that were not run: vitest runs a file of three tests and is asked what it
 * said.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startVitest } from 'vitest/node';
import { notRunReporter } from './not-run.ts';

// Beside the packages, so that the file finds vitest.
const folder = mkdtempSync(join(process.cwd(), '.ghostcard-not-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a test that skipped itself with a note has its line, one that a filter left out has none', async () => {
  const file = join(folder, 'three.test.ts');
  writeFileSync(
    file,
    `import { it } from 'vitest';
    it('read holds', () => {});
    it('read skips', ({ skip }) => skip('NAMED_FOLDER is not set'));
    it('other', () => {});`,
  );
  const said: string[] = [];
  const vitest = await startVitest('test', [file], {
    config: false,
    root: folder,
    watch: false,
    testNamePattern: 'read',
    reporters: [notRunReporter((text) => said.push(text))],
  });
  await vitest.close();
  expect(said.join('')).toMatch(/^not run: NAMED_FOLDER is not set \(\S*three\.test\.ts: read skips\)\n$/);
});
