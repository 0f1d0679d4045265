import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { exclusionLeaf, exclusionsJson } from './exclusions.ts';
import { plainJson, plainNumber } from './plain-number.ts';

describe('plain numbers', () => {
  test('every double comes back, without an exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 5000 },
    );
  });

  test('what is no number is refused', () => {
    expect(() => plainNumber(Number.NaN)).toThrow(RangeError);
    expect(() => plainNumber(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  test('JSON keeps its meaning and loses its exponents and white space', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = plainJson(JSON.stringify(value, null, 1));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toMatch(/\d[eE]|\s/);
      }),
    );
  });

  test('integers beyond a double keep every digit; bombs stay text; broken JSON becomes a string', () => {
    expect(plainJson('{"n": 18446744073709551617}')).toBe('{"n":18446744073709551617}');
    expect(plainJson('[1e999999999]')).toBe('["1e999999999"]');
    expect(plainJson('{"a":')).toBe('"{\\"a\\":"');
    expect(plainJson('"1e-7"')).toBe('"1e-7"');
  });
});

describe('canonical JSON', () => {
  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  test('tells different values apart', () => {
    expect(canonicalJson({ a: [1, 23] })).not.toBe(canonicalJson({ a: [12, 3] }));
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}));
    expect(canonicalJson({ a: undefined })).toBe(canonicalJson({}));
    expect(() => canonicalJson({ a: 1n })).toThrow(TypeError);
  });
});

describe('exclusions.json', () => {
  const entry = {
    unit: 'account',
    id: 'a',
    valid_from: null,
    valid_to: 'z',
    reasons: 'x|y',
    decided_by: '',
    gpu_index: null,
  };
  const statement = {
    snapshot: 's',
    sealed: true,
    ghostcard: '0',
    policy_sha256: '',
    detectors_sha256: '',
    inputs_sha256: '',
  };

  test('is JSON with and without entries', () => {
    expect(JSON.parse(exclusionsJson([], statement)).entries).toEqual([]);
    expect(JSON.parse(exclusionsJson([entry, entry], statement)).entries).toEqual([entry, entry]);
  });

  test('every field of an entry is bound by the root', () => {
    const root = (changed: object) => JSON.parse(exclusionsJson([{ ...entry, ...changed }], statement)).root;
    const roots = [
      {},
      { unit: 'device' },
      { id: 'b' },
      { valid_from: '' },
      { valid_to: null },
      { reasons: 'x' },
      { decided_by: 'mira' },
      { gpu_index: 0 },
      { decided_by: 'mira', gpu_index: 0 },
    ];
    expect(new Set(roots.map(root)).size).toBe(roots.length);
  });

  test('a leaf without a decision is that of version 1.0', () => {
    expect(Buffer.from(exclusionLeaf(entry)).toString()).toBe('["account","a",null,"z","x|y"]');
  });

  test('no two entries share a leaf by moving text from one field to the next', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string(),
        fc.string(),
        (id, reasons, otherId, otherReasons) => {
          const same = id === otherId && reasons === otherReasons;
          const leaf = (i: string, r: string) =>
            Buffer.from(exclusionLeaf({ ...entry, id: i, reasons: r })).toString();
          expect(leaf(id, reasons) === leaf(otherId, otherReasons)).toBe(same);
        },
      ),
    );
  });
});
