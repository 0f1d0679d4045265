/** The dossier of a cluster: who is in it, and what holds it together. */
import type { ClusterDossier } from '../../contracts/dossier.ts';
import type { ClusterRow } from '../../contracts/verdict.ts';
import type { Run } from '../publish/read-run.ts';
import { explainSql } from './sql.ts';

/** Null when no cluster of the run with an account that is not clear has this id. */
export async function explainCluster(run: Run, id: string): Promise<ClusterDossier | null> {
  const [cluster] = await run.rows<ClusterRow>(explainSql('cluster'), { id });
  if (!cluster) return null;
  const shared = await run.rows<Omit<ClusterDossier['shared'][number], 'title'>>(explainSql('shared'), {
    id,
  });
  const { risk, accounts, excluded, devices, stability, density } = cluster;
  return {
    kind: 'cluster',
    id,
    snapshot: run.manifest.snapshot,
    risk,
    accounts,
    excluded,
    devices,
    stability,
    density,
    first_seen: new Date(cluster.first_seen).toISOString(),
    last_seen: new Date(cluster.last_seen).toISOString(),
    reasons: cluster.reasons === '' ? [] : cluster.reasons.split('|'),
    members: await run.rows(explainSql('members'), { id }),
    shared: shared.map((item) => ({ ...item, title: run.detectors[item.detector]?.title ?? item.detector })),
  };
}
