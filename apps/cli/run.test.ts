import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from './run.ts';

afterEach(() => vi.restoreAllMocks());

/** Exit status and standard error of one command line. */
async function failed(...argv: string[]): Promise<[number, string]> {
  let text = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  return [await run(['node', 'ghostcard', ...argv]), text];
}

describe('errors with --json', () => {
  it.each([
    [['frobnicate', '--json'], "unknown command 'frobnicate'"],
    [['audit', '--json'], "required option '--out <dir>' not specified"],
    [['audit', '--json', '--out', 'x', '--threads', '0'], 'Expected a whole number from 1 to 256.'],
  ])('are one JSON document, of the command line as well: %j', async (argv, got) => {
    const [exit, text] = await failed(...argv);
    expect(exit).toBe(2);
    expect(JSON.parse(text).error).toMatchObject({ code: 'E_USAGE', got: expect.stringContaining(got) });
  });

  it('are for people without it', async () => {
    const [exit, text] = await failed('detectors', 'none');
    expect(exit).toBe(5);
    expect(text).toMatch(/^E_DETECTOR {2}none\n {2}expected /);
  });
});

// Linux alone has /proc; a verb that does not refuse it at once never ends.
describe.runIf(process.platform === 'linux')('places that take no folder', () => {
  const free = join(tmpdir(), 'ghostcard-run-never-made', 'run');
  it.each([
    [1, 'E_OUT', ['audit', '--out', '/proc/x']],
    [1, 'E_OUT', ['audit', '.', '--out', '/proc/x']],
    [75, 'E_WORKSPACE', ['audit', '--quiet', '--out', free, '--workspace', '/proc/x']],
    [1, 'E_OUT', ['world', 'tiny', '--out', '/proc/x']],
  ])('exit %d, %s: %j', async (exit, code, argv) => {
    const [status, text] = await failed(...argv);
    expect(`${status} ${text}`).toMatch(new RegExp(`^${exit} ${code}  /proc/x\n`));
    expect(text).not.toMatch(/mkdtemp|ghostcard-try/);
    expect(text).toMatch(/Name another (?:folder|place)/);
    expect(existsSync(dirname(free))).toBe(false);
  });
});

it('the help begins with the verbs of a first contact', async () => {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  expect(await run(['node', 'ghostcard', '--help'])).toBe(0);
  const start = text.slice(text.indexOf('Start here:'));
  for (const verb of ['init DATASET', 'check DATASET', 'audit DATASET']) expect(start).toContain(verb);
});
