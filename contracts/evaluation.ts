/** What `ghostcard evaluate --json` prints: how a finished run compares with known truth. */
import { z } from 'zod';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1).nullable();

/**
 * A statistic with its bootstrap interval. NULL where it is undefined (nothing flagged, one class absent).
 */
const estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const decision = z.object({
  decision: z.string().meta({ description: 'exclude, void, exclude-or-review or void-or-review' }),
  true_positive: count,
  false_positive: count,
  false_negative: count,
  true_negative: count,
  precision: estimate,
  recall: estimate,
  false_positive_rate: estimate,
});

const cell = z.object({
  family: z.string(),
  strength: z.number().int().nullable().meta({ description: 'NULL: all strengths' }),
  n: count.meta({ description: 'truly bad subjects' }),
  operators: count.meta({ description: 'independent operators behind them' }),
  final: count.meta({ description: 'of n, excluded or void' }),
  held: count.meta({ description: 'of n, in review' }),
  recall: share.meta({ description: 'final / n' }),
  recall_or_review: share.meta({ description: '(final + held) / n' }),
  precision: share.meta({
    description: 'final of this cell over those plus every good subject excluded or void',
  }),
});

const ringSize = z.object({
  smallest: count,
  largest: count.nullable().meta({ description: 'NULL: no upper end' }),
  operators: count,
  n: count,
  recall: share,
  recall_or_review: share,
});

const cohort = z.object({
  family: z.string(),
  n: count.meta({ description: 'good subjects' }),
  final: count.meta({ description: 'of n, wrongly excluded or void' }),
  held: count.meta({ description: 'of n, in review' }),
  rate: share,
  upper: share.meta({ description: 'one-sided exact 95 % bound on the rate (Clopper-Pearson)' }),
  rule_of_three: share.meta({ description: '3/n where none was hit, else NULL' }),
});

const bin = z.object({
  low: z.number(),
  high: z.number(),
  n: count,
  bad: count,
  told: share,
  observed: share,
  observed_low: share,
  observed_high: share,
});

const subjects = z.object({
  in_run: count,
  labelled: count,
  bad: count,
  good: count,
  unlabelled: count.meta({ description: 'subjects of the run without a label; left out' }),
  labels_without_subject: count.meta({ description: 'labels that name no subject of the run; left out' }),
  units: count.meta({ description: 'independent operators or owners that the bootstrap draws' }),
  decisions: z.array(decision),
  families: z.array(cell),
  cells: z.array(cell),
  ring_sizes: z.array(ringSize),
  all_good: cohort.meta({ description: 'every good subject as one cohort' }),
  cohorts: z.array(cohort),
  auroc: estimate,
  average_precision: estimate,
  log_loss: estimate.meta({ description: 'nats' }),
  brier: estimate,
  calibration: z.object({ bins: z.array(bin), expected_error: z.number().nullable(), above_half: bin }),
});

export const EvaluationSchema = z.object({
  schema: z.literal('ghostcard/evaluation/1'),
  bootstrap: z.object({ resamples: count, seed: z.number().int(), level: z.number() }),
  accounts: subjects,
  devices: subjects,
  clusters: z.object({
    items: count.meta({ description: 'truly bad accounts of operators with two or more' }),
    operators: count,
    clustered: count.meta({ description: 'of the items, those in a cluster' }),
    good_clustered: count.meta({ description: 'good accounts that stand in a cluster' }),
    precision: estimate,
    recall: estimate,
    f1: estimate,
  }),
});

export type Evaluation = z.infer<typeof EvaluationSchema>;
export type SubjectEvaluation = z.infer<typeof subjects>;
export type Estimate = z.infer<typeof estimate>;
