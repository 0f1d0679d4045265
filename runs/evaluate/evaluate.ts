/** Compares a finished run with known truth. Reads the run directory and the labels; writes nothing. */
import { type Evaluation, EvaluationSchema } from '../../contracts/evaluation.ts';
import { evaluateClusters } from './clusters.ts';
import { readLabels } from './read-labels.ts';
import { readRun } from './read-run.ts';
import { joinLabels } from './sample.ts';
import { evaluateSubjects } from './subjects.ts';

export interface EvaluateOptions {
  /** Directory of a finished run. */
  run: string;
  labels: string;
  /** Resamples of the bootstrap; 0 leaves the intervals out. */
  resamples: number;
  seed: number;
}

/** Coverage of every interval. */
const LEVEL = 0.95;

/** Throws E_RUN or E_LABELS. Subjects without a label are counted and left out. */
export async function evaluate({
  run: folder,
  labels: path,
  resamples,
  seed,
}: EvaluateOptions): Promise<Evaluation> {
  const run = await readRun(folder);
  const labels = await readLabels(path);
  const options = { resamples, seed, level: LEVEL };
  const accounts = joinLabels(run.accounts, labels.accounts, labels.accounts);
  const devices = joinLabels(run.devices, labels.devices, labels.accounts);
  return EvaluationSchema.parse({
    schema: 'ghostcard/evaluation/1',
    bootstrap: options,
    accounts: evaluateSubjects(accounts, 'exclude', options),
    devices: evaluateSubjects(devices, 'void', options),
    clusters: evaluateClusters(accounts, run.clusterOf, options),
  } satisfies Evaluation);
}
