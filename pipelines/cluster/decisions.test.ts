import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OperatorDecision, OperatorDecisionSchema } from '../../contracts/operator-decision.ts';
import { operatorBook } from './decisions.ts';

const at = (ms: number) => new Date(ms).toISOString();
const signed = (time: number, until: number | null = null) => ({
  by: 'ann',
  at: at(time),
  until: until === null ? null : at(until),
  why: 'seen',
});
const merge = (time: number, ...accounts: string[]): OperatorDecision => ({
  operator: 'merge',
  accounts,
  ...signed(time),
});
const split = (time: number, accounts: string[], from: string[]): OperatorDecision => ({
  operator: 'split',
  accounts,
  from,
  ...signed(time),
});
const pin = (time: number, cluster: string, ...accounts: string[]): OperatorDecision => ({
  operator: 'pin',
  cluster,
  accounts,
  ...signed(time),
});
const ID = 'c-0123456789ab';
const OTHER = 'c-ba9876543210';
const book = (lines: OperatorDecision[], exists: (id: string) => boolean = () => true) =>
  operatorBook(lines, 1000, exists);

describe('decisions about operators', () => {
  it('add up where they agree', () => {
    const { together, rows } = book([merge(1, 'a', 'b'), merge(2, 'b', 'c'), merge(3, 'x', 'y')]);
    expect(together).toEqual([
      ['a', 'b', 'c'],
      ['x', 'y'],
    ]);
    expect(rows.map(({ state }) => state)).toEqual(['in-force', 'in-force', 'in-force']);
  });

  it('take from an older merge only the accounts that a newer split parts', () => {
    const { together, rows } = book([merge(1, 'a', 'b', 'c', 'd'), split(2, ['a'], ['b', 'c'])]);
    expect(together).toEqual([['b', 'c', 'd']]);
    expect(rows[0]).toMatchObject({ state: 'in-force', set_aside: ['a'] });
    expect(book([merge(1, 'a', 'b'), split(2, ['a'], ['b'])]).rows[0]).toMatchObject({
      state: 'superseded',
      set_aside: ['a', 'b'],
    });
  });

  it('take from an older split only the accounts that a newer merge brings back', () => {
    const { apart, rows } = book([split(1, ['a', 'b'], ['c', 'd']), merge(2, 'a', 'c')]);
    expect(apart).toEqual([{ accounts: ['b'], from: ['c', 'd'] }]);
    expect(rows[0]).toMatchObject({ state: 'in-force', set_aside: ['a'] });
    expect(book([split(1, ['a'], ['c']), merge(2, 'a', 'c')]).apart).toEqual([]);
  });

  it('see through merges: who stays with a parted account is parted, too', () => {
    const { together, rows } = book([merge(1, 'e', 'c'), split(2, ['a'], ['c']), merge(3, 'a', 'e')]);
    expect(together).toEqual([['a', 'e']]);
    expect(rows[0]!.state).toBe('superseded');
  });

  it('go by time, then by line, not by the order of the file', () => {
    expect(book([split(2, ['a'], ['b']), merge(1, 'a', 'b')]).together).toEqual([]);
    expect(book([split(1, ['a'], ['b']), merge(1, 'a', 'b')]).together).toEqual([['a', 'b']]);
  });

  it('give one id to one set: that of the newest pin', () => {
    const again = book([pin(1, ID, 'a', 'b'), pin(2, OTHER, 'a', 'b')]);
    expect([...again.names]).toEqual([[OTHER, 'a']]);
    expect(again.rows.map(({ state }) => state)).toEqual(['superseded', 'in-force']);
    const moved = book([pin(1, ID, 'a', 'b'), pin(2, ID, 'x', 'y')]);
    expect([...moved.names]).toEqual([[ID, 'x']]);
    const joined = book([merge(1, 'a', 'x'), pin(2, ID, 'a', 'b'), pin(3, OTHER, 'x', 'y')]);
    expect(joined.together).toEqual([['a', 'b', 'x', 'y']]);
    expect([...joined.names]).toMatchObject([[OTHER, expect.any(String)]]);
  });

  it('end, and outlive accounts that vanish', () => {
    const ended = { ...merge(1, 'a', 'b'), until: at(1000) };
    expect(book([ended]).rows[0]!.state).toBe('expired');
    expect(book([{ ...ended, until: at(1001) }]).together).toEqual([['a', 'b']]);
    const without = (gone: string) => book([pin(1, ID, 'a', 'b', 'c')], (id) => id !== gone);
    expect(without('b')).toMatchObject({
      together: [['a', 'c']],
      rows: [{ state: 'in-force', missing: ['b'] }],
    });
    expect(book([merge(1, 'a', 'b')], (id) => id !== 'b').rows[0]!.state).toBe('unknown-subject');
    expect(book([split(1, ['a'], ['b'])], (id) => id !== 'b').rows[0]!.state).toBe('unknown-subject');
  });

  it('never contradict each other once weighed, and lose nothing without saying so', () => {
    const id = fc.constantFrom(...'abcdefgh');
    const ids = (minLength: number) => fc.uniqueArray(id, { minLength, maxLength: 5 });
    const line = fc.oneof(
      fc.tuple(fc.nat(9), ids(2)).map(([time, accounts]) => merge(time, ...accounts)),
      fc
        .tuple(fc.nat(9), fc.constantFrom(ID, OTHER), ids(2))
        .map(([time, c, accounts]) => pin(time, c, ...accounts)),
      fc.tuple(fc.nat(9), ids(2), fc.nat(3)).map(([time, all, cut]) => {
        const head = 1 + (cut % (all.length - 1));
        return split(time, all.slice(0, head), all.slice(head));
      }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.subarray([...'abcdefgh']), (lines, gone) => {
        const { together, apart, rows, names } = book(lines, (account) => !gone.includes(account));
        for (const set of together)
          for (const { accounts, from } of apart)
            expect(set.some((a) => accounts.includes(a)) && set.some((a) => from.includes(a))).toBe(false);
        expect(new Set(together.flat()).size).toBe(together.flat().length);
        expect(new Set(names.values()).size).toBe(names.size);
        for (const row of rows) {
          if (row.state !== 'in-force') continue;
          const said = row.accounts.filter((a) => !row.set_aside.includes(a) && !row.missing.includes(a));
          if (row.kind === 'split')
            expect(apart.some(({ accounts }) => said.every((a) => accounts.includes(a)))).toBe(true);
          else expect(together.some((set) => said.every((a) => set.includes(a)))).toBe(true);
        }
      }),
    );
  });
});

describe('a line about operators is refused', () => {
  it.each([
    ['a merge of one', { operator: 'merge', accounts: ['a'], ...signed(1) }],
    ['an account twice', { operator: 'merge', accounts: ['a', 'a'], ...signed(1) }],
    ['an account split from itself', split(1, ['a'], ['b', 'a'])],
    ['a split from nobody', { operator: 'split', accounts: ['a'], ...signed(1) }],
    ['a pin to something that is no id', pin(1, 'c-1', 'a', 'b')],
    ['an end before its beginning', { ...merge(5, 'a', 'b'), until: at(5) }],
    ['another word', { operator: 'marry', accounts: ['a', 'b'], ...signed(1) }],
    ['a verdict beside it', { ...merge(1, 'a', 'b'), verdict: 'exclude' }],
    ['nobody who answers for it', { ...merge(1, 'a', 'b'), by: '' }],
  ])('%s', (_, line) => {
    expect(OperatorDecisionSchema.safeParse(line).success).toBe(false);
  });
});
