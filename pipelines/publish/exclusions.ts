/** The exclusion list as JSON: the same rows as exclusions.csv, and what binds them to the run. */
import type { RunManifest } from '../../contracts/run.ts';
import type { ExclusionEntry, ExclusionStatement } from '../../reports/json/exclusions.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { digestOfValue } from './manifest.ts';
import { publishSql } from './write-files.ts';

export async function readExclusions(
  run: Omit<RunManifest, 'outputs'>,
  snapshot: number,
  warehouse: Warehouse,
): Promise<[ExclusionEntry[], ExclusionStatement]> {
  const entries = await warehouse.rows<ExclusionEntry>(publishSql('files/exclusions'), { snapshot });
  return [
    entries,
    {
      snapshot: run.snapshot,
      sealed: run.sealed,
      ghostcard: run.ghostcard,
      policy_sha256: run.policy.sha256,
      detectors_sha256: digestOfValue(run.detectors),
      inputs_sha256: digestOfValue(run.inputs),
    },
  ];
}
