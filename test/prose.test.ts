import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { filesUnder } from '../scripts/files-under.ts';
import { wideLines } from '../scripts/prose-width.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const pages = filesUnder(ROOT, '.md').map((path) => ({
  page: relative(ROOT, path),
  text: readFileSync(path, 'utf8'),
}));
const glossary = pages.find(({ page }) => page === 'docs/glossary.md')!.text;
const words = [...glossary.matchAll(/^\| ([a-z][a-z -]*) \| /gm)].map(([, word]) => word!).slice(1);

it('prose keeps to its width', () => {
  expect(pages.flatMap(({ page, text }) => wideLines(text).map((line) => `${page}:${line}`))).toEqual([]);
});

it('README leads to the glossary', () => {
  expect(pages.find(({ page }) => page === 'README.md')!.text).toContain('](docs/glossary.md)');
});

it('the glossary explains at least forty words, in order, each once', () => {
  expect(words.length).toBeGreaterThanOrEqual(40);
  expect(words).toEqual([...new Set(words)].sort());
});

it.each(words)('the word “%s” of the glossary is used', (word) => {
  const used = new RegExp(`\\b${word.replaceAll(' ', '\\s+')}s?\\b`, 'i');
  expect(pages.some(({ page, text }) => page !== 'docs/glossary.md' && used.test(text))).toBe(true);
});
