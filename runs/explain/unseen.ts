/** What a run could not see of subjects of a kind, from its coverage.csv. */
import { parse } from 'csv-parse/sync';
import type { DetectorMeta } from '../../contracts/detector.ts';

interface CoverageLine {
  detector: string;
  outcome: string;
  observing: string;
  why: string;
  seen: string;
  subjects: string;
}

function reasonOf({ outcome, observing, why, seen, subjects }: CoverageLine): string {
  if (outcome === 'not-run') return `did not run (${why})`;
  if (outcome === 'failed') return `failed (${why})`;
  if (observing === 'true') return 'observes: it is shown before it counts';
  if (Number(seen) < Number(subjects)) return `could judge ${seen} of ${subjects}`;
  return '';
}

/** Detectors of the kind that did not run, failed, only observe, or could not judge everybody. */
export function unseenBy(
  coverageCsv: string,
  kind: 'account' | 'device',
  detectors: Readonly<Record<string, DetectorMeta>>,
): { detector: string; why: string }[] {
  const lines = parse<CoverageLine>(coverageCsv, { columns: true });
  return lines
    .filter(({ detector }) => (detectors[detector]?.subject ?? kind) === kind)
    .map((line) => ({ detector: line.detector, why: reasonOf(line) }))
    .filter(({ why }) => why !== '');
}
