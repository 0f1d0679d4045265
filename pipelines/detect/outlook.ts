/** Which detectors a set of tables and columns lets run, told without running any. */
import type { InputTableName } from '../../contracts/dataset.ts';
import type { Outlook } from '../../contracts/outlook.ts';
import { missingInputs, presentTables } from './detect.ts';
import type { Detector } from './registry.ts';

export function outlook(
  detectors: readonly Detector[],
  tables: Partial<Record<InputTableName, readonly string[]>>,
): Outlook {
  const present = presentTables(tables);
  const told = detectors.map((detector) => ({ id: detector.id, why: missingInputs(detector, present) }));
  return {
    run: told.filter(({ why }) => why === '').map(({ id }) => id),
    notRun: told.filter(({ why }) => why !== ''),
  };
}
