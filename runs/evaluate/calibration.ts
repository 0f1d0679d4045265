/** Whether a risk of 0.9 means bad in nine of ten cases. */
import { clopperPearson } from '../../statistics/binomial.ts';

/** Risks are rounded on output, so 0 and 1 occur; they are taken as this far from certainty. */
const CERTAINTY = 1e-12;

/** Negative natural log of the probability given to what was true (Good 1952), nats. */
export function logLossOf(risk: number, bad: boolean): number {
  const told = bad ? risk : 1 - risk;
  return Math.log(1 / Math.max(CERTAINTY, told));
}

/** Squared distance of the risk from the truth (Brier 1950). */
export function brierOf(risk: number, bad: boolean): number {
  return (risk - (bad ? 1 : 0)) ** 2;
}

export interface ReliabilityBin {
  low: number;
  high: number;
  n: number;
  bad: number;
  /** Mean risk told in the bin; NULL when it is empty. */
  told: number | null;
  /** Share that is truly bad, with its exact 95 % interval (Clopper & Pearson 1934). */
  observed: number | null;
  observed_low: number | null;
  observed_high: number | null;
}

export interface Calibration {
  bins: ReliabilityBin[];
  /** Mean |told − observed| over bins, weighted by n (Naeini et al. 2015). Easy zeros swamp it. */
  expected_error: number | null;
  /** Everything told above 0.5, as one bin: where verdicts are made. */
  above_half: ReliabilityBin;
}

function bin(low: number, high: number, members: { n: number; bad: number; sum: number }): ReliabilityBin {
  const { n, bad, sum } = members;
  if (n === 0)
    return { low, high, n, bad, told: null, observed: null, observed_low: null, observed_high: null };
  const exact = clopperPearson(bad, n);
  return {
    low,
    high,
    n,
    bad,
    told: sum / n,
    observed: bad / n,
    observed_low: exact.low,
    observed_high: exact.high,
  };
}

/**
 * Reliability curve (DeGroot & Fienberg 1983) over `count` bins of equal width; a bin holds [low, high), the
 * last one its upper end too.
 */
export function calibration(risks: Float64Array, bad: Uint8Array, count = 10): Calibration {
  const empty = () => ({ n: 0, bad: 0, sum: 0 });
  const members = Array.from({ length: count }, empty);
  const above = empty();
  for (let i = 0; i < risks.length; i++) {
    const risk = risks[i]!;
    const targets = [members[Math.min(count - 1, Math.floor(risk * count))]!];
    if (risk > 0.5) targets.push(above);
    for (const target of targets) {
      target.n += 1;
      target.bad += bad[i]!;
      target.sum += risk;
    }
  }
  const bins = members.map((one, i) => bin(i / count, (i + 1) / count, one));
  const gaps = bins.map(({ n, told, observed }) => (n === 0 ? 0 : n * Math.abs(told! - observed!)));
  return {
    bins,
    expected_error: risks.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / risks.length,
    above_half: bin(0.5, 1, above),
  };
}
