/** What fitting gains on the half that was fitted on and on the other, with an interval over operators. Pure. */
import { FINAL, HELD, type Sample } from '../../runs/evaluate/sample.ts';
import { type Bootstrap, percentileInterval, resample } from '../../statistics/bootstrap.ts';
import type { Rate } from '../worlds/pool.ts';

/** The same subjects judged by two policies. */
export interface Pair {
  shipped: Sample;
  fitted: Sample;
}

/** Found by the fitted policy less found by the shipped one, in shares of the bad: B less A. */
export interface TuningGain {
  final: Rate;
  final_or_held: Rate;
}

/** By unit: bad subjects, and how many more of them the fitted policy finds. */
function gains({ shipped, fitted }: Pair, outcome: number): { sizes: Float64Array; more: Float64Array } {
  const sizes = new Float64Array(shipped.units);
  const more = new Float64Array(shipped.units);
  for (const [i, unit] of shipped.unit.entries()) {
    if (shipped.bad[i] !== 1) continue;
    sizes[unit]! += 1;
    more[unit]! += Number(fitted.outcome[i]! >= outcome) - Number(shipped.outcome[i]! >= outcome);
  }
  const bad = [...sizes.keys()].filter((unit) => sizes[unit]! > 0);
  return { sizes: Float64Array.from(bad, (u) => sizes[u]!), more: Float64Array.from(bad, (u) => more[u]!) };
}

function gainOf(pair: Pair, outcome: number, bootstrap: Bootstrap): { value: number; draws: Float64Array } {
  const { sizes, more } = gains(pair, outcome);
  const share = (weights: Uint32Array): number => {
    let part = 0;
    let whole = 0;
    for (let u = 0; u < sizes.length; u++) {
      part += weights[u]! * more[u]!;
      whole += weights[u]! * sizes[u]!;
    }
    return part / whole;
  };
  const ones = new Uint32Array(sizes.length).fill(1);
  const [draws] = resample({ sizes: ones, ...bootstrap }, (weights) => [share(weights)]);
  return { value: share(ones), draws: draws ?? new Float64Array(0) };
}

/**
 * Null where a half has no bad subject. Operators of the halves are drawn apart; the interval is at 95 %, and
 * −1 to 1 where draws say nothing.
 */
export function tuningGain(a: Pair, b: Pair, bootstrap: Bootstrap): TuningGain | null {
  const of = (outcome: number): Rate => {
    const onA = gainOf(a, outcome, bootstrap);
    const onB = gainOf(b, outcome, { ...bootstrap, seed: bootstrap.seed + 1 });
    const draws = onB.draws.map((gain, r) => gain - onA.draws[r]!);
    const { low, high } = percentileInterval(draws) ?? { low: -1, high: 1 };
    return { value: onB.value - onA.value, low, high };
  };
  const some = ({ shipped }: Pair) => shipped.bad.includes(1);
  return some(a) && some(b) ? { final: of(FINAL), final_or_held: of(HELD) } : null;
}
