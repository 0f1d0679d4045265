import { describe, expect, it } from 'vitest';
import { finding, judgeScene, policyWith, type Scene, shared } from '../../testing/scene.ts';

const WEIGHTS = {
  wallet: { strong: 6 },
  image: { strong: 5 },
  mail: { strong: 4 },
  card: { strong: 8, weak: 1 },
};
const policy = policyWith(WEIGHTS);
const ids = (n: number, prefix = 'a') =>
  Array.from({ length: n }, (_, i) => `${prefix}${String(i).padStart(3, '0')}`);

/** A ring that two solid families tie together. */
function ring(n: number, prefix = 'a'): Scene {
  const names = ids(n, prefix);
  return {
    accounts: [...names.map((id, i) => ({ id, at: i + 1, points: 10 })), { id: 'honest', points: 1000 }],
    findings: [
      ...shared(names, 'wallet', `w-${prefix}`),
      ...shared(names, 'image', `i-${prefix}`, { family: 'identity' }),
    ],
  };
}

describe('judge', () => {
  it('runs on no evidence at all', async () => {
    const { accounts } = await judgeScene({ accounts: [{ id: 'a', points: 1.5 }], findings: [] }, policy);
    expect([...accounts.values()]).toMatchObject([
      {
        account_id: 'a',
        verdict: 'clear',
        risk: 0.01,
        cluster_id: null,
        points_before: '1.500000',
        points_after: '1.500000',
      },
    ]);
  });

  it('excludes a ring of two solid families with its certificates', async () => {
    const { accounts, warehouse } = await judgeScene(ring(8), policy);
    expect(accounts.get('honest')).toMatchObject({
      verdict: 'clear',
      reasons: '',
      points_after: '1000.000000',
    });
    accounts.delete('honest');
    for (const row of accounts.values()) {
      expect(row).toMatchObject({ verdict: 'exclude', points_after: '0.000000', held_by: '' });
      expect(row.reasons).toBe('wallet-strong|image-strong');
    }
    expect(new Set([...accounts.values()].map((row) => row.cluster_id)).size).toBe(1);
    const certificates = await warehouse.rows<{ n: number; worst: number }>(
      'SELECT count(*) AS n, min(margin) AS worst FROM verdict.certificate',
    );
    expect(certificates[0]!.n).toBe(24);
    expect(certificates[0]!.worst).toBeGreaterThan(0);
    const [cluster] = await warehouse.rows('SELECT * FROM verdict.cluster');
    expect(cluster).toMatchObject({ accounts: 8, excluded: 8, stability: 1, density: 1, first_seen: 1 });
  });

  it.each([2, 3, 4])('holds a ring of %d: removing three others leaves nothing', async (n) => {
    const { accounts } = await judgeScene(ring(n), policy);
    accounts.delete('honest');
    for (const row of accounts.values()) {
      expect(row.verdict).toBe('review');
      expect(row.held_by).toContain('leave-three-out');
    }
  });

  it('voids a device on one contradiction of the network’s own, but on no other single family', async () => {
    const found = (forgeable_by: 'nobody' | 'operator') =>
      finding('d', 'card', { subject_type: 'device', family: 'benchmark', forgeable_by, tested: 3000 });
    const scene = (findings: Scene['findings']): Scene => ({
      accounts: [{ id: 'a' }],
      devices: [{ id: 'd', account: 'a' }],
      findings,
    });
    const contradictions = (tested: number) => ({ levels: { card: { strong: tested } }, cap: 12 });
    const strict = policyWith({ card: { strong: 10.4 } }, { contradictions: contradictions(100_000) });
    const verdict = async (findings: Scene['findings'], by = strict) =>
      (await judgeScene(scene(findings), by)).devices.get('d')!;
    expect(await verdict([found('nobody')])).toMatchObject({ verdict: 'void', held_by: '' });
    expect(await verdict([found('operator')])).toMatchObject({ verdict: 'review', held_by: 'one-family' });
    const untried = { ...strict, contradictions: contradictions(0) };
    expect((await verdict([found('nobody')], untried)).verdict).toBe('review');
  });

  it('voids a device on two families, takes its share and leaves the owner clear', async () => {
    const both = [
      finding('d1', 'card', { subject_type: 'device', family: 'benchmark', forgeable_by: 'nobody' }),
      finding('d1', 'image', { subject_type: 'device', family: 'identity' }),
    ];
    const scene: Scene = {
      accounts: [{ id: 'a', points: 10 }],
      devices: [
        { id: 'd1', account: 'a', cards: 2, bins: 10 },
        { id: 'd2', account: 'a', cards: 1, bins: 40, benchmarked: true },
      ],
      findings: both,
    };
    const { accounts, devices } = await judgeScene(scene, policy);
    expect(devices.get('d1')).toMatchObject({ verdict: 'void', share: 20, verified: 'unverified' });
    expect(devices.get('d2')).toMatchObject({ verdict: 'clear', share: 40, verified: 'network' });
    expect(accounts.get('a')).toMatchObject({
      verdict: 'clear',
      devices: 2,
      devices_void: 1,
      reasons: 'fake-devices',
      points_after: '6.666666',
    });
  });
});
