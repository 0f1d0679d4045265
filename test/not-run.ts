/** Says at the end of a run of tests what was not run, and why: a check that was left out must not look like one that held. */
import { relative } from 'node:path';
import type { Reporter } from 'vitest/node';

/** The lines for tests that were skipped. `note` is what the test itself gave for its reason. */
export function notRunLines(skipped: readonly { file: string; name: string; note?: string }[]): string[] {
  return skipped.map(({ file, name, note }) => `not run: ${note ?? 'no reason given'} (${file}: ${name})`);
}

export const notRun: Reporter = {
  onTestRunEnd(modules) {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => {
        const { note } = test.result() as { note?: string };
        const file = relative(process.cwd(), module.moduleId);
        return { file, name: test.fullName, ...(note === undefined ? {} : { note }) };
      }),
    );
    for (const line of notRunLines(skipped)) process.stdout.write(`${line}\n`);
  },
};
