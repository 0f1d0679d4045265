/** What publish is handed beside the tiny warehouse: two detectors and the shipped policy. For tests. */
import { readFileSync } from 'node:fs';
import type { DetectorMeta } from '../contracts/detector.ts';
import type { Policy } from '../contracts/policy.ts';
import type { PublishedDetector } from '../pipelines/publish/manifest.ts';
import type { PublishInput } from '../pipelines/publish/publish.ts';

export const SNAPSHOT = Date.UTC(2024, 3, 25);

const META: DetectorMeta = {
  title: 'One payout wallet behind many accounts',
  states: 'Accounts that are paid to one wallet have one operator.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { accounts: ['wallet'] },
  reads: ['raw.accounts'],
  levels: {
    one: {
      reason: 'wallet-shared',
      says: 'Several accounts are paid to this wallet.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['family'],
  sources: ['none: a fixture'],
  appeal: 'Show that the wallet belongs to an exchange.',
};

const DEVICE_META: DetectorMeta = {
  ...META,
  title: 'Benchmark below the claimed card',
  family: 'benchmark',
  subject: 'device',
  links: false,
  levels: {
    far: {
      reason: 'benchmark-below-claim',
      says: 'The card is slower than it can be.',
      forgeableBy: 'nobody',
    },
    near: { reason: 'benchmark-low', says: 'The card is a little slow.', forgeableBy: 'nobody' },
  },
  appeal: 'Run the benchmark again while the network watches.',
};

export const TINY_DETECTORS: PublishedDetector[] = [
  { id: 'wallet-shared', meta: META, sql: 'SELECT 1', seenSql: null },
  { id: 'benchmark-below-claim', meta: DEVICE_META, sql: 'SELECT 2', seenSql: null },
];

const POLICY = JSON.parse(
  readFileSync(new URL('../policies/default.json', import.meta.url), 'utf8'),
) as Policy;

export function tinyInput(out: string): PublishInput {
  return {
    out,
    snapshot: SNAPSHOT,
    policy: POLICY,
    detectors: TINY_DETECTORS,
    config: { overrideBrakes: [] },
    sealed: false,
    log: { threads: 1 },
  };
}
