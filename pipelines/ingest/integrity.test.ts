import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../contracts/errors.ts';
import { ACCOUNTS, type TestDataset, testDataset } from '../../testing/dataset.ts';

const refuses = (made: TestDataset, code: ErrorCode) => expect(made.ingest()).rejects.toMatchObject({ code });

const DEVICES =
  'device_id,account_id,registered_at,gpu_model,gpu_count\nd1,a1,2024-04-01T00:00:00.000Z,NVIDIA GeForce RTX 4090,1\n';
describe('MANIFEST.csv', () => {
  const line = (file: string, text: string, rows: number) =>
    `${file},${Buffer.byteLength(text)},${createHash('sha256').update(text).digest('hex')},${rows}\n`;
  const manifest = `file,bytes,sha256,rows\n${line('accounts.csv', ACCOUNTS, 1)}`;

  it('seals a dataset that matches', async () => {
    expect(await (await testDataset({ 'accounts.csv': ACCOUNTS })).ingest()).toMatchObject({ sealed: false });
    const made = await testDataset({ 'accounts.csv': ACCOUNTS, 'MANIFEST.csv': manifest });
    expect(await made.ingest()).toMatchObject({ sealed: true });
  });

  it('counts the rows of a file that feeds two tables for each of them', async () => {
    const offers = '[{"id":1,"owner":"a1"},{"id":2,"owner":"a1"}]';
    const yaml = `version: 1
tables:
  accounts: { file: x.json, distinct: true, columns: { account_id: owner } }
  prior_list: { file: x.json, columns: { account_id: owner, source: { constant: s }, verdict: { constant: v } } }
`;
    const seal = (rows: number) => `file,bytes,sha256,rows\n${line('x.json', offers, rows)}`;
    const files = { 'x.json': offers, 'ghostcard.yaml': yaml };
    const made = await testDataset({ ...files, 'MANIFEST.csv': seal(2) });
    expect((await made.ingest()).files).toMatchObject([
      { table: 'accounts', rowsIn: 2, loaded: 1, duplicate: 1 },
      { table: 'prior_list', rowsIn: 2, loaded: 2, duplicate: 0 },
    ]);
    await refuses(await testDataset({ ...files, 'MANIFEST.csv': seal(3) }), 'E_MANIFEST');
  });

  it('catches every flipped bit, a missing, an unlisted and a shortened file, and a wrong count', async () => {
    const sealed = await testDataset({ 'MANIFEST.csv': manifest });
    for (let bit = 0; bit < ACCOUNTS.length * 8; bit++) {
      const flipped = Buffer.from(ACCOUNTS);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      sealed.write({ 'accounts.csv': flipped });
      await refuses(sealed, 'E_MANIFEST');
    }
    await refuses(
      await testDataset({ 'accounts.csv': ACCOUNTS, 'MANIFEST.csv': manifest + line('gpus.csv', 'x', 0) }),
      'E_MANIFEST',
    );
    await refuses(
      await testDataset({ 'accounts.csv': ACCOUNTS, 'devices.csv': DEVICES, 'MANIFEST.csv': manifest }),
      'E_MANIFEST',
    );
    await refuses(
      await testDataset({ 'accounts.csv': ACCOUNTS.slice(0, -1), 'MANIFEST.csv': manifest }),
      'E_MANIFEST',
    );
    const miscounted = manifest.replace(/,1\n$/, ',2\n');
    await refuses(await testDataset({ 'accounts.csv': ACCOUNTS, 'MANIFEST.csv': miscounted }), 'E_MANIFEST');
  });
});

describe('a gzip file', () => {
  it('is read whole or not at all: every truncation is refused', async () => {
    const whole = gzipSync(ACCOUNTS);
    expect((await (await testDataset({ 'accounts.csv.gz': whole })).ingest()).files[0]).toMatchObject({
      loaded: 1,
    });
    const made = await testDataset({});
    for (let length = 0; length < whole.length; length++) {
      made.write({ 'accounts.csv.gz': whole.subarray(0, length) });
      await refuses(made, 'E_GZIP_CORRUPT');
    }
  });

  it('may have several members, but nothing after the last', async () => {
    const members = Buffer.concat([gzipSync(ACCOUNTS), gzipSync('a2,b@x.io,2024-04-01T00:00:00Z\n')]);
    const made = await testDataset({ 'accounts.csv.gz': members });
    expect((await made.ingest()).files[0]).toMatchObject({ loaded: 2 });
    for (const rest of ['junk', '\0\0\0\0']) {
      const trailing = Buffer.concat([members, Buffer.from(rest)]);
      await refuses(await testDataset({ 'accounts.csv.gz': trailing }), 'E_GZIP_CORRUPT');
    }
  });

  it('must not expand without bound', async () => {
    const made = await testDataset({ 'accounts.csv.gz': gzipSync(ACCOUNTS + '\n'.repeat(3_000_000)) });
    const gzip = { maxBytes: 2 ** 40, maxRatio: 200, freeBytes: 2 ** 20 };
    await expect(made.ingest({ gzip })).rejects.toMatchObject({ code: 'E_GZIP_BOMB' });
    const capped = { ...gzip, maxRatio: 10_000, maxBytes: 10_000 };
    await expect(made.ingest({ gzip: capped })).rejects.toMatchObject({ code: 'E_GZIP_BOMB' });
  });
});
