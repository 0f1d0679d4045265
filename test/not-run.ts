/**
 * Says at the end of a run of tests what was not run, and why: what was left out must not look like what
 * held.
 */
import { relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';

/**
 * The line for a test that skipped itself with a note. Those that a filter left out have none, and no line.
 */
function lineOf(test: TestCase): string[] {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  const file = relative(process.cwd(), test.module.moduleId);
  return note === undefined ? [] : [`not run: ${note} (${file}: ${test.fullName})\n`];
}

export function notRunReporter(write: (text: string) => unknown): Reporter {
  return {
    onTestRunEnd(modules) {
      for (const module of modules)
        for (const test of module.children.allTests('skipped')) write(lineOf(test).join(''));
    },
  };
}
