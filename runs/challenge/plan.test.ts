import { describe, expect, it } from 'vitest';
import { CLAIM } from '../../fixtures/challenges/fleet.ts';
import type { Machine, Tie } from './candidates.ts';
import { Draw } from './draw.ts';
import { type PlanOptions, planChallenges } from './plan.ts';

const HOUR = 3_600_000;
const START = Date.parse('2024-05-01T00:00:00Z');

function grouped<T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

const machine = (id: string, more: Partial<Machine> = {}): Machine => ({
  device_id: id,
  account_id: `owner-of-${id}`,
  gpu_model: CLAIM.gpu_model,
  gpu_count: 1,
  memory_min_mib: CLAIM.memoryMib,
  vendor: 'nvidia',
  verdict: 'clear',
  risk: 0.01,
  measured: true,
  ...more,
});

const clear = Array.from({ length: 60 }, (_, i) => machine(`clear-${i}`));
const suspects = Array.from({ length: 40 }, (_, i) =>
  machine(`suspect-${i}`, { verdict: 'review', risk: 0.6 }),
);

function plan(
  machines: readonly Machine[],
  options: Partial<PlanOptions> = {},
  ties: readonly Tie[] = [],
  runDigest = 'a run',
) {
  const defaults = {
    budget: 10_000,
    seed: 'salt:beacon',
    rounds: 48,
    start: START,
    hours: 72,
    holdS: 60,
    include: [],
  };
  return planChallenges({ machines, ties, runDigest }, { ...defaults, ...options });
}

describe('a draw', () => {
  it('is fixed by seed and run, and by nothing else', () => {
    const numbers = (seed: string, run: string) => {
      const draw = new Draw(seed, run);
      return [draw.named('x'), ...Array.from({ length: 20 }, () => draw.integer(1000))];
    };
    expect(numbers('s', 'r')).toEqual(numbers('s', 'r'));
    expect(numbers('s', 'r')).not.toEqual(numbers('t', 'r'));
    expect(numbers('s', 'r')).not.toEqual(numbers('s', 'q'));
  });

  it('favours no number', () => {
    const draw = new Draw('seed', 'run');
    const counts = new Array(7).fill(0);
    for (let i = 0; i < 7000; i++) counts[draw.integer(7)] += 1;
    // Chi-square of 6 degrees of freedom: 99.99 % are below 27.9.
    expect(counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
  });
});

describe('a plan', () => {
  const made = plan([...suspects, ...clear]);

  it('is the same for everybody with run, seed and options, and another for every other seed and run', () => {
    const again = plan([...suspects, ...clear]);
    expect(again).toEqual(made);
    const nonces = new Set(made.rows.map(({ nonce }) => nonce));
    expect(nonces.size).toBe(made.rows.length);
    for (const other of [
      plan([...suspects, ...clear], { seed: 'x' }),
      plan([...suspects, ...clear], {}, [], 'b'),
    ])
      expect(other.rows.filter(({ nonce }) => nonces.has(nonce))).toEqual([]);
  });

  it('asks every suspect in every round, all at one second or alone in its cohort', () => {
    const rounds = grouped(made.rows, ({ round }) => round);
    expect([...rounds.keys()]).toEqual(Array.from({ length: 48 }, (_, i) => i + 1));
    for (const rows of rounds.values()) {
      const asked = new Set(rows.map(({ device_id }) => device_id));
      expect(suspects.filter(({ device_id }) => !asked.has(device_id))).toEqual([]);
      expect(new Set(rows.map(({ mode }) => mode)).size).toBe(1);
      if (rows[0]!.mode === 'together') expect(new Set(rows.map(({ starts_at }) => starts_at)).size).toBe(1);
      else
        for (const cohort of grouped(rows, (row) => row.cohort).values()) {
          const times = cohort.map(({ starts_at }) => starts_at).sort((a, b) => a - b);
          for (const [i, at] of times.entries())
            if (i > 0) expect(at - times[i - 1]!).toBeGreaterThanOrEqual(120_000);
        }
    }
  });

  it('mixes a round alone into every three, at an unforeseeable place', () => {
    const modes = Array.from({ length: 48 }, (_, i) => made.rows.find(({ round }) => round === i + 1)!.mode);
    const places = Array.from({ length: 16 }, (_, i) => modes.slice(3 * i, 3 * i + 3));
    for (const three of places) expect(three.filter((mode) => mode === 'alone')).toHaveLength(1);
    expect(new Set(places.map((three) => three.indexOf('alone'))).size).toBe(3);
  });

  it('stays in its window, in order, and between rounds leaves time for the last', () => {
    let end = START;
    for (const rows of grouped(made.rows, ({ round }) => round).values()) {
      const times = rows.map(({ starts_at }) => starts_at);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(end);
      end = Math.max(...times) + 60_000;
    }
    expect(end).toBeLessThanOrEqual(START + 72 * HOUR);
  });

  it('takes controls that are clear, of different owners, and tied to no suspect', () => {
    const controls = new Set(
      made.rows.filter(({ role }) => role === 'control').map(({ device_id }) => device_id),
    );
    expect(controls.size).toBe(made.cards.control);
    expect(controls.size).toBeGreaterThanOrEqual(4);
    expect([...controls].every((id) => id.startsWith('clear-'))).toBe(true);
  });

  it('asks for memory that no card holds twice and every card holds once', () => {
    for (const { memory_mib } of made.rows) {
      expect(memory_mib).toBeLessThan(0.95 * CLAIM.memoryMib);
      expect(2 * memory_mib).toBeGreaterThan(1.5 * CLAIM.memoryMib);
    }
  });

  it('spends no more than its budget, the doubtful first', () => {
    const doubts = suspects.map((one, i) => ({ ...one, risk: 0.5 - i * 0.01 }));
    const small = plan([...clear, ...doubts], { budget: 24 * 48 });
    expect(small.rows.length).toBeLessThanOrEqual(24 * 48);
    const asked = new Set(
      small.rows.filter(({ role }) => role === 'suspect').map(({ device_id }) => device_id),
    );
    expect(asked).toEqual(new Set(doubts.slice(0, asked.size).map(({ device_id }) => device_id)));
    expect(small.leftOut).toBe(40 - asked.size);
  });

  it('asks partners, other machines of the owner, the never measured, and whoever wants to be heard', () => {
    const machines = [
      machine('s', { verdict: 'review', risk: 0.7, account_id: 'holder' }),
      machine('partner'),
      machine('brother', { account_id: 'holder' }),
      machine('new', { measured: false }),
      machine('appeal', { verdict: 'void', risk: 0.999 }),
      ...clear,
    ];
    const { rows } = plan(machines, { include: ['appeal'] }, [{ a: 's', b: 'partner' }]);
    const roles = new Map(rows.map(({ device_id, role }) => [device_id, role]));
    expect(Object.fromEntries(roles)).toMatchObject({
      s: 'suspect',
      partner: 'related',
      brother: 'owner',
      new: 'unverified',
      appeal: 'suspect',
    });
    const cohort = (id: string) => rows.find(({ device_id }) => device_id === id)!.cohort;
    expect(cohort('partner')).toBe(cohort('s'));
  });

  it('leaves out what no memory can be asked of, and bounds absurd claims', () => {
    const odd = [
      machine('unknown', { verdict: 'review', risk: 0.6, memory_min_mib: null }),
      machine('many', { verdict: 'review', risk: 0.6, gpu_count: 1000 }),
    ];
    const { rows, unknownModel } = plan([...odd, ...suspects, ...clear]);
    expect(unknownModel).toBe(1);
    expect(
      new Set(rows.filter(({ device_id }) => device_id === 'many').map(({ gpu_index }) => gpu_index)).size,
    ).toBe(16);
  });

  it.each([
    ['--budget', [...suspects, ...clear], { budget: 100 }],
    ['--hours', [...suspects, ...clear], { hours: 10 }],
    ['--include', [...suspects, ...clear], { include: ['nobody'] }],
    ['the run', suspects, {}],
  ])('is refused for %s', (subject, machines, options) => {
    expect(() => plan(machines, options)).toThrowError(
      expect.objectContaining({ code: 'E_USAGE', detail: expect.objectContaining({ subject }) }),
    );
  });
});
