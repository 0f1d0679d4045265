import { describe, expect, it } from 'vitest';
import type { Finding } from '../../contracts/evidence.ts';
import type { CardSetRow } from '../../contracts/verdict.ts';
import { finding, judgeScene, policyWith, type Scene, shared } from '../../testing/scene.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const policy = policyWith({
  contention: { one: 8, maybe: 4 },
  inventory: { odd: 8 },
  wallet: { strong: 6 },
  observer: { one: 0 },
});
const SAME: Scene['sameCard'] = [
  ['contention', 'one'],
  ['observer', 'one'],
];

const oneCard = (device: string, related: string[], more: Partial<Finding> = {}): Finding =>
  finding(device, 'contention', {
    subject_type: 'device',
    family: 'benchmark',
    level: 'one',
    forgeable_by: 'nobody',
    related,
    ...more,
  });

const odd = (device: string): Finding =>
  finding(device, 'inventory', { subject_type: 'device', family: 'inventory', level: 'odd' });

/**
 * Machines d0, d1, … of accounts a0, a1, …, each void, each slowing with all others and once with a
 * stranger's.
 */
function sold(n: number, more: Partial<Scene> = {}): Scene {
  const no = Array.from({ length: n }, (_, i) => i);
  return {
    accounts: [...no.map((i) => ({ id: `a${i}`, points: 100 })), { id: 'stranger', points: 100 }],
    devices: [
      ...no.map((i) => ({ id: `d${i}`, account: `a${i}`, bins: 96 })),
      { id: 'theirs', account: 'stranger', bins: 96 },
    ],
    findings: no.flatMap((i) => [
      oneCard(`d${i}`, [...no.filter((other) => other !== i).map((other) => `d${other}`), 'theirs']),
      odd(`d${i}`),
    ]),
    sameCard: SAME,
    ...more,
  };
}

const sets = (warehouse: Warehouse) =>
  warehouse.rows<CardSetRow>('SELECT * FROM verdict.card_set ORDER BY set_no');

describe('machines on one card', () => {
  it('of unrelated owners are one merchant, whose customers stay clear, lose the points and are told', async () => {
    const { warehouse, accounts, devices } = await judgeScene(sold(4), policy);
    expect(await sets(warehouse)).toMatchObject([
      {
        merchant: true,
        accounts: 4,
        devices: 4,
        devices_void: 4,
        gpu_model: 'Card',
        reasons: 'contention-one',
      },
    ]);
    for (const id of ['a0', 'a1', 'a2', 'a3']) {
      expect(accounts.get(id)).toMatchObject({
        verdict: 'clear',
        points_after: '0.000000',
        reasons: 'fake-devices|bought-from-merchant',
      });
    }
    expect(devices.get('theirs')!.verdict).toBe('clear');
    expect(accounts.get('stranger')).toMatchObject({
      verdict: 'clear',
      reasons: '',
      points_after: '100.000000',
    });
  });

  it('of accounts that a wallet ties together are an operator’s, not a merchant’s', async () => {
    const scene = sold(6);
    const owners = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'];
    const findings = [...scene.findings, ...shared(owners, 'wallet', 'w')];
    const { warehouse, accounts } = await judgeScene({ ...scene, findings }, policy);
    expect(await sets(warehouse)).toMatchObject([{ merchant: false, accounts: 6 }]);
    expect(accounts.get('a0')!.reasons).not.toContain('bought-from-merchant');
  });

  it('of one owner are no merchant’s', async () => {
    const scene = sold(3);
    const devices = scene.devices!.map((device) => ({ ...device, account: 'a0' }));
    const { warehouse } = await judgeScene({ ...scene, devices }, policy);
    expect(await sets(warehouse)).toMatchObject([{ merchant: false, accounts: 1, devices: 3 }]);
  });

  it.each([
    ['a level that does not say so', { sameCard: [] }],
    [
      'a level that only observes',
      { findings: sold(3).findings.map((f) => ({ ...f, detector: 'observer' })) },
    ],
    [
      'what anyone could have created',
      { findings: sold(3).findings.map((f) => ({ ...f, forgeable_by: 'anyone' as const })) },
    ],
  ])('are not joined by %s', async (_, more) => {
    const { warehouse } = await judgeScene(sold(3, more), policy);
    expect(await sets(warehouse)).toEqual([]);
  });

  it('keep their name when another customer joins', async () => {
    const name = async (n: number) =>
      (await sets((await judgeScene(sold(n), policy)).warehouse))[0]!.merchant_id;
    const before = await name(3);
    expect(before).toMatch(/^m-[0-9a-f]{16}$/);
    expect(await name(5)).toBe(before);
  });

  it('are as many cards as ran at full speed at once, and fewer than they claim', async () => {
    const { warehouse } = await judgeScene(sold(5), policy);
    expect(await sets(warehouse)).toMatchObject([{ cards_at_least: 1, cards_at_most: 4 }]);
  });

  it('are at most a thousand to a machine, whatever it claims', async () => {
    const scene = sold(2);
    const devices = scene.devices!.map((device) => ({ ...device, cards: 1_000_000_000 }));
    const { warehouse } = await judgeScene({ ...scene, devices }, policy);
    expect(await sets(warehouse)).toMatchObject([{ cards_at_least: 1, cards_at_most: 1999 }]);
    expect(await warehouse.rows('SELECT * FROM verdict.supply')).toMatchObject([
      { void: 2000, real_high: 1999 + 1000 },
    ]);
  });
});
