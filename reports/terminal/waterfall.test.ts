import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { DossierTerm, SubjectDossier } from '../../contracts/dossier.ts';
import { pageOf } from '../figures.ts';
import { waterfallText } from './waterfall.ts';

const term = {
  detector: 'wallet-shared',
  says: 'One wallet for several accounts.',
  reason: 'shared-wallet',
  family: 'money',
  forgeable_by: 'operator',
  weight: 3,
  running: -1.6,
  probability: 0.17,
  counted: true,
  facts: { accounts: 4 },
  value: null,
  related: [],
  first_at: null,
  last_at: null,
} as unknown as DossierTerm;
const dossier = {
  prior: { log_odds: -4.6, probability: 0.01 },
  threshold: { verdict: 'exclude', log_odds: 4.6, probability: 0.99 },
  terms: [term, { ...term, detector: 'ip-block', counted: false, why_not: 'no weight' }],
} as unknown as SubjectDossier;

it('ends each counted term with the page of its detector', () => {
  const text = waterfallText(dossier, (_, words) => words, 100);
  expect(text).toContain('accounts: 4\n    see docs/detectors/wallet-shared.md\n');
  expect(text).not.toContain('ip-block');
});

it('every detector has the page that is named', () => {
  const ids = readdirSync('detectors', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(ids.map(({ name }) => pageOf(name)).filter((page) => !existsSync(page))).toEqual([]);
});
