/** All weights of a policy fitted at once. Pure. */
import type { Policy } from '../../contracts/policy.ts';
import { type Estimate, fitDetector, type Group } from './levels.ts';
import type { Kind } from './runs.ts';

/** Found by looking at what a single hidden look-alike would cost; see `shrink` and `cap` in levels.ts. */
const OPTIONS = { account: { shrink: 30, cap: 5.5 }, device: { shrink: 30, cap: 9.5 } } as const;

export interface FittedLevel extends Estimate {
  present: number;
  fitted: number;
}

export interface Fit {
  weights: Policy['weights'];
  levels: FittedLevel[];
}

/** Detectors that no subject shows keep their weights. A detector speaks about one kind of subject. */
export function fitWeights(
  groups: Readonly<Partial<Record<Kind, readonly Group[]>>>,
  policy: Pick<Policy, 'weights'>,
): Fit {
  const weights = structuredClone(policy.weights);
  const levels: FittedLevel[] = [];
  for (const [detector, present] of Object.entries(policy.weights)) {
    const speaks = (kind: Kind) =>
      groups[kind]?.some(({ hits }) =>
        Object.keys(present).some((level) => hits.has(`${detector}.${level}`)),
      );
    const kind = (['account', 'device'] as const).find(speaks);
    if (!kind) continue;
    const fitted = fitDetector(groups[kind]!, detector, present, OPTIONS[kind]);
    weights[detector] = fitted.weights;
    for (const estimate of fitted.estimates) {
      const name = estimate.level.slice(detector.length + 1);
      levels.push({ ...estimate, present: present[name]!, fitted: fitted.weights[name]! });
    }
  }
  return { weights, levels };
}
