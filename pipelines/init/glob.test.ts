import { describe, expect, it } from 'vitest';
import { globOf } from './glob.ts';

describe('a glob', () => {
  const hours = ['i/2025/11/01/09.csv', 'i/2025/11/02/13.csv'];

  it('is the path of a single file', () => {
    expect(globOf(['a/b.csv'], ['a/b.csv', 'a/c.csv'])).toBe('a/b.csv');
  });

  it('takes all files of a sort and no other', () => {
    expect(globOf(hours, hours)).toBe('i/2025/11/*/*.csv');
    expect(globOf(hours, [...hours, 'i/2025/11/02/13-jobs.csv'])).toBe('i/2025/11/??/??.csv');
    expect(globOf(['x/a.json', 'x/b.json'], ['x/a.json', 'x/b.json', 'c.json'])).toBe('x/*.json');
    expect(globOf(['x/a.json', 'x/y/b.json'], ['x/a.json', 'x/y/b.json', 'c.json'])).toBe('x/**/*.json');
  });

  it('is none where a pattern would take another file along', () => {
    expect(globOf(['a.json', 'b.json'], ['a.json', 'b.json', 'c.json'])).toBeUndefined();
    expect(globOf(['a*.json'], ['a*.json', 'ab.json'])).toBeUndefined();
  });
});
