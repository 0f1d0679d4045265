/** The dossier of one account, device or cluster, from the run directory alone. */
import type { ClusterPicture, Dossier } from '../../contracts/dossier.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { openRun, type Run } from '../../pipelines/publish/read-run.ts';
import { drawnCluster, explainCluster } from './cluster-dossier.ts';
import { explainAccount, explainDevice } from './subject-dossier.ts';

export const DOSSIER_KINDS = ['account', 'device', 'cluster'] as const;

export type DossierKind = (typeof DOSSIER_KINDS)[number];

const EXPLAIN = {
  account: explainAccount,
  device: explainDevice,
  cluster: explainCluster,
} as const satisfies Record<DossierKind, (run: Run, id: string) => Promise<Dossier | null>>;

/**
 * Explains `id`, of the kind `as` where one id names several subjects. Throws E_RUN when `folder` is not a
 * run or a file of it was changed, E_SUBJECT when the run knows no such id.
 */
export async function explain(folder: string, id: string, as?: DossierKind): Promise<Dossier> {
  const run = await openRun(folder);
  try {
    for (const kind of as ? [as] : DOSSIER_KINDS) {
      const dossier = await EXPLAIN[kind](run, id);
      if (dossier) return dossier;
    }
  } finally {
    run.close();
  }
  throw new GhostcardError('E_SUBJECT', {
    subject: id,
    expected: as
      ? `the id of a ${as} in the run`
      : 'the id of an account, device or flagged cluster in the run',
    got: 'an id that the run does not know',
    todo: 'Look it up in accounts.csv, devices.csv or clusters.csv of the run; ids are exact, byte by byte.',
  });
}

/**
 * The cluster of an account, or the cluster itself, as it is drawn. Throws E_RUN as above, E_SUBJECT without
 * a cluster.
 */
export async function drawCluster(folder: string, dossier: Dossier): Promise<ClusterPicture> {
  const account = dossier.kind === 'account' ? dossier.id : undefined;
  const id =
    dossier.kind === 'account' ? dossier.about.cluster : dossier.kind === 'cluster' ? dossier.id : null;
  if (typeof id === 'string') {
    const run = await openRun(folder);
    try {
      const picture = await drawnCluster(run, id, account);
      if (picture) return picture;
    } finally {
      run.close();
    }
  }
  throw new GhostcardError('E_SUBJECT', {
    subject: dossier.id,
    expected: 'a cluster, or an account of one, to draw',
    got: `${dossier.kind === 'device' ? 'a device' : 'an account without a cluster'}`,
    todo: 'Leave --svg out, or name a cluster of clusters.csv.',
  });
}
