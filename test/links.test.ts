import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SKIPPED = new Set(['node_modules', 'dist', 'out', '.git']);

function markdownUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Anchors as GitHub makes them from headings. */
function anchorsOf(path: string): Set<string> {
  const headings = readFileSync(path, 'utf8').match(/^#+ .*$/gm) ?? [];
  const slug = (heading: string) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
  return new Set(headings.map(slug));
}

it('no link in the documentation leads nowhere', () => {
  const broken = markdownUnder(ROOT).flatMap((path) => {
    const prose = readFileSync(path, 'utf8')
      .replace(/^```.*?^```/gms, '')
      .replace(/`[^`\n]*`/g, '');
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
      if (/^[a-z]+:/.test(link!)) return [];
      const [file, anchor] = link!.split('#');
      const target = file === '' ? path : join(dirname(path), file!);
      const found = existsSync(target) && (!anchor || anchorsOf(target).has(anchor));
      return found ? [] : [`${relative(ROOT, path)}: ${link}`];
    });
  });
  expect(broken).toEqual([]);
});
