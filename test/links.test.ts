import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { filesUnder } from '../scripts/files-under.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
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

/** Relative links of a page, as they stand in its prose. */
function linksOf(path: string): string[] {
  const prose = readFileSync(path, 'utf8')
    .replace(/^```.*?^```/gms, '')
    .replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) =>
    /^[a-z]+:/.test(link!) ? [] : [link!],
  );
}

it('no link in the documentation leads nowhere', () => {
  const broken = filesUnder(ROOT, '.md').flatMap((path) =>
    linksOf(path).flatMap((link) => {
      const [file, anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file!);
      const found = existsSync(target) && (!anchor || anchorsOf(target).has(anchor));
      return found ? [] : [`${relative(ROOT, path)}: ${link}`];
    }),
  );
  expect(broken).toEqual([]);
});

it('no link in the packed tarball leads out of it', () => {
  const listing = execFileSync('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(listing) as [{ files: { path: string }[] }];
  const packed = new Set(files.map(({ path }) => path));
  for (const path of [...packed])
    for (let above = dirname(path); above !== '.'; above = dirname(above)) packed.add(above);
  const pages = files.map(({ path }) => path).filter((path) => path.endsWith('.md'));
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/guide.md']));
  const dead = pages.flatMap((page) =>
    linksOf(join(ROOT, page)).flatMap((link) => {
      const [file] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file!).replace(/\/$/, '');
      return packed.has(target) ? [] : [`${page}: ${link}`];
    }),
  );
  expect(dead).toEqual([]);
});
