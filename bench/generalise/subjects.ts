/** Whose each subject of a drawn world is, and which traits it has, by the truth beside the world. */
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { SubjectType } from './leak-statistics.ts';

export interface Subject {
  id: string;
  bad: boolean;
  /** The operator, the group of honest people, or the subject itself. */
  unit: string;
  /**
   * Its own traits; for a device its owner's, too, and for an account those of all machines of its operator: to
   * leave out the members who have such machines would leave those who have none.
   */
  traits: readonly string[];
}

/** Every labelled subject, in the order of ids. */
export async function subjectsOf(world: Warehouse, type: SubjectType): Promise<Subject[]> {
  const rows = await world.rows<{ id: string; bad: boolean; unit: string; traits: string }>(
    `WITH related AS (
       SELECT subject_id, subject_id AS other FROM label
       UNION ALL SELECT device_id, account_id FROM devices
       UNION ALL SELECT account_id, device_id FROM devices
       UNION ALL SELECT l.subject_id, t.subject_id FROM label l
       JOIN truth_traits t ON t."group" = l.operator AND t.subject_type = 'device' AND l.subject_type = 'account'
     ), shared AS (
       SELECT r.subject_id, string_agg(DISTINCT t.trait, ' ' ORDER BY t.trait) AS traits
       FROM related r JOIN truth_traits t ON t.subject_id = r.other GROUP BY r.subject_id
     ), belonging AS (
       SELECT r.subject_id, min(m."group") AS "group"
       FROM related r JOIN truth_members m ON m.subject_id = r.other GROUP BY r.subject_id
     )
     SELECT l.subject_id AS id, l.truth = 'bad' AS bad, coalesce(s.traits, '') AS traits,
            CASE WHEN l.truth = 'bad' THEN coalesce(l.operator, l.subject_id)
                 ELSE coalesce(b."group", d.account_id, l.subject_id) END AS unit
     FROM label l LEFT JOIN shared s USING (subject_id) LEFT JOIN belonging b USING (subject_id)
     LEFT JOIN devices d ON d.device_id = l.subject_id
     WHERE l.subject_type = $type ORDER BY l.subject_id`,
    { type },
  );
  return rows.map(({ traits, ...row }) => ({
    ...row,
    traits: traits.split(' ').filter((one) => one !== ''),
  }));
}
