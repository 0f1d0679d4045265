/** Whose each subject of a drawn world is, and which traits it has, by the truth beside the world. */
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { SubjectType } from './leak-statistics.ts';

export interface Subject {
  id: string;
  bad: boolean;
  /** The operator, the group of honest people, or the subject itself. */
  unit: string;
  /** Its own traits; for a device its owner's, too. */
  traits: readonly string[];
}

/** Every labelled subject, in the order of ids. */
export async function subjectsOf(world: Warehouse, type: SubjectType): Promise<Subject[]> {
  const owner = type === 'device' ? 'LEFT JOIN devices d ON d.device_id = l.subject_id' : '';
  const ownId = type === 'device' ? 'd.account_id' : 'l.subject_id';
  const rows = await world.rows<{ id: string; bad: boolean; unit: string; traits: string }>(
    `SELECT l.subject_id AS id, l.truth = 'bad' AS bad,
            CASE WHEN l.truth = 'bad' THEN coalesce(l.operator, l.subject_id)
                 ELSE coalesce(min(t."group"), any_value(${ownId})) END AS unit,
            coalesce(string_agg(DISTINCT t.trait, ' ' ORDER BY t.trait), '') AS traits
     FROM label l ${owner}
     LEFT JOIN truth_traits t ON t.subject_id = l.subject_id OR t.subject_id = ${ownId}
     WHERE l.subject_type = $type
     GROUP BY l.subject_id, l.truth, l.operator ORDER BY l.subject_id`,
    { type },
  );
  return rows.map(({ traits, ...row }) => ({
    ...row,
    traits: traits.split(' ').filter((one) => one !== ''),
  }));
}
