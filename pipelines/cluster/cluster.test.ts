import { describe, expect, it } from 'vitest';
import type { Finding } from '../../contracts/evidence.ts';
import type { OperatorDecision } from '../../contracts/operator-decision.ts';
import type { Cluster, Hub, Link, Member } from '../../contracts/verdict.ts';
import { openScene, policyWith, type Scene, SNAPSHOT, shared } from '../../testing/scene.ts';
import { cluster } from './cluster.ts';

const policy = policyWith(
  {
    wallet: { strong: 6, weak: 2 },
    image: { strong: 5 },
    weak: { strong: 2 },
    faint: { strong: 1.5 },
    mail: { strong: 4 },
  },
  { lift: { host: { strong: 4, weak: 1 } } },
);
const ids = (n: number, prefix = 'a') =>
  Array.from({ length: n }, (_, i) => `${prefix}${String(i).padStart(4, '0')}`);
const image = { family: 'identity' } as const;
const mail = { family: 'mail', forgeable_by: 'anyone' } as const;

async function clustered(scene: Scene, decisions: readonly OperatorDecision[] = []) {
  const warehouse = await openScene(scene);
  await cluster({ policy, snapshot: SNAPSHOT, decisions }, { warehouse, progress: () => {} });
  const members = await warehouse.rows<Member>('SELECT * FROM operator.member ORDER BY account_id');
  return {
    members,
    of: new Map(members.map((member) => [member.account_id, member])),
    clusters: await warehouse.rows<Cluster>('SELECT * FROM operator.cluster ORDER BY cluster_id'),
    links: await warehouse.rows<Link>('SELECT * FROM operator.link ORDER BY a, b'),
    hubs: await warehouse.rows<Hub>('SELECT * FROM operator.hub ORDER BY detector, value'),
  };
}

function sceneOf(names: readonly string[], findings: readonly Finding[]): Scene {
  return { accounts: names.map((id, i) => ({ id, at: i + 1 })), findings };
}

const ring = (names: string[], key: string) => [
  ...shared(names, 'wallet', `w-${key}`),
  ...shared(names, 'image', `i-${key}`, image),
];

describe('a cluster', () => {
  it('is nothing on no evidence', async () => {
    expect(await clustered(sceneOf(['a'], []))).toMatchObject({ members: [], clusters: [], links: [] });
  });

  it('counts a value shared by n accounts n − 1 times, not once per pair', async () => {
    const names = ids(30);
    const { links, clusters } = await clustered(sceneOf(names, ring(names, 'x')));
    expect(links).toHaveLength(29);
    expect(links.every((link) => link.a === 'a0000' && link.weight === 11)).toBe(true);
    expect(JSON.parse(links[0]!.items)).toEqual([
      { detector: 'wallet', value: 'w-x', forgeable_by: 'operator', weight: 6 },
      { detector: 'image', value: 'i-x', forgeable_by: 'operator', weight: 5 },
    ]);
    expect(clusters).toMatchObject([{ accounts: 30, stability: 1, stable: true, density: 1, first_seen: 1 }]);
  });

  it('does not depend on the order of rows or on rows of strangers', async () => {
    const [a, b, strangers] = [ids(12, 'a'), ids(9, 'b'), ids(40, 'z')];
    const findings = [...ring(a, 'a'), ...ring(b, 'b')];
    const names = [...a, ...b, ...strangers];
    const plain = await clustered(sceneOf(names, findings));
    const shuffled = await clustered(sceneOf(names, findings.toReversed()));
    const crowded = await clustered(
      sceneOf(names, [
        ...findings,
        ...ring(strangers, 'z'),
        ...shared([...strangers, 'a0003'], 'mail', 'm', mail),
      ]),
    );
    expect(shuffled).toEqual(plain);
    expect(crowded.members.filter(({ account_id }) => !account_id.startsWith('z'))).toEqual(plain.members);
  });

  it('keeps its name when members join or leave', async () => {
    const names = ids(12);
    const { members } = await clustered(sceneOf(names, ring(names, 'a')));
    const fewer = names.filter((_, i) => i !== 5);
    const again = await clustered(sceneOf(names, ring(fewer, 'a')));
    expect(members[0]!.cluster_id).toMatch(/^c-[0-9a-f]{12}$/);
    expect(again.members[0]!.cluster_id).toBe(members[0]!.cluster_id);
    expect(again.members).toHaveLength(11);
  });

  it('is not made of anything that others could create', async () => {
    const names = ids(6);
    const { members } = await clustered(sceneOf(names, shared(names, 'mail', 'm', mail)));
    expect(members).toEqual([]);
  });

  it('needs a link of the policy’s weight: one strong fact, or two weak ones of the same accounts', async () => {
    const names = ids(6);
    const one = shared(names, 'weak', 'v');
    const two = [...one, ...shared(names.slice(0, 4), 'faint', 'u', { family: 'timing' })];
    expect((await clustered(sceneOf(names, one))).members).toEqual([]);
    expect((await clustered(sceneOf(names, two))).members.map(({ account_id }) => account_id)).toEqual(
      names.slice(0, 4),
    );
  });

  it('parts two rings that a single account joins, or marks it', async () => {
    const [a, b] = [ids(40, 'a'), ids(40, 'b')];
    const bridge = shared([a[0]!, b[0]!], 'wallet', 'bridge');
    const { of } = await clustered(sceneOf([...a, ...b], [...ring(a, 'a'), ...ring(b, 'b'), ...bridge]));
    expect(of.get('a0001')!.cluster_id).not.toBe(of.get('b0001')!.cluster_id);
  });

  it('marks an account that hangs on a ring by one other account', async () => {
    const a = ids(8, 'a');
    const victim = shared(['a0003', 'v'], 'wallet', 'paid');
    const { of } = await clustered(sceneOf([...a, 'v'], [...ring(a, 'a'), ...victim]));
    expect(of.get('a0001')!.bridge).toBe(false);
    expect(of.get('v')?.bridge ?? true).toBe(true);
  });

  it('leaves out a value that a crowd of strangers shares, and keeps one that a large farm shares', async () => {
    const [crowd, farm] = [ids(150, 'c'), ids(150, 'f')];
    const { hubs, of } = await clustered(
      sceneOf([...crowd, ...farm], [...shared(crowd, 'wallet', 'exchange'), ...ring(farm, 'farm')]),
    );
    expect(hubs).toMatchObject([{ detector: 'wallet', value: 'exchange', accounts: 150, related_share: 0 }]);
    expect(of.get('c0001')).toBeUndefined();
    expect(of.get('f0001')!.cluster_id).toBe(of.get('f0149')!.cluster_id);
  });

  it('counts an account once for a value, however many levels or machines say so', async () => {
    const names = ids(4);
    const devices = names.flatMap((account) => [1, 2].map((n) => ({ id: `d${n}-${account}`, account })));
    const about = { subject_type: 'device', family: 'identity' } as const;
    const machines = devices.map(({ id }) => id);
    const levels = (more: Partial<Finding>) => [
      ...shared(names, 'wallet', 'w', more),
      ...shared(machines, 'host', 'h', { ...about, ...more }),
    ];
    const strongest = await clustered({ ...sceneOf(names, levels({})), devices });
    const all = await clustered({
      ...sceneOf(names, [...levels({ level: 'weak' }), ...levels({})]),
      devices,
    });
    expect(all).toEqual(strongest);
    expect(all.links.map(({ weight }) => weight)).toEqual([10, 10, 10]);
  });

  it('lifts findings about devices to their owners only where the policy says so', async () => {
    const names = ids(5);
    const devices = names.map((account) => ({ id: `d-${account}`, account }));
    const found = (detector: string) =>
      shared(
        devices.map(({ id }) => id),
        detector,
        'x',
        { subject_type: 'device', family: 'identity' },
      );
    const lifted = await clustered({ ...sceneOf(names, found('host')), devices });
    const not = await clustered({ ...sceneOf(names, found('wallet')), devices });
    expect(lifted.clusters).toMatchObject([{ accounts: 5, devices: 5 }]);
    expect(not.members).toEqual([]);
  });
});
