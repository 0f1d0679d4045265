/** The pages on attacks are complete: each is listed, and each detector of cards is explained by one. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { observes } from '../contracts/policy.ts';
import { loadDetectors } from '../pipelines/detect/registry.ts';
import { loadPolicy } from '../pipelines/judge/policy.ts';

const FOLDER = fileURLToPath(new URL('../docs/attacks/', import.meta.url));
const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md');
const read = (name: string) => readFileSync(`${FOLDER}${name}`, 'utf8');

/** A detector that only observes is explained once it counts. */
const weighed = async () => {
  const policy = loadPolicy();
  return (await loadDetectors()).filter(({ id }) => !observes(policy, id));
};

it('every page stands in the list', () => {
  const listed = [...read('README.md').matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(pages.toSorted());
});

it('every detector of cards that counts is named on a page', async () => {
  const named = new Set(
    pages.flatMap((page) => [...read(page).matchAll(/detectors\/([a-z-]+)\.md/g)].map(([, id]) => id)),
  );
  const cards = (await weighed()).filter(({ meta }) => meta.subject === 'device');
  expect(cards.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
});

it('every detector that counts is named on a page or in the list', async () => {
  const texts = [...pages, 'README.md'].map(read).join('\n');
  const ids = (await weighed()).map(({ id }) => id);
  expect(ids.filter((id) => !texts.includes(`detectors/${id}.md`))).toEqual([]);
});
