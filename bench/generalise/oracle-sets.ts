/** Who is compared with whom: operators and groups of honest people as they are, loners in sets by chance. */
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { sfc32Uniform, type Uniform } from '../../statistics/prng.ts';
import { apartOf } from './apart.ts';
import type { SubjectType } from './leak-statistics.ts';

interface Honest {
  id: string;
  /** The group of honest people; for a device also its owner. NULL: a loner. */
  group: string | null;
  /** What loners of one set have in common: the country, or the model of the machine. */
  kin: string;
}

/** Loners of the same kin in sets as large as those of `sizes`, drawn in turn. Every loner is in one set. */
export function chanceSets(
  loners: readonly Pick<Honest, 'id' | 'kin'>[],
  sizes: readonly number[],
  random: Uniform,
): { set: string; subject: string }[] {
  const kins = new Map<string, string[]>();
  for (const { id, kin } of loners) kins.set(kin, [...(kins.get(kin) ?? []), id]);
  return [...kins]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([kin, ids]) => {
      const order = ids
        .map((id) => ({ id, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id);
      const members: { set: string; subject: string }[] = [];
      for (let from = 0, k = 0; from < order.length; k++) {
        const size = sizes[Math.floor(random() * sizes.length)] ?? 8;
        for (const subject of order.slice(from, from + size))
          members.push({ set: `chance ${kin} ${k}`, subject });
        from += size;
      }
      return members;
    });
}

const GOOD: Readonly<Record<SubjectType, string>> = {
  account: `
    SELECT l.subject_id AS id, any_value(l.family) AS family, min(m."group") AS "group",
           coalesce(any_value(a.country), '') AS kin
    FROM label l JOIN accounts a ON a.account_id = l.subject_id
    LEFT JOIN truth_members m ON m.subject_id = l.subject_id AND m.subject_type = 'account'
    WHERE l.subject_type = 'account' AND l.truth = 'good' GROUP BY l.subject_id ORDER BY id`,
  device: `
    WITH owned AS (SELECT account_id FROM devices GROUP BY account_id HAVING count(*) > 1)
    SELECT l.subject_id AS id, any_value(l.family) AS family,
           coalesce(min(m."group"), any_value(o.account_id)) AS "group", any_value(d.gpu_model) AS kin
    FROM label l JOIN devices d ON d.device_id = l.subject_id
    LEFT JOIN truth_members m ON m.subject_id = d.account_id AND m.subject_type = 'account'
    LEFT JOIN owned o ON o.account_id = d.account_id
    WHERE l.subject_type = 'device' AND l.truth = 'good' GROUP BY l.subject_id ORDER BY id`,
};

/** Good subjects, those left out who are nobody's honest ones. */
async function honestOf(world: Warehouse, type: SubjectType): Promise<Honest[]> {
  const good = await world.rows<Honest & { family: string | null }>(GOOD[type]);
  return good.filter(({ family }) => apartOf(family ?? '') === null);
}

/** Makes the table `honest` (`set_id`, `subject`) of every honest subject of a type. */
export async function makeHonestSets(world: Warehouse, type: SubjectType, seed: number): Promise<void> {
  const honest = await honestOf(world, type);
  const sizes = (
    await world.rows<{ n: number }>(
      `SELECT count(*) AS n FROM truth_traits t
       JOIN label l ON l.subject_id = t.subject_id AND l.subject_type = t.subject_type AND l.truth = 'bad'
       WHERE t.subject_type = $type GROUP BY t."group", t.trait ORDER BY t."group", t.trait`,
      { type },
    )
  ).map(({ n }) => n);
  const grouped = honest.flatMap(({ id, group }) =>
    group === null ? [] : [{ set: `group ${group}`, subject: id }],
  );
  const loners = honest.filter(({ group }) => group === null);
  await world.run('CREATE OR REPLACE TABLE honest (set_id VARCHAR, subject VARCHAR)');
  const appender = await world.connection.createAppender('honest');
  for (const { set, subject } of [...grouped, ...chanceSets(loners, sizes, sfc32Uniform(seed))]) {
    appender.appendVarchar(set);
    appender.appendVarchar(subject);
    appender.endRow();
  }
  appender.closeSync();
}

/** Makes the table `member`: the operators that share a trait, and the honest sets. */
export async function makeMembers(world: Warehouse, type: SubjectType, trait: string): Promise<void> {
  await world.run(
    'CREATE OR REPLACE TABLE member (set_id VARCHAR, subject VARCHAR, bad BOOLEAN, blur DOUBLE, fellows BIGINT)',
  );
  await world.run(
    `INSERT INTO member
     SELECT set_id, subject, bad, blur, count(*) OVER (PARTITION BY set_id) - 1 FROM (
       SELECT DISTINCT t."group" AS set_id, t.subject_id AS subject, true AS bad, t.blur
       FROM truth_traits t
       JOIN label l ON l.subject_id = t.subject_id AND l.subject_type = t.subject_type AND l.truth = 'bad'
       WHERE t.trait = $trait AND t.subject_type = $type
       UNION ALL SELECT set_id, subject, false, NULL FROM honest)`,
    { trait, type },
  );
}
