import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from '@commander-js/extra-typings';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { ReadableTable } from '../../../contracts/detector.ts';
import { loadDetectors } from '../../../pipelines/detect/registry.ts';
import { readableTablesText } from '../../../reports/terminal/readable-tables.ts';
import { screen } from '../terminal.ts';
import { detectorsCommand } from './detectors.ts';
import { evaluateCommand } from './evaluate.ts';
import { worldCommand } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-verbs-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

interface Verb {
  exitOverride(): unknown;
  configureOutput(output: { writeErr(text: string): void }): unknown;
  parseAsync(argv: string[], from: { from: 'user' }): Promise<unknown>;
}

/** Runs a verb and returns what it printed. */
async function printed(verb: Verb, ...argv: string[]): Promise<string> {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  verb.exitOverride();
  verb.configureOutput({ writeErr: () => {} });
  await verb.parseAsync(argv, { from: 'user' });
  return text;
}

describe('world', () => {
  it('writes a dataset and its truth beside it', async () => {
    const [out, labels] = [join(folder, 'tiny'), join(folder, 'truth.csv')];
    const text = await printed(
      worldCommand(),
      'tiny',
      '--out',
      out,
      '--labels',
      labels,
      '--seed',
      '5',
      '--json',
    );
    expect(JSON.parse(text)).toMatchObject({ name: 'tiny', seed: 5 });
    expect(existsSync(join(out, 'MANIFEST.csv'))).toBe(true);
    expect(readFileSync(labels, 'utf8')).toMatch(/^subject_type,subject_id,truth,/);
  });

  it('draws a world by the grammar, with groups, traits and lies beside its truth', async () => {
    const [out, labels] = [join(folder, 'drawn'), join(folder, 'drawn-truth.csv')];
    const draw = ['grammar', '--out', out, '--scale', '0.02', '--days', '1', '--interval', '21600', '--json'];
    const honest = [
      '--sybil-share',
      '0',
      '--fake-share',
      '0',
      '--only',
      'home,family',
      '--hold-out',
      'exit,worker',
    ];
    const summary = JSON.parse(await printed(worldCommand(), ...draw, '--labels', labels, ...honest));
    expect(summary).toMatchObject({ name: 'grammar', seed: 1, operators: 0 });
    expect(summary.accounts).toBeGreaterThanOrEqual(40);
    expect(summary.accounts).toBeLessThan(60);
    expect(readFileSync(labels, 'utf8')).toMatch(/,good,honest-family,/);
    expect(readFileSync(labels, 'utf8')).not.toMatch(/,bad,/);
    for (const part of ['groups', 'traits', 'lies'])
      expect(existsSync(join(folder, `drawn-truth-${part}.csv`))).toBe(true);
  });

  it.each([
    ['--only', 'home,nobody', /nobody/, /solar/],
    ['--hold-out', 'nothing', /nothing/, /worker/],
    ['--hold-out', 'card.executes.rig,card.magic', /^card.magic$/, /card.executes.pool/],
  ])('refuses unknown names of %s and lists the known', async (option, names, got, expected) => {
    await expect(
      printed(worldCommand(), 'grammar', '--out', join(folder, 'w'), option, names),
    ).rejects.toMatchObject({
      code: 'E_USAGE',
      detail: {
        subject: option,
        got: expect.stringMatching(got),
        expected: expect.stringMatching(expected),
      },
    });
    expect(existsSync(join(folder, 'w'))).toBe(false);
  });

  it.each([
    ['E_WORLD', ['nowhere', '--out', 'x']],
    ['E_USAGE', ['tiny', '--out', join(folder, 'w'), '--hold-out', 'exit']],
    ['E_USAGE', ['tiny', '--out', join(folder, 'w'), '--sybil-share', '0.1']],
    ['E_USAGE', ['tiny', '--out', join(folder, 'w'), '--fake-share', '0.1']],
    ['E_USAGE', ['tiny', '--out', join(folder, 'w'), '--majority', '0.5']],
    ['E_WORLD', ['toString', '--out', 'x']],
    ['E_USAGE', ['tiny', '--out', join(folder, 'w'), '--labels', join(folder, 'w', 'labels.csv')]],
    ['E_USAGE', ['tiny', '--out', join(folder, 'w'), '--labels', join(folder, 'labels.txt')]],
  ])('refuses with %s: %j', async (code, argv) => {
    await expect(printed(worldCommand(), ...argv)).rejects.toMatchObject({ code });
    expect(existsSync(join(folder, 'w'))).toBe(false);
  });

  it.each([['0'], ['-1'], ['1e9'], ['x']])('refuses the scale %s', async (scale) => {
    await expect(printed(worldCommand(), 'tiny', '--out', 'x', '--scale', scale)).rejects.toBeInstanceOf(
      CommanderError,
    );
  });
});

describe('world grammar', () => {
  it.each([['1'], ['-0.1'], ['x']])('refuses the share %s of Sybils', async (share) => {
    await expect(
      printed(worldCommand(), 'grammar', '--out', 'x', '--sybil-share', share),
    ).rejects.toBeInstanceOf(CommanderError);
  });
});

describe('detectors', () => {
  it('lists each with what the policy makes of it', async () => {
    const all = JSON.parse(await printed(detectorsCommand(), '--json')) as {
      id: string;
      observing: boolean;
    }[];
    expect(all.map(({ id }) => id)).toContain('wallet-shared');
    const text = await printed(detectorsCommand());
    for (const { id } of all) expect(text).toContain(id);
  });

  it('prints the tables that a detector may read', async () => {
    const tables = JSON.parse(await printed(detectorsCommand(), '--tables', '--json')) as ReadableTable[];
    const names = tables.map(({ table }) => table);
    const read = new Set((await loadDetectors()).flatMap(({ meta }) => meta.reads));
    expect(names).toEqual(expect.arrayContaining([...read]));
    expect(names).not.toContain('raw.labels');
    expect(names.filter((name) => !/^(raw|rollup|features|reference)\./.test(name))).toEqual([]);
    const models = tables.filter(({ table }) => /^(rollup|features)\./.test(table));
    expect(models.filter(({ says }) => says === '').map(({ table }) => table)).toEqual([]);
    expect(tables.find(({ table }) => table === 'raw.accounts')!.columns[0]).toEqual({
      name: 'account_id',
      type: 'VARCHAR',
      says: 'the points account',
    });
    expect(readableTablesText(tables, screen())).toMatch(/raw\.accounts\n.*column.*type.*holds/);
  });

  it('shows the detector of a reason code, with its level marked', async () => {
    const page = await printed(detectorsCommand(), 'card-copied-by-owner');
    expect(page).toMatch(/^gpu-identity-shared: /);
    expect(page.match(/→ \S+/g)).toEqual(['→ own-copies']);
    expect(await printed(detectorsCommand(), 'gpu-identity-shared')).not.toContain('→');
    const asked = await printed(detectorsCommand(), 'card-copied-by-owner', '--json');
    expect(JSON.parse(asked)).toMatchObject({ id: 'gpu-identity-shared', level: 'own-copies' });
  });

  it('takes every reason code to the detector that gives it', async () => {
    for (const { id, meta } of await loadDetectors()) {
      for (const { reason } of Object.values(meta.levels))
        expect(JSON.parse(await printed(detectorsCommand(), reason, '--json')).id).toBe(id);
    }
  });

  it('shows one, and refuses another word', async () => {
    const page = await printed(detectorsCommand(), 'wallet-shared');
    expect(page).toMatch(/Appeal\n {2}\S/);
    await expect(printed(detectorsCommand(), 'no-such')).rejects.toMatchObject({
      code: 'E_DETECTOR',
      exitCode: 5,
    });
  });
});

describe('evaluate', () => {
  it('passes on what is wrong with its files, and refuses wrong numbers', async () => {
    await expect(printed(evaluateCommand(), folder, 'none.csv')).rejects.toMatchObject({ code: 'E_RUN' });
    await expect(printed(evaluateCommand(), folder, 'x', '--bootstrap', '1.5')).rejects.toBeInstanceOf(
      CommanderError,
    );
  });
});
