import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { invocation } from './invocation.ts';
import { nextSteps } from './next-steps.ts';
import { shellWord } from './shell-word.ts';

it.each([
  ['/w/dist/apps/cli/bin.js', { npm_command: 'run-script' }, 'npx ghostcard'],
  ['/w/node_modules/.bin/ghostcard', { npm_command: 'exec' }, 'npx ghostcard'],
  ['/w/node_modules/.bin/ghostcard', {}, 'npx ghostcard'],
  ['/usr/lib/node_modules/ghostcard/dist/apps/cli/bin.js', {}, 'ghostcard'],
  ['/usr/local/bin/ghostcard', {}, 'ghostcard'],
  ['/w/dist/apps/cli/bin.js', {}, 'node dist/apps/cli/bin.js'],
  ['/w/apps/cli/bin.ts', {}, 'npx tsx apps/cli/bin.ts'],
  ['/else where/bin.js', {}, "node '/else where/bin.js'"],
])('%s with %j was called as %s', (script, environment, command) => {
  expect(invocation(script, environment, '/w')).toBe(command);
});

const HOSTILE = ["a'b", '$(touch x)', 'a b;c', '`id`', '"', '*', '~', '!x', 'a\\b', '#', 'é', '-x', '-'];

it.skipIf(process.platform === 'win32').each(HOSTILE)('%s reaches a program as one word', (id) => {
  const word = shellWord(id)!;
  expect(execFileSync('sh', ['-c', `printf '%s\\n' ${word}`], { encoding: 'utf8' })).toBe(`${id}\n`);
});

it('offers the first id that can be pasted, or nothing', () => {
  expect(nextSteps('npx ghostcard', 'out/demo', ['a-1', 'a-2'])).toBe(
    'one case    npx ghostcard explain out/demo a-1\n',
  );
  expect(nextSteps('ghostcard', 'my run', ['\u001b[2J', 'x\ny', "it's"])).toBe(
    "one case    ghostcard explain 'my run' 'it'\\''s'\n",
  );
  expect(nextSteps('ghostcard', 'r', ['--json'])).toBe("one case    ghostcard explain -- r '--json'\n");
  expect(nextSteps('ghostcard', 'r', [])).toBe('');
  expect(nextSteps('ghostcard', 'r\u202e', ['a'])).toBe('');
});
