import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { publish } from '../../../pipelines/publish/publish.ts';
import { tinyInput } from '../../../testing/tiny-input.ts';
import { PLAIN_NAMES, tinyWarehouse } from '../../../testing/tiny-warehouse.ts';
import { run as program } from '../run.ts';

const base = mkdtempSync(join(tmpdir(), 'ghostcard-verbs-'));
const run = join(base, 'run');
const HOSTILE = 'u\u001b[2J';

beforeAll(async () => {
  const warehouse = await tinyWarehouse({ ...PLAIN_NAMES, honest: ['u-ann', 'u-bob', HOSTILE] });
  await publish(tinyInput(run), { warehouse, progress: () => {} });
  warehouse.close();
});
afterAll(() => rmSync(base, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function called(...argv: string[]): Promise<{ status: number; out: string; error: string }> {
  const said = { out: '', error: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said.out += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    said.error += String(chunk);
    return true;
  });
  return { status: await program(['node', 'ghostcard', ...argv]), ...said };
}

const by = ['--by', 'ann', '--why', 'documents seen'];

describe('decide', () => {
  it('appends a line, says what it will do, and refuses to write into the run', async () => {
    const file = join(base, 'd.ndjson');
    const { status, out } = await called(
      'decide',
      'merge',
      'u-ring-1',
      HOSTILE,
      '--file',
      file,
      '--run',
      run,
      ...by,
    );
    expect(status).toBe(0);
    expect(out).toContain('nobody is excluded by it');
    expect(out).toContain('1 account now clear will be held');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      accounts: ['u-ring-1', HOSTILE],
      by: 'ann',
    });
    const inside = await called(
      'decide',
      'clear',
      'u-ann',
      '--file',
      join(run, 'd.ndjson'),
      '--run',
      run,
      ...by,
    );
    expect(inside.status).toBe(2);
    expect(existsSync(join(run, 'd.ndjson'))).toBe(false);
  });

  it('writes nothing on a dry run, and nothing that moves a cursor', async () => {
    const file = join(base, 'dry.ndjson');
    const { out } = await called(
      'decide',
      'clear',
      HOSTILE,
      '--file',
      file,
      '--run',
      run,
      '--dry-run',
      ...by,
    );
    expect(out).toContain('account u\\u{1b}[2J is clear: the next run says clear');
    expect(out).not.toContain('\u001b');
    expect(existsSync(file)).toBe(false);
  });

  it('leaves with the codes of the guide', async () => {
    const file = join(base, 'codes.ndjson');
    const unknown = await called('decide', 'clear', 'nobody', '--file', file, '--run', run, ...by);
    expect(unknown.status).toBe(5);
    expect((await called('decide', 'pardon', 'u-ann', '--file', file, ...by)).status).toBe(2);
    expect((await called('decide', 'merge', 'u-ann', '--file', file, ...by)).status).toBe(3);
    mkdirSync(`${file}.lock`);
    expect((await called('decide', 'clear', 'u-ann', '--file', file, ...by)).status).toBe(75);
  });
});

describe('sample', () => {
  it('prints CSV, writes a new file, and never over another', async () => {
    const { out } = await called('sample', run, '-n', '8');
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe('subject_type,subject_id,stratum,stratum_size,drawn,weight,truth');
    expect(lines).toHaveLength(9);
    const file = join(base, 'sample.csv');
    expect((await called('sample', run, '-n', '8', '--out', file)).out).toMatch(
      /^8 of 8 subjects, seed [0-9a-f]{64}\n/,
    );
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect((await called('sample', run, '-n', '8', '--out', file)).error).toContain('E_OUT');
    expect(JSON.parse((await called('sample', run, '-n', '8', '--devices', '--json')).out).rows).toHaveLength(
      8,
    );
  });
});

describe('explain --svg', () => {
  it('draws the cluster of an account', async () => {
    const file = join(base, 'c.svg');
    expect((await called('explain', run, 'u-ring-1', '--svg', file)).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^<\?xml .*\n<svg [^>]*role="img"/);
    expect((await called('explain', run, 'u-ann', '--svg', file)).status).toBe(5);
    expect((await called('explain', run, 'u-ring-1', '--svg', join(base, 'no', 'c.svg'))).error).toContain(
      'E_DISK',
    );
  });
});
