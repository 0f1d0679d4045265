import { describe, expect, it } from 'vitest';
import { type Column, collect, leaksOf } from './leak-check.ts';
import { type MadeUpRow, openMadeUp } from './made-up.ts';

const bootstrap = { resamples: 200, seed: 1 };

/** Forty accounts, ten operators of two among them, with mailboxes as `email` says. */
async function leaksAmong(email: (bad: boolean, i: number) => string, trait: string | null) {
  const accounts: MadeUpRow[] = [];
  const labels: MadeUpRow[] = [];
  const traits: MadeUpRow[] = [];
  for (let i = 0; i < 40; i++) {
    const bad = i % 2 === 0;
    const id = `a${String(i).padStart(2, '0')}`;
    const operator = bad ? `o${Math.floor(i / 4)}` : id;
    accounts.push({ account_id: id, email: email(bad, i), created_at: 1_000 * i });
    labels.push({ subject_type: 'account', subject_id: id, truth: bad ? 'bad' : 'good', operator });
    if (bad && trait)
      traits.push({ group: operator, trait, subject_type: 'account', subject_id: id, blur: 0 });
  }
  const world = await openMadeUp({ tables: { accounts }, labels, traits });
  const columns = new Map<string, Column>();
  const moves = (name: string) => (name === 'mail' ? ['accounts.email'] : []);
  await collect(world, 'account', '1/', moves, columns);
  world.close();
  return leaksOf(columns.values(), bootstrap);
}

const lengths = (bad: boolean, i: number) => 'x'.repeat((bad ? 9 : 5) + (i % 3));

describe('the leak check', () => {
  it('finds a length that tells bad from good', async () => {
    const found = await leaksAmong(lengths, null);
    const [first] = found;
    expect(first).toMatchObject({ statistic: 'accounts.email#length', outcome: 'leaks', claimed: 0 });
    expect(first?.area?.value).toBe(1);
    expect(first?.area?.operators).toBe(10);
  });

  it('leaves out those of whom a trait claims to move it', async () => {
    const found = await leaksAmong(lengths, 'mail');
    const length = found.find(({ statistic }) => statistic === 'accounts.email#length');
    expect(length).toMatchObject({ area: null, claimed: 20, outcome: 'untested' });
  });

  it('does not take another claim for one', async () => {
    const found = await leaksAmong(lengths, 'wallet');
    expect(found[0]).toMatchObject({ statistic: 'accounts.email#length', outcome: 'leaks' });
  });

  it('says nothing of what bad and good have alike', async () => {
    const found = await leaksAmong((_, i) => 'x'.repeat(5 + (Math.floor(i / 2) % 5)), null);
    expect(found.filter(({ outcome }) => outcome === 'leaks')).toEqual([]);
    expect(found.find(({ statistic }) => statistic === 'accounts.email#length')?.area?.value).toBe(0.5);
  });

  it('looks at the place in the file and at rows of other tables', async () => {
    const names = (await leaksAmong(() => 'x', null)).map(({ statistic }) => statistic);
    expect(names).toContain('accounts position');
    for (const table of ['heartbeats', 'listings', 'community_reports'])
      expect(names).toContain(`rows.${table}`);
    expect(names).toContain('points.points mean');
    expect(names).toContain('points.points distinct');
    expect(names).toContain('accounts.account_id characters');
  });
});

describe('the verdict on a statistic', () => {
  const column = (operators: number): Column => ({
    subject: 'account',
    statistic: 'accounts.email#length',
    claimed: 0,
    scores: Array.from({ length: 60 }, (_, i) => ({
      bad: i < 30,
      unit: i < 30 ? `o${i % operators}` : `h${i}`,
      score: i < 30 ? 9 + (i % 2) : i % 5,
    })),
  });

  it('asks for eight operators: the machines of two are two witnesses', () => {
    expect(leaksOf([column(2)], bootstrap)[0]).toMatchObject({
      outcome: 'untested',
      area: { value: 1, operators: 2 },
    });
    expect(leaksOf([column(8)], bootstrap)[0]).toMatchObject({
      outcome: 'leaks',
      area: { value: 1, operators: 8 },
    });
  });
});
