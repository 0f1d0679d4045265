/** Rows hidden in a text with line breaks, and lone quotes that would take honest rows with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, testDataset } from '../../testing/dataset.ts';
import { OpenQuote, SHORT_RUN } from './open-quote.ts';

/**
 * Numbers (from 1) of the lines that are refused as parts of one record; every line must come out once, in
 * order.
 */
function broken(lines: readonly string[], width: number): number[] {
  const quotes = new OpenQuote(width, ',');
  const judged = lines.flatMap((text, i) => quotes.push({ number: i + 1, bytes: Buffer.from(text) }));
  judged.push(...quotes.finish());
  expect(judged.map(({ line }) => [line.number, line.bytes.toString()])).toEqual(
    lines.map((text, i) => [i + 1, text]),
  );
  return judged.filter((one) => one.broken).map(({ line }) => line.number);
}

const honest = (n: number) => Array.from({ length: n }, (_, i) => `d${i},x,y`);

/** A record as RFC 4180 has it. */
const written = (row: readonly string[]) =>
  row.map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');

describe('a record on several lines', () => {
  it.each([
    ['a row between', ['d,x,y', 'a,"n', 'victim,x,y', 'z",b', 'd,x,y'], [2, 3, 4]],
    ['no row between', ['a,"n', 'z",b'], [1, 2]],
    ['doubled quotes and blank lines', ['a,"n ""', '', 'victim,""x"",y', '""z",b'], [1, 2, 3, 4]],
    ['two fields with breaks', ['a,"n', 'v,x', 'z","n', 'v,x,y', 'z"'], [1, 2, 3, 4, 5]],
    ['a delimiter too many at the end', ['a,"n', 'v,x,y', 'z",b,'], [1, 2, 3]],
    ['more lines than two lone quotes are trusted with', ['a,"n', ...honest(100), 'z",b'], 102],
  ])('is refused on all its lines: %s', (_, lines, refused) => {
    const all = Array.isArray(refused) ? refused : lines.map((_line, i) => i + 1);
    expect(broken(lines, 3)).toEqual(all);
  });

  it('is found whatever a correct writer is given', () => {
    const text = fc.array(fc.constantFrom('"', ',', '\n', 'a', 'v,x,y'), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 6 }), (texts) => {
        const records = texts.map(([one, two]) => written(['k', one.join(''), two.join('')]).split('\n'));
        const expected = records.flatMap((lines) => lines.map(() => lines.length > 1));
        const numbers = expected.flatMap((several, i) => (several ? [i + 1] : []));
        expect(broken(records.flat(), 3)).toEqual(numbers);
      }),
    );
  });
});

describe('a lone quote takes no other line', () => {
  it.each([
    ['and never closes', ['a,"n,b', ...honest(200)]],
    ['before quoted rows', ['a,"n,b', '"d0",x,y', 'd,"x",y', 'd,"",y', 'd,x,"y"']],
    ['before one that closes with another number of fields', ['a,"n,b', ...honest(3), 'c",x,y']],
    ['before another far away in the same column', ['a,",b', ...honest(SHORT_RUN), 'a,",b', ...honest(3)]],
    ['with more than a field after it', ['a,"n', ...honest(8000), 'z",b']],
  ])('%s', (_, lines) => {
    expect(broken(lines, 3)).toEqual([]);
  });

  it('and the line that ends the doubt may open the next', () => {
    expect(broken(['a,"n,b', 'd,x,y', '"a', 'victim,x,y', 'b",c,d'], 3)).toEqual([3, 4, 5]);
  });
});

describe('ingest', () => {
  const HEAD = 'device_id,received_at,ip,gpu_index,status\n';
  const row = (id: string) => `${id},2024-04-01T00:00:00.000Z,1.1.1.1,0,idle`;
  const evil = ['evil,2024-04-01T00:00:00.000Z,1.1.1.1,0,"idle', row('victim'), 'x"'];

  it.each(['\n', '\r\n'])('refuses hidden rows line by line and counts them (%j)', async (newline) => {
    const lines = [row('a'), ...evil, row('b'), `c,2024-04-01T00:00:00.000Z,1.1.1.1,0,"idle`, row('d')];
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'heartbeats.csv': HEAD.replace('\n', newline) + lines.join(newline) + newline,
    });
    const { files } = await made.ingest();
    expect(files[1]).toMatchObject({ rowsIn: 7, loaded: 3, rejected: 4 });
    expect(await made.rejected()).toEqual(['R_QUOTE 3', 'R_QUOTE 4', 'R_QUOTE 5', 'R_QUOTE 7']);
    const ids = await made.warehouse.rows('SELECT device_id AS id FROM loaded.heartbeats ORDER BY ALL');
    expect(ids).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'd' }]);
  });

  it('finds one that reaches from one segment into the next', async () => {
    // The survey cuts at the first chunk of whole lines that ends at or after 16 MiB: wherever it cuts, a
    // record lies across.
    const pad = 'x'.repeat(400);
    const record = [
      'evil,2024-04-01T00:00:00.000Z,1.1.1.1,0,"x',
      ...Array(50).fill(`victim,2024-04-01T00:00:00.000Z,1.1.1.1,0,${pad}`),
      'x"',
    ];
    const before = Array(8).fill(row('a'));
    const lines: string[] = [];
    for (let bytes = 0; bytes < 18 * 2 ** 20; bytes += 24_000) lines.push(...before, ...record);
    const made = await testDataset({
      'accounts.csv': ACCOUNTS,
      'heartbeats.csv': HEAD + lines.join('\n'),
    });
    const { files } = await made.ingest();
    const loaded = (lines.length / (before.length + record.length)) * before.length;
    expect(files[1]).toMatchObject({ rowsIn: lines.length, loaded, rejected: lines.length - loaded });
    expect(await made.warehouse.rows('SELECT DISTINCT device_id AS id FROM loaded.heartbeats')).toEqual([
      { id: 'a' },
    ]);
  });
});
