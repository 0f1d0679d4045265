/** How well the run's clusters match the operators that the labels name. */
import type { Evaluation } from '../../contracts/evaluation.ts';
import { type BootstrapOptions, resample } from '../../statistics/bootstrap.ts';
import { bCubed, f1 } from './bcubed.ts';
import type { Sample } from './sample.ts';
import { estimates } from './subjects.ts';

/**
 * B-cubed over the truly bad accounts of operators that own two or more of them; an unclustered account is a
 * cluster of its own. Good accounts are no items (most stand alone, and would drown the figure): those caught
 * in a cluster are counted beside it. The bootstrap draws operators and keeps each item's precision and
 * recall of the full sample.
 */
export function evaluateClusters(
  sample: Sample,
  clusterOf: ReadonlyMap<string, string>,
  { resamples, seed, level }: BootstrapOptions,
): Evaluation['clusters'] {
  const owned = new Map<string, number>();
  for (const [i, operator] of sample.operator.entries()) {
    if (operator !== null && sample.bad[i] === 1) owned.set(operator, (owned.get(operator) ?? 0) + 1);
  }
  const items = sample.ids.flatMap((id, i) => {
    const operator = sample.operator[i];
    if (operator == null || sample.bad[i] !== 1 || owned.get(operator)! < 2) return [];
    return [{ operator, cluster: clusterOf.get(id) ?? null }];
  });
  const operators = [...new Set(items.map(({ operator }) => operator))];
  const unitOf = new Map(operators.map((operator, u) => [operator, u]));
  const unit = Uint32Array.from(items, ({ operator }) => unitOf.get(operator)!);
  const scores = bCubed(items);
  const statistics = (weights: Uint32Array): number[] => {
    let n = 0;
    let precision = 0;
    let recall = 0;
    for (let i = 0; i < items.length; i++) {
      const weight = weights[unit[i]!]!;
      n += weight;
      precision += weight * scores.precision[i]!;
      recall += weight * scores.recall[i]!;
    }
    return [precision / n, recall / n, f1(precision / n, recall / n)];
  };
  const ones = new Uint32Array(operators.length).fill(1);
  const draws = resample({ sizes: ones, resamples, seed }, statistics);
  const [precision, recall, harmonic] = estimates(statistics(ones), draws, level);
  return {
    items: items.length,
    operators: operators.length,
    clustered: items.filter(({ cluster }) => cluster !== null).length,
    good_clustered: sample.ids.filter((id, i) => sample.bad[i] === 0 && clusterOf.has(id)).length,
    precision: precision!,
    recall: recall!,
    f1: harmonic!,
  };
}
