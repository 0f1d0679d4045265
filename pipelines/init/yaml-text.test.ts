import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { quoted } from './yaml-text.ts';

describe('a quoted text', () => {
  it('comes back from YAML as it was, on one line of ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const yaml = quoted(text);
        expect(yaml).toMatch(/^[\x20-\x7e]*$/);
        expect(parse(`key: ${yaml}  # after\n`)).toEqual({ key: text });
      }),
      { numRuns: 150 },
    );
  });
});
