/**
 * What an analyst's merge or pin means for verdicts: accounts that it puts beside an excluded one are held
 * until somebody decides. It never excludes, for the rule of exclusion is asked about the groups that
 * evidence alone formed.
 */
import type { Warehouse } from '../warehouse/warehouse.ts';

interface Row {
  id: string;
  verdict: string;
  risk: number;
  reasons: string[];
  heldBy: string[];
}

interface MergedRow {
  account_id: string;
  cluster_id: string;
  /** The group that evidence formed; null for an account that no evidence joins. */
  group_id: string | null;
  bridge: boolean;
}

/**
 * Holds accounts of joined clusters that are clear while another group of the cluster has an excluded
 * account. An account that hangs on its own group by a single other one is left alone, unless the analyst
 * named it.
 */
export async function holdMerged(rows: readonly Row[], prior: number, warehouse: Warehouse): Promise<Row[]> {
  const members = await warehouse.rows<MergedRow>(
    `SELECT p.account_id, p.cluster_id, m.cluster_id AS group_id,
       coalesce(m.bridge, false) AND p.account_id NOT IN (SELECT account_id FROM operator.named) AS bridge
     FROM operator.published_member p LEFT JOIN operator.member m USING (account_id)
     WHERE p.joined ORDER BY p.account_id`,
  );
  if (members.length === 0) return [...rows];
  const result = new Map(rows.map((row) => [row.id, row]));
  const convicted = new Map<string, Set<string | null>>();
  for (const { account_id, cluster_id, group_id } of members) {
    if (result.get(account_id)?.verdict !== 'exclude') continue;
    const groups = convicted.get(cluster_id) ?? new Set();
    convicted.set(cluster_id, groups.add(group_id));
  }
  for (const { account_id, cluster_id, group_id, bridge } of members) {
    const row = result.get(account_id) ?? {
      id: account_id,
      verdict: 'clear',
      risk: prior,
      reasons: [],
      heldBy: [],
    };
    const groups = convicted.get(cluster_id);
    const beside = groups !== undefined && (group_id === null || groups.size > 1 || !groups.has(group_id));
    if (!beside || bridge || row.verdict !== 'clear' || row.heldBy.includes('decision')) continue;
    result.set(account_id, { ...row, verdict: 'review', heldBy: [...row.heldBy, 'merged'] });
  }
  return [...result.values()];
}
