import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCheck, runChecks, sizeCheck } from './checks.ts';
import { crc32Refused } from './gzip-probe.ts';

describe('doctor checks', () => {
  it.each([
    ['v20.19.0', 'ok'],
    ['v20.18.3', 'fail'],
    ['v18.20.0', 'fail'],
    ['v21.7.3', 'fail'],
    ['v22.6.0', 'fail'],
    ['v22.7.0', 'ok'],
    ['v24.0.0', 'ok'],
  ])('judges Node %s as %s', (version, status) => {
    expect(nodeCheck(version)).toMatchObject({ status });
  });

  it.each([
    [4, 'fail'],
    [5, 'warn'],
    [10, 'ok'],
  ])('judges %d bytes where 5 are needed and 10 are good as %s', (bytes, status) => {
    const check = sizeCheck('disk', bytes, 5, 10, 'free some');
    expect(check.status).toBe(status);
    expect(check.todo).toBe(status === 'ok' ? '' : 'free some');
  });

  it('really starts DuckDB, TensorFlow.js and zlib, for a workspace that does not exist yet', async () => {
    const checks = await runChecks(join(tmpdir(), 'ghostcard-absent', 'deeper'), '1.2.3');
    const byName = new Map(checks.map((check) => [check.name, check]));
    expect(byName.get('ghostcard')).toMatchObject({ status: 'ok', found: '1.2.3' });
    expect(byName.get('DuckDB')).toMatchObject({ status: 'ok', found: expect.stringMatching(/^v\d+\.\d+/) });
    expect(byName.get('TensorFlow.js')!.found).toMatch(/^(wasm|cpu) \d/);
    expect(byName.get('policy')).toMatchObject({ status: 'ok' });
    expect(checks.every(({ status, todo }) => (status === 'ok') === (todo === ''))).toBe(true);
  });

  it('names the build of zlib', () => {
    expect(crc32Refused()).toContain(process.versions.zlib);
  });
});
