/** Analysts' splits, merges and pins on whole scenes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperatorDecision } from '../../contracts/operator-decision.ts';
import type { ClusterRow } from '../../contracts/verdict.ts';
import { judgeScene, policyWith, type Scene, shared } from '../../testing/scene.ts';

const policy = policyWith({ wallet: { strong: 6 }, image: { strong: 5 } });
const ids = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const [big, small, lone] = [ids('a', 8), ids('b', 6), ids('x', 4)];
const image = { family: 'identity' } as const;
const scene: Scene = {
  accounts: [...big, ...small, ...lone].map((id, i) => ({ id, at: i + 1, points: 1 })),
  findings: [
    ...shared(big, 'wallet', 'wa'),
    ...shared(big, 'image', 'ia', image),
    ...shared(small, 'wallet', 'wb'),
  ],
};
const signed = { by: 'ann', at: '2024-04-25T00:00:00Z', until: null, why: 'documents seen' };
const merge = (...accounts: string[]): OperatorDecision => ({ operator: 'merge', accounts, ...signed });

async function run(operators: OperatorDecision[], more: Partial<Scene> = {}) {
  const judged = await judgeScene({ ...scene, ...more }, policy, {
    decisions: { sha256: null, verdicts: [], operators },
  });
  const clusters = await judged.warehouse.rows<ClusterRow>(
    'SELECT * FROM verdict.cluster ORDER BY first_seen',
  );
  return { of: (id: string) => judged.accounts.get(id)!, clusters, accounts: judged.accounts };
}

describe('a merge', () => {
  it('publishes two groups and a lone account as one operator, and holds who was clear', async () => {
    const plain = await run([]);
    const { of, clusters } = await run([merge('a1', 'b1', 'x1')]);
    expect(of('a0').cluster_id).toBe(plain.of('a0').cluster_id);
    expect(of('b5').cluster_id).toBe(of('a0').cluster_id);
    expect(of('x1')).toMatchObject({ verdict: 'review', held_by: 'merged', cluster_id: of('a0').cluster_id });
    expect(of('x1').points_after).toBe('1.000000');
    expect(of('x2')).toMatchObject({ verdict: 'clear', cluster_id: null });
    expect(of('a0').verdict).toBe('exclude');
    expect(clusters).toMatchObject([{ accounts: 15, excluded: 8, risk: plain.clusters[0]!.risk }]);
  });

  it('says that evidence joins less of it', async () => {
    const { clusters } = await run([merge('a1', 'b1')]);
    expect(clusters[0]!.stability).toBeCloseTo(8 / 14, 6);
    expect(clusters[0]!.density).toBeCloseTo((8 * (7 / 13) + 6 * (5 / 13)) / 14, 5);
  });

  it('holds nobody where nobody is excluded', async () => {
    const { of } = await run([merge('x1', 'x2')]);
    expect(of('x1')).toMatchObject({ verdict: 'clear', held_by: '' });
    expect(of('x1').cluster_id).toBe(of('x2').cluster_id);
  });

  it('changes no exclusion, whoever is merged with whom', async () => {
    const everybody = [...big, ...small, ...lone];
    const plain = await run([]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray(everybody, { minLength: 2 }), { minLength: 1, maxLength: 3 }),
        async (sets) => {
          const { accounts } = await run(sets.map((set) => merge(...set)));
          for (const [id, { verdict }] of accounts)
            expect(verdict === 'exclude').toBe(plain.of(id).verdict === 'exclude');
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe('a split', () => {
  const split = (accounts: string[], from: string[]): OperatorDecision => ({
    operator: 'split',
    accounts,
    from,
    ...signed,
  });

  it('takes accounts out of their cluster, whose rest is excluded as before', async () => {
    const { of } = await run([split(['a6', 'a7'], ['a0'])]);
    expect(of('a5')).toMatchObject({ verdict: 'exclude', cluster_id: of('a0').cluster_id });
    expect(of('a6').verdict).not.toBe('exclude');
    expect(of('a6').cluster_id).not.toBe(of('a0').cluster_id);
    expect(of('a6').cluster_id).toBe(of('a7').cluster_id);
  });

  it('leaves a newcomer where the evidence puts them', async () => {
    const family = shared(['a6', 'a7', 'n'], 'wallet', 'family');
    const { of } = await run([split(['a6', 'a7'], ['a0'])], {
      accounts: [...scene.accounts, { id: 'n', at: 99, points: 1 }],
      findings: [...scene.findings, ...family],
    });
    expect(of('n').cluster_id).toBe(of('a6').cluster_id);
    expect(of('n').verdict).not.toBe('exclude');
  });

  it('holds against a merge that would bring both sides together by others', async () => {
    const { of } = await run([split(['b0'], ['a0']), merge('a1', 'b1')]);
    expect(of('b1').cluster_id).toBe(of('a0').cluster_id);
    expect(of('b0').cluster_id).toBeNull();
  });
});

describe('a pin', () => {
  const pin: OperatorDecision = { operator: 'pin', cluster: 'c-0123456789ab', accounts: big, ...signed };

  it('keeps the id though the account that named it vanishes, and the members though evidence does', async () => {
    const plain = await run([pin]);
    expect(plain.of('a3').cluster_id).toBe('c-0123456789ab');
    expect(plain.of('a3').verdict).toBe('exclude');
    const fewer = scene.findings.filter(({ subject_id }) => subject_id !== 'a7');
    const later = await run([pin], {
      accounts: scene.accounts.filter(({ id }) => id !== 'a0'),
      findings: fewer.filter(({ subject_id }) => subject_id !== 'a0'),
    });
    expect(later.of('a3').cluster_id).toBe('c-0123456789ab');
    expect(later.of('a7')).toMatchObject({
      cluster_id: 'c-0123456789ab',
      verdict: 'review',
      held_by: 'merged',
    });
  });

  it('makes another cluster of the same name take another', async () => {
    const plain = await run([]);
    const taken: OperatorDecision = { ...pin, cluster: plain.of('a0').cluster_id!, accounts: small };
    const { of } = await run([taken]);
    expect(of('b0').cluster_id).toBe(plain.of('a0').cluster_id);
    expect(of('a0').cluster_id).not.toBe(of('b0').cluster_id);
  });
});
