import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { TABLES } from '../../../contracts/dataset.ts';
import { run } from '../run.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-inventory-verb-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const file = join(folder, 'box.csv');
writeFileSync(
  file,
  'index, name, uuid, memory.total [MiB], driver_version\n0, NVIDIA GeForce RTX 4090, [N/A], 24576 MiB, 550.54.14\n',
);

/** Runs a command line; returns its status and what it printed. */
async function ghostcard(...argv: string[]) {
  const printed = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed.out += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    printed.err += String(chunk);
    return true;
  });
  const status = await run(['node', 'ghostcard', 'inventory', ...argv]);
  return { status, ...printed };
}

describe('ghostcard inventory', () => {
  it('prints the contract’s table where nobody looks', async () => {
    const { status, out } = await ghostcard(file, '--seen-at', '2026-01-02T00:00:00Z');
    expect(status).toBe(0);
    const [head, row, end] = out.split('\n');
    expect(head).toBe(Object.keys(TABLES.gpus.shape).join(','));
    expect(row).toBe('box,0,2026-01-02T00:00:00.000Z,,,,,,,NVIDIA GeForce RTX 4090,24576,,,');
    expect(end).toBe('');
  });

  it('writes it to a file and shows people the cards', async () => {
    const out = join(folder, 'gpus.csv');
    const shown = await ghostcard(file, '--out', out, '--device-id', 'mine');
    expect(shown.out).toMatch(
      /^device +gpu +name .*contradicts\nmine +0 +NVIDIA GeForce RTX 4090 .*memory-unlisted\n$/,
    );
    expect(readFileSync(out, 'utf8')).toContain('\nmine,0,,');
  });

  it('says what the file contradicts, with the figures', async () => {
    const { out } = await ghostcard(file, '--check');
    expect(out).toMatch(/gpu-inventory-impossible: memory-unlisted .*reported 24576, expected 24564/);
    expect(out).toContain('0 of 1 files contradict nothing');
  });

  it('says the same of several cards of a host once', async () => {
    const host = join(folder, 'host.csv');
    const row = ', NVIDIA GeForce RTX 4090, 999999999999999 MiB\n';
    writeFileSync(host, `index, name, memory.total [MiB]\n0${row}1${row}`);
    const { out } = await ghostcard(host, '--check');
    expect(out.match(/memory-absurd/g)).toHaveLength(1);
    expect(out).toMatch(/host gpu 0, 1 +file: memory-absurd .*999999999999999 MiB, expected at most/);
  });

  it('says of a folder that it is one, and how to name its files', async () => {
    const { status, err } = await ghostcard(folder);
    expect(status).toBe(3);
    expect(err).toContain('a folder');
    expect(err).toContain(join(folder, '*.xml'));
  });

  it('gives all of it as JSON', async () => {
    const { out } = await ghostcard(file, '--json');
    expect(JSON.parse(out)).toMatchObject({
      gpus: [{ device_id: 'box', memory_total_mib: 24_576, gpu_uuid: null }],
      devices: [{ gpu_model: 'NVIDIA GeForce RTX 4090', driver_version: '550.54.14' }],
      findings: [{ detector: 'gpu-inventory-impossible', level: 'memory-unlisted' }],
      file_facts: [],
    });
  });

  it('writes the good files, lists the bad ones on standard error and ends with 3', async () => {
    const out = join(folder, 'some.csv');
    const words = join(folder, 'failed.txt');
    writeFileSync(words, 'No devices were found\n');
    const { status, err } = await ghostcard(words, file, join(folder, 'absent.xml'), '--out', out);
    expect(status).toBe(3);
    expect(err).toMatch(
      /^E_INVENTORY .*failed\.txt line 1\n {2}expected .*\n {2}got .*no card\n.*\nE_FILE_UNREADABLE /,
    );
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(3);
  });

  it('leaves a table as it is where no file can be read', async () => {
    const out = join(folder, 'kept.csv');
    writeFileSync(out, 'as it was');
    const { status } = await ghostcard(join(folder, 'a.xml'), join(folder, 'b.xml'), '--out', out);
    expect([status, readFileSync(out, 'utf8')]).toEqual([3, 'as it was']);
  });

  it('says beside the table what was left out, and on how many real files a fact was silent', async () => {
    const host = join(folder, 'lost.csv');
    const message = 'Unable to determine the device handle for GPU0000:07:00.0: Unknown Error';
    writeFileSync(host, `name, memory.total [MiB]\nNVIDIA L4, 999999999999999 MiB\n${message}\n`);
    const piped = await ghostcard(host);
    expect(piped.status).toBe(0);
    expect(piped.out).not.toContain('Unable');
    expect(piped.err).toBe(`${host} line 3: a card that does not answer is left out: ${message}\n`);
    const { out } = await ghostcard(host, '--check');
    expect(out).toMatch(/memory-absurd .*silent on (\d+) of \1 files of real cards/);
    expect(out).toContain(message);
  });

  it.each([
    [3, 'E_INVENTORY', [join(folder, 'words.txt')]],
    [3, 'E_FILE_UNREADABLE', [join(folder, 'absent.xml')]],
    [2, 'E_USAGE', [file, file]],
    [1, 'E_OUT', [file, '--out', join(folder, 'no', 'where.csv')]],
  ])('ends with %i for %s', async (status, code, argv) => {
    writeFileSync(join(folder, 'words.txt'), 'NVIDIA-SMI has failed\n');
    const result = await ghostcard(...argv);
    expect(result.status).toBe(status);
    expect(result.err).toContain(code);
  });
});
