/**
 * No framing, no laundering, on whole scenes: facts marked as outsiders' never convict anybody and free
 * nobody.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES, type Finding } from '../../contracts/evidence.ts';
import { finding, judgeScene, policyWith, type Scene, shared } from '../../testing/scene.ts';

const policy = policyWith({
  wallet: { strong: 6 },
  image: { strong: 5 },
  forged: { strong: 9, weak: 2 },
  lone: { strong: 1.5 },
});

const ringNames = Array.from({ length: 7 }, (_, i) => `r${i}`);
const victims = ['v0', 'v1', 'v2'];
const attackers = Array.from({ length: 12 }, (_, i) => `x${String(i).padStart(2, '0')}`);

/**
 * A farm, a family of two that shares a wallet, a lone suspect, and attackers who have written nothing yet.
 */
const base: Scene = {
  accounts: [...ringNames, ...victims, ...attackers].map((id, i) => ({ id, at: i + 1, points: 1 })),
  findings: [
    ...shared(ringNames, 'wallet', 'farm'),
    ...shared(ringNames, 'image', 'farm', { family: 'identity' }),
    ...shared(['v0', 'v1'], 'wallet', 'home'),
    finding('v2', 'lone', { family: 'timing' }),
  ],
};

/** Rows that attackers can cause: facts about any mix of accounts, all of them forgeable by anyone. */
const forgery: fc.Arbitrary<Finding[]> = fc
  .record({
    family: fc.constantFrom(...FAMILIES),
    level: fc.constantFrom('strong', 'weak'),
    value: fc.option(fc.constantFrom('farm', 'home', 'f1', 'f2')),
    hit: fc.subarray([...ringNames, ...victims], { minLength: 1 }),
    with: fc.subarray(attackers),
  })
  .map(({ family, level, value, hit, with: helpers }) =>
    [...hit, ...helpers].map((id) =>
      finding(id, 'forged', { family, level, value, links: value !== null, forgeable_by: 'anyone' }),
    ),
  );

describe('rows that outsiders write', () => {
  it('turn nobody into exclude, leave excluded accounts excluded, and never hold a clean account', async () => {
    const before = await judgeScene(base, policy);
    expect(before.accounts.get('r0')!.verdict).toBe('exclude');
    expect(before.accounts.get('v0')!.verdict).toBe('review');
    await fc.assert(
      fc.asyncProperty(fc.array(forgery, { minLength: 1, maxLength: 6 }), async (moves) => {
        const after = await judgeScene({ ...base, findings: [...base.findings, ...moves.flat()] }, policy);
        for (const [id, row] of after.accounts) {
          const was = before.accounts.get(id)!;
          if (was.verdict === 'exclude') expect(row.verdict).toBe('exclude');
          else expect(row.verdict).not.toBe('exclude');
          expect(row.cluster_id).toBe(was.cluster_id);
          if (attackers.includes(id)) expect(row.verdict).toBe('clear');
        }
      }),
      { numRuns: 12 },
    );
  });

  it('never void a device', async () => {
    const devices = [{ id: 'd', account: 'v2' }];
    const flood = FAMILIES.map((family) =>
      finding('d', 'forged', { family, facet: family, subject_type: 'device', forgeable_by: 'anyone' }),
    );
    const judged = await judgeScene({ accounts: [{ id: 'v2' }], devices, findings: flood }, policy);
    expect(judged.devices.get('d')!.verdict).toBe('clear');
    const suspect = finding('d', 'wallet', { family: 'inventory', subject_type: 'device' });
    const both = await judgeScene(
      { accounts: [{ id: 'v2' }], devices, findings: [...flood, suspect] },
      policy,
    );
    expect(both.devices.get('d')!.verdict).toBe('review');
  });
});

describe('a house account', () => {
  it('is held, never excluded', async () => {
    const accounts = base.accounts.map((account) =>
      account.id === 'r3' ? { ...account, house: true } : account,
    );
    const judged = await judgeScene({ ...base, accounts }, policy);
    expect(judged.accounts.get('r3')).toMatchObject({
      verdict: 'review',
      held_by: 'house',
      points_after: '1.000000',
    });
    expect(judged.accounts.get('r4')!.verdict).toBe('exclude');
  });
});

describe('the risk budget', () => {
  it('holds what does not fit', async () => {
    const tight = { ...policy, riskBudget: 0.004 };
    const { accounts } = await judgeScene(base, tight);
    const rows = ringNames.map((id) => accounts.get(id)!);
    const taken = rows.filter(({ verdict }) => verdict === 'exclude').length;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(7);
    expect(rows.filter(({ held_by }) => held_by === 'risk-budget')).toHaveLength(7 - taken);
  });
});
