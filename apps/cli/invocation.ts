/** How the user called this program, so that the commands it prints work when they are pasted. */
import { basename, isAbsolute, relative } from 'node:path';
import { shellWord } from './shell-word.ts';

/**
 * `npx ghostcard`, `ghostcard`, or the interpreter with the script below the working folder.
 * @param script `process.argv[1]`
 */
export function invocation(script: string, environment: NodeJS.ProcessEnv, folder: string): string {
  // Set by npm for npx and for scripts such as `npm run demo`.
  if (environment.npm_command !== undefined) return 'npx ghostcard';
  const below = relative(folder, script);
  const inside = !below.startsWith('..') && !isAbsolute(below);
  if (/[\\/]node_modules[\\/]/.test(script)) return inside ? 'npx ghostcard' : 'ghostcard';
  if (!/\.[jt]s$/.test(script)) return basename(script) === 'ghostcard' ? 'ghostcard' : 'npx ghostcard';
  const word = shellWord(inside ? below : script);
  if (word === null) return 'npx ghostcard';
  return `${script.endsWith('.ts') ? 'npx tsx' : 'node'} ${word}`;
}
