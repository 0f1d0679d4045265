import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DetectorMeta } from '../../contracts/detector.ts';
import { openScene, policyWith } from '../../testing/scene.ts';
import { quietEffects } from '../models/run.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { detect } from './detect.ts';
import type { Detector } from './registry.ts';

const NOTHING = `-- Nothing.
SELECT NULL::VARCHAR AS subject_id, 'strong' AS level, NULL::VARCHAR AS value, []::VARCHAR[] AS related, 1 AS tested, '{}' AS facts,
  NULL::BIGINT AS first_at, NULL::BIGINT AS last_at WHERE FALSE`;

function detector(id: string, meta: Partial<DetectorMeta>, seenSql: string | null, sql = NOTHING): Detector {
  const levels = { strong: { reason: id, says: id, forgeableBy: 'operator' } } as const;
  const plain = { subject: 'device', family: 'benchmark', links: false, needs: {}, levels, ...meta };
  return { id, meta: plain as unknown as DetectorMeta, sql, seenSql };
}

const NO_FIGURE = `-- Nothing.
SELECT 'strong' AS level, '' AS metric, 1 AS valid_from, 1 AS valid_to, 1.0 AS observed, 1.0 AS expected WHERE FALSE`;

const BROKEN = NOTHING.replace('WHERE FALSE', "WHERE error('broken')");

const SEES_D1 = "SELECT unnest(['d1', 'd1', 'gone', NULL]) AS subject_id";

let warehouse: Warehouse;
beforeEach(async () => {
  warehouse = await openScene({
    accounts: ['a1', 'a2', 'a3'].map((id) => ({ id })),
    devices: [
      { id: 'd1', account: 'a1' },
      { id: 'd2', account: 'a2' },
    ],
    findings: [],
  });
});
afterEach(() => warehouse.close());

async function seen(
  detectors: readonly Detector[],
  weights: Record<string, Record<string, number>>,
  lift: Record<string, Record<string, number>> = {},
): Promise<string[]> {
  await detect(
    detectors,
    { present: new Map(), policy: policyWith(weights, { lift }), snapshot: 1_000_000 },
    quietEffects(warehouse),
  );
  const rows = await warehouse.rows<{ row: string }>(
    "SELECT concat_ws(' ', subject_type, subject_id, family) AS row FROM evidence.seen ORDER BY row",
  );
  return rows.map(({ row }) => row);
}

const WEIGHS = { strong: 5 };

describe('a subject was looked at by a family', () => {
  it('when a detector of it ran and could judge it: once, and only subjects that are there', async () => {
    const two = [detector('x', {}, SEES_D1), detector('y', {}, SEES_D1)];
    expect(await seen(two, { x: WEIGHS, y: WEIGHS })).toEqual(['device d1 benchmark']);
  });

  it('when the detector names no subjects, then all of its kind', async () => {
    const mail = detector('mail', { subject: 'account', family: 'mail' }, null);
    expect(await seen([mail], { mail: WEIGHS })).toEqual([
      'account a1 mail',
      'account a2 mail',
      'account a3 mail',
    ]);
  });

  it('and so was its owner, where the policy lifts what is found', async () => {
    expect(await seen([detector('x', {}, SEES_D1)], { x: WEIGHS }, { x: { strong: 2 } })).toEqual([
      'account a1 benchmark',
      'device d1 benchmark',
    ]);
  });

  it.each([
    ['only observes', detector('x', {}, SEES_D1), { x: { strong: 0 } }],
    ['did not run', detector('x', { needs: { gpus: ['serial'] } }, SEES_D1), { x: WEIGHS }],
    ['failed', detector('x', {}, SEES_D1, BROKEN), { x: WEIGHS }],
    ['failed at saying what it sees', detector('x', {}, 'SELECT nothing FROM nowhere'), { x: WEIGHS }],
    ['looks at the network', detector('x', { subject: 'network' }, null, NO_FIGURE), { x: WEIGHS }],
  ])('but not when the detector %s', async (_, one, weights) => {
    expect(await seen([one], weights)).toEqual([]);
  });
});
