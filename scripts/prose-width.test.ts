import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WIDTH, wideLines, wrapProse } from './prose-width.ts';

const long = 'word '.repeat(40).trim();

it('breaks a paragraph and a list item, whose lines go on under its text', () => {
  const wrapped = wrapProse(`${long}\n\n- ${long}\n`);
  const lines = wrapped.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(WIDTH);
  expect(lines.filter((line) => line !== '').map((line) => line.slice(0, 4))).toEqual([
    'word',
    'word',
    '- wo',
    '  wo',
  ]);
});

it('lays out a quotation as one', () => {
  const wrapped = wrapProse(`> ${long}\n> ${long}\n\nb`);
  expect(wrapped.replaceAll('\n> ', ' ')).toBe(`> ${long} ${long}\n\nb`);
  expect(wideLines(wrapped)).toEqual([]);
});

it.each([
  ['a table', `| ${long} |`],
  ['a heading', `# ${long}`],
  ['a fence', `\`\`\`\n${long}\n\`\`\``],
  ['indented code', `    ${long}`],
  ['a comment', `<!-- ${long} -->`],
  ['one word', `[link](https://example.org/${'x'.repeat(WIDTH)})`],
])('leaves %s', (_, text) => {
  expect(wrapProse(text)).toBe(text);
  expect(wideLines(text)).toEqual([]);
});

it('names wide lines of prose by their place', () => {
  expect(wideLines(`a\n\n| ${long} |\n${long}\nb\n- ${long}`)).toEqual([4, 6]);
});

it('leaves paragraphs that fit as they are broken', () => {
  expect(wrapProse(`a\nb\n\n${long}`)).toMatch(/^a\nb\n\nword/);
});

it('breaks no code span and opens no list, quotation or heading by a break', () => {
  const words = fc.constantFrom('word', '`a b`', '+', '-', '#', '3.', '>', 'longer-word,');
  fc.assert(
    fc.property(fc.array(words, { minLength: 60, maxLength: 200 }), (given) => {
      const text = `So ${given.join(' ')}`;
      const lines = wrapProse(text).split('\n');
      expect(lines.join(' ')).toBe(text);
      for (const line of lines.slice(1)) expect(line).not.toMatch(/^(\+|-|#|3\.|>) /);
      for (const line of lines) expect(line.split('`').length % 2).toBe(1);
    }),
    { numRuns: 200 },
  );
});
