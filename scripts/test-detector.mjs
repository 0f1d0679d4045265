// `npm run test:detector -- my-id`: contract, cases and own tests of one unit, without a build of dist. `--update` writes
// its example anew.
import { existsSync } from 'node:fs';
import { startVitest } from 'vitest/node';

const id = process.argv[2] ?? '';
if (!/^[a-z0-9-]+$/.test(id) || !existsSync(`detectors/${id}/detector.ts`)) {
  process.stderr.write(`no unit "${id}" in detectors/. ghostcard detectors lists them all.\n`);
  process.exit(2);
}
process.env.GHOSTCARD_DETECTOR = id;
const vitest = await startVitest('test', [], {
  run: true,
  ...(process.argv.includes('--update') ? { update: true } : {}),
  config: false,
  include: ['testing/detectors/one-unit/*.ts', `detectors/${id}/**/*.test.ts`],
  testTimeout: 300_000,
  hookTimeout: 120_000,
  pool: 'forks',
  maxWorkers: 2,
});
await vitest.close();
