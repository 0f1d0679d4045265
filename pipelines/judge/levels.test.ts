/** Detectors emit every level that holds: what is said twice about one thing moves nobody. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../contracts/evidence.ts';
import { finding, judgeScene, policyWith, type Scene, shared } from '../../testing/scene.ts';

const policy = policyWith(
  {
    wallet: { strong: 6, weak: 4 },
    image: { strong: 5, weak: 2 },
    speed: { strong: 6, weak: 5 },
    uuid: { strong: 7, weak: 4 },
  },
  { lift: { uuid: { strong: 2.5, weak: 1 } } },
);
const names = Array.from({ length: 7 }, (_, i) => `r${i}`);
const boxes = names.map((account) => ({ id: `box-${account}`, account, cards: 2, runs: [0, 0, 0, 1, 1, 1] }));
const device = { subject_type: 'device' } as const;
const speed = { ...device, family: 'benchmark', forgeable_by: 'nobody' } as const;

const scene = (findings: Finding[]): Scene => ({
  accounts: names.map((id, i) => ({ id, at: i + 1, points: 10 })),
  devices: boxes,
  findings,
  sameCard: [
    ['uuid', 'strong'],
    ['uuid', 'weak'],
  ],
});

const strongest = [
  ...shared(names, 'wallet', 'w'),
  ...shared(names.slice(1), 'image', 'i', { family: 'identity' }),
  ...shared(['box-r0', 'box-r1', 'box-r2'], 'uuid', 'u', { ...device, family: 'identity' }),
  ...boxes.slice(0, 4).map(({ id }, i) => finding(id, 'speed', { ...speed, gpu_index: i === 3 ? 1 : null })),
];
const weaker = strongest.map((one) => ({ ...one, level: 'weak', reason: `${one.detector}-weak` }));

async function told(findings: Finding[]) {
  const { warehouse, accounts, devices } = await judgeScene(scene(findings), policy);
  const rows = (table: string) => warehouse.rows(`SELECT * FROM ${table} ORDER BY ALL`);
  const result = {
    accounts,
    devices,
    gpus: await rows('verdict.gpu'),
    clusters: await rows('verdict.cluster'),
    links: await rows('operator.link'),
    sets: await rows('verdict.one_card'),
    certificates: await warehouse.rows(
      'SELECT account_id, test, log_odds, margin FROM verdict.certificate ORDER BY ALL',
    ),
    weaker: await warehouse.rows<{ weight: number; why_not: string }>(
      "SELECT DISTINCT weight, why_not FROM verdict.term WHERE level = 'weak' AND why_not <> 'other-card'",
    ),
  };
  warehouse.close();
  return result;
}

describe('a scene with every level that holds', () => {
  it('has the verdicts of the strongest ones alone; the others are kept and weigh nothing', async () => {
    const { weaker: none, ...before } = await told(strongest);
    const { weaker: kept, ...after } = await told([...weaker, ...strongest]);
    expect(after).toEqual(before);
    expect(none).toEqual([]);
    expect(kept).toEqual([{ weight: 0, why_not: 'also-holds' }]);
    expect(before.accounts.get('r3')!.verdict).toBe('exclude');
    expect(before.devices.get('box-r0')!.verdict).toBe('void');
    expect(before.sets.length).toBeGreaterThan(0);
  });
});
