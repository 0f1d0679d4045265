/**
 * Writes a new version into the ledger of the grammar's bytes, if they changed:
 *   npx tsx scripts/grammar-digest.ts --date 2026-11-30 --why 'What changed in the worlds, and for what reason.'
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DIGEST_WORLDS, grammarDigest, LEDGER, readDigests } from '../fixtures/worlds/grammar/digests.ts';

const { values } = parseArgs({ options: { date: { type: 'string' }, why: { type: 'string' } } });
const { date = '', why = '' } = values;
if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new Error(`expected an ISO day in --date, got '${date}'`);
if (why.trim() === '') throw new Error('expected in --why what changed and for what reason, got nothing');

const entries = readDigests();
const digests: Record<string, string> = {};
const folder = mkdtempSync(join(tmpdir(), 'ghostcard-digest-'));
for (const name of Object.keys(DIGEST_WORLDS)) digests[name] = await grammarDigest(name, folder);
rmSync(folder, { recursive: true });
const last = entries.at(-1);
if (last && JSON.stringify(last.digests) === JSON.stringify(digests))
  console.log(`The bytes are those of version ${last.version}: nothing to write.`);
else {
  const version = (last?.version ?? 0) + 1;
  writeFileSync(LEDGER, `${JSON.stringify([...entries, { version, date, why, digests }], null, 2)}\n`);
  console.log(`Version ${version} written.`);
}
