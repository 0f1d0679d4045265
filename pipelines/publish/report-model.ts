/** Reads from the warehouse what report.html prints. */
import type { Policy } from '../../contracts/policy.ts';
import type { RunManifest } from '../../contracts/run.ts';
import type { ReportModel } from '../../reports/html/model.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { describeDetectors, type PublishedDetector } from './manifest.ts';
import { publishSql } from './write-files.ts';

/** Subjects of a kind that are shown in full; rows of other lists. A report of more is not read. */
const SUBJECTS = 200;
const CLUSTERS = 40;
const ROWS = 200;

export async function readReport(
  run: Omit<RunManifest, 'outputs'>,
  input: { snapshot: number; policy: Policy; detectors: readonly PublishedDetector[] },
  warehouse: Warehouse,
): Promise<ReportModel> {
  const read = <T>(name: string, cap: number) =>
    warehouse.rows<T>(publishSql(name), { cap, snapshot: input.snapshot });
  return {
    run,
    policy: input.policy,
    detectors: describeDetectors(input.detectors),
    cap: ROWS,
    coverage: await read('files/coverage', ROWS),
    subjects: await read('report/subjects', SUBJECTS),
    terms: await read('report/terms', SUBJECTS),
    reasons: await read('report/reasons', ROWS),
    held: await read('report/held', ROWS),
    clusters: await read('report/clusters', CLUSTERS),
    links: await read('report/links', CLUSTERS),
    bands: await read('report/bands', ROWS),
    network: await read('files/network', ROWS),
    supply: await read('files/supply', ROWS),
    merchants: await read('report/merchants', CLUSTERS),
    rejected: await read('report/rejected', ROWS),
    orphans: await read('report/orphans', ROWS),
    columns: await read('files/columns', ROWS),
    unverified: await read('report/unverified', ROWS),
    brakes: await read('files/brakes', ROWS),
    decisions: await read('report/decisions', ROWS),
  };
}
