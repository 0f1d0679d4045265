/**
 * Whether a told risk is the share that is bad, at a base rate that the labelled subjects are weighted to
 * (prior shift: Saerens et al. 2002). Pure.
 */
import type { Interval, Reliability, RiskBin } from '../../contracts/calibration.ts';
import { logit, sigmoid } from '../../pipelines/judge/fusion.ts';
import { type BootstrapOptions, percentileInterval, resample } from '../../statistics/bootstrap.ts';
import { logLossOf } from '../evaluate/calibration.ts';
import { isBad, type Material } from './material.ts';

/**
 * Upper ends of the bins of risk: even in log-odds, since verdicts are made near 1 and most people are near
 * 0.
 */
export const RISK_EDGES = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1] as const;
const BINS = RISK_EDGES.length;
const ABOVE_HALF = RISK_EDGES.indexOf(0.5) + 1;

/** Sums over the bad or the good subjects of a unit. */
interface UnitSums {
  weight: Float64Array;
  /** Per unit and bin: weight and weighted risk. */
  inBin: Float64Array;
  told: Float64Array;
  loss: Float64Array;
  ownPriorLoss: Float64Array;
}

export interface Predictions {
  material: Material;
  /** Nats against each subject, without the prior. */
  sums: Float64Array;
  /** The policy's own prior. */
  prior: number;
}

const binOf = (risk: number): number => {
  const bin = RISK_EDGES.findIndex((edge) => risk < edge);
  return bin === -1 ? BINS - 1 : bin;
};

function unitSums({ material, sums, prior }: Predictions, rate: number): UnitSums {
  const units = material.unitGroup.length;
  const out: UnitSums = {
    weight: new Float64Array(units),
    inBin: new Float64Array(units * BINS),
    told: new Float64Array(units * BINS),
    loss: new Float64Array(units),
    ownPriorLoss: new Float64Array(units),
  };
  for (let i = 0; i < sums.length; i++) {
    const u = material.unit[i]!;
    const w = material.weight[i]!;
    const risk = sigmoid(sums[i]! + logit(rate));
    const bad = isBad(material, i);
    const at = u * BINS + binOf(risk);
    out.weight[u]! += w;
    out.inBin[at]! += w;
    out.told[at]! += w * risk;
    out.loss[u]! += w * logLossOf(risk, bad);
    out.ownPriorLoss[u]! += w * logLossOf(sigmoid(sums[i]! + logit(prior)), bad);
  }
  return out;
}

/** A bin at the base rate: probability mass of its bad and good subjects, and of risk told. */
interface Mass {
  bad: number;
  good: number;
  told: number;
}

interface Totals {
  bins: Mass[];
  above: Mass;
  loss: number;
  ownPriorLoss: number;
}

/** Weighs bad units to `rate` and good ones to the rest. */
function totalsOf(sums: UnitSums, bad: Uint8Array, rate: number, draws: Uint32Array): Totals {
  const weight = [0, 0];
  for (let u = 0; u < bad.length; u++) weight[bad[u]!]! += draws[u]! * sums.weight[u]!;
  const scale = [(1 - rate) / weight[0]!, rate / weight[1]!];
  const bins = Array.from({ length: BINS }, (): Mass => ({ bad: 0, good: 0, told: 0 }));
  let loss = 0;
  let ownPriorLoss = 0;
  for (let u = 0; u < bad.length; u++) {
    const times = draws[u]! * scale[bad[u]!]!;
    if (times === 0) continue;
    loss += times * sums.loss[u]!;
    ownPriorLoss += times * sums.ownPriorLoss[u]!;
    for (let b = 0; b < BINS; b++) {
      const mass = times * sums.inBin[u * BINS + b]!;
      bins[b]![bad[u] === 1 ? 'bad' : 'good'] += mass;
      bins[b]!.told += times * sums.told[u * BINS + b]!;
    }
  }
  return { bins, above: added(bins.slice(ABOVE_HALF)), loss, ownPriorLoss };
}

const added = (masses: readonly Mass[]): Mass =>
  masses.reduce((a, b) => ({ bad: a.bad + b.bad, good: a.good + b.good, told: a.told + b.told }), {
    bad: 0,
    good: 0,
    told: 0,
  });

const shareBad = ({ bad, good }: Mass): number => bad / (bad + good);

/**
 * Bounds of the share of bad subjects in a bin: of operators and cohorts drawn again; where one of the two is
 * absent every draw is alike, and three of its n subjects are taken to be missed (the rule of three).
 */
function observed(mass: Mass, draws: Float64Array | undefined, level: number, missed: Mass): Interval {
  const value = shareBad(mass);
  if (!draws) return { value, low: null, high: null };
  if (mass.good === 0) return { value, low: mass.bad / (mass.bad + missed.good), high: 1 };
  if (mass.bad === 0) return { value, low: 0, high: missed.bad / (missed.bad + mass.good) };
  return { value, ...(percentileInterval(draws, level) ?? { low: 0, high: 1 }) };
}

/** Subjects of one truth as if each had been drawn alike (Kish 1965). */
function effectiveNumber(material: Material, bad: boolean): number {
  let weight = 0;
  let squares = 0;
  for (const [i, w] of material.weight.entries()) {
    if (isBad(material, i) !== bad) continue;
    weight += w;
    squares += w * w;
  }
  return squares === 0 ? 0 : (weight * weight) / squares;
}

/** How well the predictions are calibrated at a base rate. Without resamples there are no intervals. */
export function reliability(
  predictions: Predictions,
  rate: number,
  { resamples, seed, level }: BootstrapOptions,
): Omit<Reliability, 'subject' | 'weights'> {
  const { material } = predictions;
  const units = material.unitGroup.length;
  const bad = Uint8Array.from(material.unitGroup, (group) => (material.groups[group]!.bad ? 1 : 0));
  const sums = unitSums(predictions, rate);
  const once = new Uint32Array(units).fill(1);
  const all = totalsOf(sums, bad, rate, once);
  const drawn = resample({ sizes: once, resamples, seed }, (draws) => {
    const totals = totalsOf(sums, bad, rate, draws);
    return [totals.loss, shareBad(totals.above), ...totals.bins.map(shareBad)];
  });
  const subjects = Array.from({ length: BINS }, () => ({ bad: 0, good: 0 }));
  for (let i = 0; i < predictions.sums.length; i++) {
    const bin = subjects[binOf(sigmoid(predictions.sums[i]! + logit(rate)))]!;
    bin[isBad(material, i) ? 'bad' : 'good'] += 1;
  }
  const missed: Mass = {
    bad: (rate * 3) / Math.max(3, effectiveNumber(material, true)),
    good: ((1 - rate) * 3) / Math.max(3, effectiveNumber(material, false)),
    told: 0,
  };
  const bin = (
    low: number,
    high: number,
    mass: Mass,
    n: { bad: number; good: number },
    s: number,
  ): RiskBin => {
    const share = mass.bad + mass.good;
    return {
      low,
      high,
      share,
      ...n,
      told: share === 0 ? null : mass.told / share,
      observed: share === 0 ? null : observed(mass, drawn[s], level, missed),
    };
  };
  const above = subjects.slice(ABOVE_HALF);
  const total = (truth: 'bad' | 'good') => above.reduce((sum, n) => sum + n[truth], 0);
  const loss = drawn[0] && percentileInterval(drawn[0], level);
  return {
    base_rate: rate,
    bins: all.bins.map((mass, b) => bin(RISK_EDGES[b - 1] ?? 0, RISK_EDGES[b]!, mass, subjects[b]!, b + 2)),
    above_half: bin(0.5, 1, all.above, { bad: total('bad'), good: total('good') }, 1),
    log_loss: { value: all.loss, low: loss?.low ?? null, high: loss?.high ?? null },
    log_loss_own_prior: all.ownPriorLoss,
  };
}
