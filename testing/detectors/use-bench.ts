/** The database in which a file of tests runs its cases. */
import { afterAll, beforeAll } from 'vitest';
import { type CaseBench, type CaseResult, openCaseBench } from './harness.ts';

/** What came out, as cases write it. */
export const found = (result: CaseResult) =>
  result.findings.map(({ subject_id, level }) => `${subject_id}:${level}`).sort();

let bench: CaseBench;
let declared = false;

/** One bench for a file of tests, which run one by one. */
export function useBench(): () => CaseBench {
  if (!declared) {
    beforeAll(async () => {
      bench = await openCaseBench();
    });
    afterAll(() => bench.close());
  }
  declared = true;
  return () => bench;
}
