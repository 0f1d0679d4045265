import { describe, expect, it } from 'vitest';
import { sfc32Uniform } from '../../statistics/prng.ts';
import { type MadeUpRow, openMadeUp } from './made-up.ts';
import { bestOf, type Scores, score } from './oracle-areas.ts';
import { chanceSets } from './oracle-sets.ts';
import { ACCOUNT_ORACLES, checkComplete, ORACLES } from './oracles/catalogue.ts';
import { slow } from './oracles/runs.ts';
import { noRun } from './oracles/silence.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Two operators of six and sixty people of two countries; one operator shares a wallet, one a worker. */
async function twoTraits() {
  const accounts: MadeUpRow[] = [];
  const labels: MadeUpRow[] = [];
  const traits: MadeUpRow[] = [];
  const engagement: MadeUpRow[] = [];
  const random = sfc32Uniform(5);
  const add = (
    id: string,
    group: string | null,
    trait: string,
    wallet: string,
    rounds: (day: number) => number,
  ) => {
    accounts.push({ account_id: id, wallet, country: accounts.length % 2 ? 'DE' : 'BR', created_at: DAY });
    labels.push({
      subject_type: 'account',
      subject_id: id,
      truth: group ? 'bad' : 'good',
      operator: group ?? id,
    });
    if (group) traits.push({ group, trait, subject_type: 'account', subject_id: id, blur: 0.1 });
    for (let day = 0; day < 4; day++)
      engagement.push({
        account_id: id,
        kind: 'daily_claim',
        occurred_at: Math.floor(day * DAY + rounds(day)),
      });
  };
  const anyTime = () => random() * DAY;
  for (let i = 0; i < 60; i++) add(`h${i}`, null, '', `w${i}`, anyTime);
  for (let i = 0; i < 6; i++) add(`p${i}`, 'purse', 'wallet', 'shared', anyTime);
  for (let i = 0; i < 6; i++)
    add(`s${i}`, 'script', 'worker', `ws${i}`, (day) => (9 + day) * 60 * MINUTE + i * MINUTE);
  return openMadeUp({ tables: { accounts, engagement }, labels, traits });
}

describe('oracles', () => {
  it('tell those who have a trait from all honest subjects', async () => {
    const world = await twoTraits();
    const scores: Scores = new Map();
    await score(world, 1, ORACLES, scores);
    world.close();
    const { found, absent } = bestOf(scores, { resamples: 50, seed: 1 });
    const of = (trait: string) => found.find((one) => one.trait === trait);
    expect(of('wallet')).toMatchObject({
      statistic: 'the wallet that is paid',
      all: { bad: 6, good: 60, operators: 1 },
    });
    expect(of('wallet')?.all.value).toBe(1);
    expect(of('worker')?.statistic).toBe('visits near each other');
    expect(of('worker')?.all.value).toBeGreaterThan(0.97);
    expect(of('worker')?.quarters.map((area) => area?.bad ?? 0)).toEqual([6, 0, 0, 0]);
    expect(absent).toContain('exit');
  });

  it('leave out of whom there is no figure, and know silence by itself', async () => {
    const ids = Array.from({ length: 24 }, (_, i) => `d${String(i).padStart(2, '0')}`);
    const isBad = (i: number) => i < 8;
    // The first four of the bad and four of the good are never benchmarked.
    const runs = ids.flatMap((device_id, i) =>
      i < 4 || i > 19 ? [] : [{ device_id, benchmark_id: `b${i}` }],
    );
    const world = await openMadeUp({
      tables: {
        devices: ids.map((device_id) => ({
          device_id,
          account_id: `a${device_id}`,
          gpu_model: 'NVIDIA A10',
        })),
        heartbeats: ids.map((device_id) => ({ device_id, received_at: DAY })),
        benchmarks: runs.map((run, i) => ({
          ...run,
          fp32_tflops: i,
          memory_bandwidth_gb_s: i,
          requested_at: 0,
          started_at: 0,
          finished_at: 1,
        })),
      },
      labels: ids.map((subject_id, i) => ({
        subject_type: 'device',
        subject_id,
        truth: isBad(i) ? 'bad' : 'good',
        operator: isBad(i) ? 'o' : null,
      })),
      traits: ids
        .filter((_, i) => isBad(i))
        .map((subject_id) => ({
          group: 'o',
          trait: 'card.queues.silent',
          subject_type: 'device',
          subject_id,
          blur: 0,
        })),
    });
    const scores: Scores = new Map();
    const silent = [slow, noRun];
    await score(world, 1, [{ trait: 'card.queues.silent', subject: 'device', statistics: silent }], scores);
    world.close();
    const { found, others } = bestOf(scores, { resamples: 20, seed: 1 });
    const [byRuns, bySilence] = [...found, ...others].sort((a) => (a.statistic === slow.name ? -1 : 1));
    expect(byRuns).toMatchObject({ without: { bad: 4, good: 4 }, all: { bad: 4, good: 12 } });
    expect(bySilence).toMatchObject({ without: { bad: 0, good: 0 }, all: { bad: 8, good: 16 } });
    // Half of 8 against a quarter of 16: 1/2 + (1/2 - 1/4) / 2.
    expect(bySilence?.all.value).toBeCloseTo(0.625);
  });

  it('refuse a trait that none knows', () => {
    expect(() => checkComplete(Object.keys(ACCOUNT_ORACLES))).not.toThrow();
    expect(() => checkComplete(['wallet', 'telepathy'])).toThrow('these traits have no oracle: telepathy');
  });

  it('put every loner into one set of his kin', () => {
    const loners = Array.from({ length: 23 }, (_, i) => ({ id: `h${i}`, kin: i % 3 ? 'DE' : 'BR' }));
    const sets = chanceSets(loners, [4, 6], sfc32Uniform(1));
    expect(sets.map(({ subject }) => subject).sort()).toEqual(loners.map(({ id }) => id).sort());
    for (const { set, subject } of sets) expect(set).toContain(loners.find(({ id }) => id === subject)?.kin);
    expect(chanceSets(loners, [4, 6], sfc32Uniform(1))).toEqual(sets);
  });
});
