/** Reads from the warehouse what report.html prints. */
import type { ClusterPicture } from '../../contracts/dossier.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { RunManifest } from '../../contracts/run.ts';
import type { ReportCluster, ReportModel } from '../../reports/html/model.ts';
import { pictureOf, type SharedFact } from '../../reports/svg/picture.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { describeDetectors, type PublishedDetector } from './manifest.ts';
import { publishSql } from './write-files.ts';

/** Subjects of a kind that are shown in full; rows of other lists. A report of more is not read. */
const SUBJECTS = 200;
const CLUSTERS = 40;
const ROWS = 200;

/** Clusters that are drawn; the others are described. */
const PICTURES = 8;

async function readPictures(
  clusters: readonly ReportCluster[],
  titles: ReportModel['detectors'],
  warehouse: Warehouse,
): Promise<ClusterPicture[]> {
  const pictures: ClusterPicture[] = [];
  for (const { cluster_id: id } of clusters.slice(0, PICTURES)) {
    const members = await warehouse.rows<{ account_id: string; verdict: string }>(
      publishSql('report/picture-members'),
      { id },
    );
    const facts = await warehouse.rows<SharedFact>(publishSql('report/picture-facts'), { id });
    pictures.push(pictureOf({ id }, members, facts, (detector) => titles[detector]?.title ?? detector));
  }
  return pictures;
}

export async function readReport(
  run: Omit<RunManifest, 'outputs'>,
  input: { snapshot: number; policy: Policy; detectors: readonly PublishedDetector[] },
  warehouse: Warehouse,
): Promise<ReportModel> {
  const read = <T>(name: string, cap: number) =>
    warehouse.rows<T>(publishSql(name), { cap, snapshot: input.snapshot });
  const detectors = describeDetectors(input.detectors);
  const clusters = await read<ReportCluster>('report/clusters', CLUSTERS);
  return {
    run,
    policy: input.policy,
    detectors,
    cap: ROWS,
    coverage: await read('files/coverage', ROWS),
    subjects: await read('report/subjects', SUBJECTS),
    terms: await read('report/terms', SUBJECTS),
    reasons: await read('report/reasons', ROWS),
    held: await read('report/held', ROWS),
    clusters,
    pictures: await readPictures(clusters, detectors, warehouse),
    links: await read('report/links', CLUSTERS),
    bands: await read('report/bands', ROWS),
    network: await read('files/network', ROWS),
    supply: await read('files/supply', ROWS),
    listed: await read('files/listed', ROWS),
    merchants: await read('report/merchants', CLUSTERS),
    rejected: await read('report/rejected', ROWS),
    orphans: await read('report/orphans', ROWS),
    columns: await read('report/columns', ROWS),
    unverified: await read('report/unverified', ROWS),
    brakes: await read('files/brakes', ROWS),
    decisions: await read('report/decisions', ROWS),
  };
}
