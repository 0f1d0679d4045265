/** What an earlier run found, for the brake on jumps. */
import type { Coverage } from '../../contracts/evidence.ts';
import { openRun } from './read-run.ts';

/**
 * Findings per detector of a finished run, weaker levels of a finding not counted. Throws E_RUN when the
 * folder is none.
 */
export async function previousFindings(folder: string): Promise<Pick<Coverage, 'detector' | 'findings'>[]> {
  const run = await openRun(folder);
  try {
    return await run.rows(
      `SELECT detector, count(*) AS findings FROM terms WHERE why_not IS DISTINCT FROM 'also-holds'
       GROUP BY detector ORDER BY detector`,
    );
  } finally {
    run.close();
  }
}
