import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../files-under.ts';
import { formatSql } from './format.ts';
import { tokensOf } from './tokens.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const files = filesUnder(ROOT, '.sql').map((path) => {
  const text = readFileSync(path, 'utf8');
  return { path: relative(ROOT, path), text, done: formatSql(text) };
});

const codeOf = (text: string): string[] => tokensOf(text).map((token) => token.text);
/** Before which token each comment stands: its number and the comments' words. */
const placesOf = (text: string): string[] =>
  tokensOf(text).map(({ above }) =>
    above
      .map((comment) => comment.replace(/^--\s*/, ''))
      .join(' ')
      .trim(),
  );
const laidOut = (...lines: string[]): string => `${lines.join('\n')}\n`;

describe('every SQL file of the repository', () => {
  it('is really looked at', () => {
    expect(files.length).toBeGreaterThan(200);
  });

  it('keeps its tokens, and every comment before the token before which it stood', () => {
    for (const { path, text, done } of files) {
      expect(codeOf(done), path).toEqual(codeOf(text));
      expect(placesOf(done), path).toEqual(placesOf(text));
    }
  });

  it('stays as it is the second time', () => {
    for (const { path, done } of files) expect(formatSql(done), path).toBe(done);
  });

  it('fits into 110 columns but for single tokens that do not', () => {
    const wide = files.flatMap(({ path, done }) =>
      done
        .split('\n')
        .filter((line) => line.length > 110 && !tokensOf(line).some((token) => token.text.length > 100))
        .map((line) => `${path}: ${line}`),
    );
    expect(wide).toEqual([]);
  });

  it('has one layout, whatever its line breaks were', () => {
    const space = fc.constantFrom(' ', '\n', '\n    ', '  ');
    const some = files.filter(({ text }) => text.length < 6000);
    fc.assert(
      fc.property(fc.constantFrom(...some), fc.infiniteStream(space), ({ text }, spaces) => {
        const spread = tokensOf(text)
          .map((token) => {
            const comments = token.above
              .filter(Boolean)
              .map((comment) => `\n${comment}`)
              .join('');
            return `${comments && `${comments}\n`}${token.spaced ? spaces.next().value : ''}${token.text}`;
          })
          .join('');
        const flat = (sql: string): string => formatSql(sql).replace(/\n+/g, '\n');
        expect(flat(spread)).toBe(flat(text));
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});

describe('formatSql', () => {
  it('keeps on a line what fits, and puts every table of WITH on a line of its own', () => {
    expect(
      formatSql('with_a; WITH a AS (SELECT\n1), b AS (SELECT 2)\nSELECT *\nFROM a JOIN b USING (c)'),
    ).toBe(
      laidOut('with_a;', 'WITH a AS (SELECT 1),', 'b AS (SELECT 2)', 'SELECT * FROM a JOIN b USING (c)'),
    );
  });

  it('fills lists, and breaks joins and conditions before their words', () => {
    const [long, other] = ['l'.repeat(50), 'o'.repeat(45)];
    const text = `SELECT ${long}, ${other}, c FROM t JOIN ${long} ON ${other} = 1 WHERE ${long} AND ${other} AND c`;
    expect(formatSql(text)).toBe(
      laidOut(
        `SELECT ${long}, ${other}, c`,
        'FROM t',
        `JOIN ${long} ON ${other} = 1`,
        `WHERE ${long} AND ${other}`,
        '  AND c',
      ),
    );
  });

  it('breaks a CASE before its arms and never within BETWEEN', () => {
    const long = 'l'.repeat(35);
    expect(formatSql(`SELECT CASE WHEN ${long} BETWEEN 1 AND 2 THEN ${long} ELSE 3 END AS x`)).toBe(
      laidOut(`SELECT CASE WHEN ${long} BETWEEN 1 AND 2 THEN ${long}`, '    ELSE 3 END AS x'),
    );
  });

  it('tells a sign from an operator, a subscript from a list, a name from a keyword', () => {
    const text = `SELECT -a,b-1, - -c, l[1:-1], x::INT[], [1,2], t.*, 2*3, {'k':1}, "FROM", from_`;
    expect(formatSql(text)).toBe(
      laidOut(`SELECT -a, b - 1, - -c, l[1:-1], x::INT[], [1, 2], t.*, 2 * 3, {'k': 1}, "FROM", from_`),
    );
  });

  it('wraps a paragraph of a comment that is too wide and leaves the others', () => {
    const words = 'word '.repeat(30).trim();
    expect(formatSql(`-- Short.\n--\n-- ${words}\n-- end.\n\n-- Other.\nSELECT 1`)).toBe(
      laidOut(
        '-- Short.',
        '--',
        `-- ${'word '.repeat(21).trim()}`,
        `-- ${'word '.repeat(9)}end.`,
        '',
        '-- Other.',
        'SELECT 1',
      ),
    );
  });

  it('leaves a comment behind its token, or moves it above the line that it makes too long', () => {
    expect(formatSql('SELECT a, -- first\n  b')).toBe(laidOut('SELECT a, -- first', '  b'));
    const long = `-- ${'x'.repeat(100)}`;
    expect(formatSql(`SELECT a, ${long}\n  b`)).toBe(laidOut(long, 'SELECT a, b'));
  });

  it('changes nothing in a text of several lines', () => {
    const text = "'a\n  -- no comment\n\n  b'";
    expect(formatSql(`SELECT   ${text} AS x`)).toBe(`SELECT ${text} AS x\n`);
  });

  it.each([
    ['an open quote', "SELECT 'a", "'a"],
    ['an open bracket', 'SELECT (1', '(1'],
    ['a bracket too many', 'SELECT 1)', ')'],
    ['crossed brackets', 'SELECT (1]', ']'],
    ['a CASE without END', 'SELECT CASE WHEN a THEN b', 'CASE'],
    ['a block comment', 'SELECT /* a */ 1', '/* a */'],
  ])('refuses %s', (_, text, got) => {
    expect(() => formatSql(text)).toThrow(got);
  });
});
