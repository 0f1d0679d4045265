/**
 * Weights have one home: the policy that ships says how each came about, and no note or query says another.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DetectorMeta } from '../../contracts/detector.ts';
import { loadDetectors } from '../detect/registry.ts';
import { loadPolicy } from './policy.ts';

const policy = loadPolicy();
const FOLDER = fileURLToPath(new URL('../../detectors/', import.meta.url));

describe('the policy that ships', () => {
  const entries = Object.entries({ weights: policy.weights, lift: policy.lift }).flatMap(
    ([section, detectors]) =>
      Object.entries(detectors).flatMap(([detector, levels]) =>
        Object.entries(levels).map(([level, weight]) => [`${section}.${detector}.${level}`, weight] as const),
      ),
  );

  it('says of every weight how it came about', () => {
    expect(entries.length).toBeGreaterThan(150);
    expect(entries.filter(([, weight]) => typeof weight === 'number').map(([name]) => name)).toEqual([]);
  });

  it('calls no weight counted that names no count', () => {
    const counted = entries.flatMap(([name, weight]) =>
      typeof weight === 'object' &&
      weight.how === 'counted' &&
      (weight.silent === null || !/\d/.test(weight.on))
        ? [name]
        : [],
    );
    expect(counted).toEqual([]);
  });

  it('weighs or observes by name every level of a detector that counts', async () => {
    const missing = (await loadDetectors()).flatMap(({ id, meta }) =>
      policy.weights[id]
        ? Object.keys(meta.levels).flatMap((level) =>
            level in policy.weights[id]! ? [] : [`${id}.${level}`],
          )
        : [],
    );
    expect(missing).toEqual([]);
  });
});

/**
 * Lines that give levels of a detector a weight: two with a number behind them, or one that says so in words.
 */
function weighing(text: string, { levels }: Pick<DetectorMeta, 'levels'>): string[] {
  const names = Object.keys(levels).join('|');
  const behind = String.raw`(?:(?:,| then)?\s+\d+(?:\.\d+)?(?![\w%]|[.,]\d)|:\s+\d+(?:\.\d+)?(?=\s*(?:[,·;}|]|$)))`;
  const pair = new RegExp(`(?<![\\w-])['"\`]?(?:${names})['"\`]?${behind}`, 'gi');
  return text
    .split('\n')
    .filter(
      (line) =>
        /suggested (?:nats|weights?)/i.test(line) ||
        /\b(?:is|are) worth [\d.]+ nats/i.test(line) ||
        (line.match(pair) ?? []).length > 1,
    );
}

function textsOf(id: string): string[] {
  const files = readdirSync(join(FOLDER, id), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /\.(?:sql|md)$/.test(file)).map((file) => join(FOLDER, id, file));
}

describe('notes and queries of detectors', () => {
  const level = { reason: 'r', says: 's', forgeableBy: 'operator' } as const;
  const some = { levels: { slice: level, 'slice-in-disguise': level, one: level } };

  it.each([
    '**Suggested nats.** `slice` 8.',
    'Suggested weight: one',
    '`slice` 8 · `slice-in-disguise` 7.5',
    'slice 8, one 0.5.',
    '{ slice: 8, one: 0.5 }',
    '| `slice` is worth 3 nats |',
    "VALUES ('slice', 8.0), ('one', 0.5)",
    "CASE level WHEN 'slice' THEN 8 WHEN 'one' THEN 0.5 END",
  ])('weigh by a line such as: %s', (line) => {
    expect(weighing(line, some)).toEqual([line]);
  });

  it.each([
    '`slice`: 12 nats and k ≥ 3; `slice-in-disguise`: 7.5 nats',
    'one 24 GB card is one 24th of a rack',
    "WHEN nats >= 12 THEN 'slice' WHEN nats >= 7.5 THEN 'one'",
  ])('state by a line such as: %s', (line) => {
    expect(weighing(line, some)).toEqual([]);
  });

  it('weigh nothing', async () => {
    const found = (await loadDetectors()).flatMap(({ id, meta }) =>
      textsOf(id).flatMap((file) =>
        weighing(readFileSync(file, 'utf8'), meta).map((line) => `${file}: ${line}`),
      ),
    );
    expect(found).toEqual([]);
  });
});
