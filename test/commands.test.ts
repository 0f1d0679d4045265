/**
 * Every command that the documentation prints is run as it stands, against the demo run that it tells the
 * reader to make.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../apps/cli/run.ts';
import { captureNamed } from '../fixtures/captures/table.ts';
import { xmlOf } from '../fixtures/captures/write.ts';
import { writeWorld } from '../fixtures/worlds/world.ts';
import { allBlocks, type Block, blocksOf, NOT_RUN, pages, REPLACED } from './command-blocks.ts';
import { commandsIn, faultOf } from './command-lines.ts';

const BIN = resolve('dist/apps/cli/bin.js');
let folder: string;
let environment: NodeJS.ProcessEnv;

/** Programs that the commands call, in a folder that comes first on PATH. */
function writePrograms(to: string): void {
  mkdirSync(to);
  const call = `exec "${process.execPath}" "${BIN}"`;
  const scripts = {
    ghostcard: `${call} "$@"`,
    npx: `[ "$1" = ghostcard ] || exit 127\nshift\n${call} "$@"`,
  };
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(to, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  copyFileSync('test/nvidia-smi.sh', join(to, 'nvidia-smi'));
  chmodSync(join(to, 'nvidia-smi'), 0o755);
}

/**
 * A scratch folder with what the pages say that the reader has: a dataset, and outputs of machines in an
 * inbox.
 */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-commands-'));
  writePrograms(join(folder, 'bin'));
  for (const name of ['work', 'work/inbox', 'work/dataset']) mkdirSync(join(folder, name));
  const capture = join(folder, 'work/inbox/box-16.xml');
  writeFileSync(capture, xmlOf(captureNamed('k8s-test-infra-mock/qx-a100-healthy.xml')));
  await writeWorld('tiny', { seed: 5, scale: 1, out: join(folder, 'work/DATASET') });
  const { npm_command: _, ...rest } = process.env;
  environment = { ...rest, CAPTURE: capture, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blocks = allBlocks();
const shell = blocks.filter(({ language }) => language === 'sh');
const isLeftOut = ({ page, text }: Block) =>
  NOT_RUN.some((one) => one.page === page && text.startsWith(one.starts));
const replaced = ({ page, text }: Block) =>
  REPLACED.reduce((now, one) => (one.page === page ? now.replaceAll(one.from, one.to) : now), text);

describe('blocks', () => {
  it('are all marked as shell, where they hold a command of ours', () => {
    const unmarked = blocks.filter(
      ({ language, text }) => language !== 'sh' && /^(?:npx ghostcard|ghostcard [a-z]|npm )/m.test(text),
    );
    expect(unmarked.map(({ page, line }) => `${page}:${line}`)).toEqual([]);
  });

  it('are left out or changed only where the list says so, and the list has nothing else', () => {
    expect(
      NOT_RUN.map(
        ({ page, starts }) => shell.filter((b) => b.page === page && b.text.startsWith(starts)).length,
      ),
    ).toEqual(NOT_RUN.map(() => 1));
    for (const { page, from } of REPLACED)
      expect(
        shell.some((block) => block.page === page && block.text.includes(from)),
        from,
      ).toBe(true);
  });

  it.each(shell.filter((block) => !isLeftOut(block)))('$page:$line runs', { timeout: 600_000 }, (block) => {
    const options = { cwd: join(folder, 'work'), env: environment, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync('sh', ['-eu', '-c', replaced(block)], options);
    expect(`${status}\n${status === 0 ? '' : stderr}`).toBe('0\n');
    expect(stdout + stderr).not.toBe('');
  });
});

it('commands in the text name verbs and options that there are, and all that a verb asks for', () => {
  const faults = pages().flatMap((page) =>
    commandsIn(readFileSync(page, 'utf8')).flatMap((command) => {
      const fault = faultOf(command, program(true));
      return fault === null ? [] : [`${page}: ${command}: ${fault}`];
    }),
  );
  expect(faults).toEqual([]);
});

it('the command that an audit prints at its end works when it is pasted', { timeout: 600_000 }, () => {
  const options = { cwd: join(folder, 'work'), env: environment, encoding: 'utf8' } as const;
  const run = (command: string) => spawnSync('sh', ['-eu', '-c', command], options);
  const audited = run(
    'npx ghostcard audit DATASET --out "out/it\'s mine" --workspace out/next.workspace --quiet',
  );
  const pasted = /^one case +(.*)$/m.exec(audited.stdout)?.[1];
  expect(pasted, audited.stderr).toContain('explain');
  expect(run(pasted!)).toMatchObject({ status: 0, stdout: expect.stringMatching(/EXCLUDE|VOID|REVIEW/) });
});

it('README shows what the demo prints', { timeout: 600_000 }, () => {
  const demo: string = JSON.parse(readFileSync('package.json', 'utf8')).scripts.demo;
  const env = { ...environment, npm_command: 'run-script' }; // as `npm run` sets it
  const options = { cwd: join(folder, 'work'), env, encoding: 'utf8' } as const;
  const command = demo.replace('node dist/apps/cli/bin.js', 'ghostcard');
  const { status, stdout, stderr } = spawnSync('sh', ['-eu', '-c', command], options);
  expect(status, stderr).toBe(0);
  const shown = blocksOf('README.md', readFileSync('README.md', 'utf8'))
    .map(({ text }) => text.trim())
    .filter((text) => /^ghostcard \d.* audit as of /.test(text));
  expect(shown).toEqual([stdout.trim()]);
});
