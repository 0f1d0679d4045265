/**
 * What `ghostcard calibrate` finds: the fitted weights beside the present ones, and how well risks are
 * calibrated.
 */
import type { ForgeableBy } from './evidence.ts';

/** Why a level's weight is what it is. */
export const CALIBRATED_WHY = {
  observes: 'the policy gives it no weight, and nobody asked to promote its detector',
  'no-findings': 'no labelled subject shows it: it stays',
  'one-attack':
    'hardly more than one attack family shows it, so too little speaks for it when that is held out: it never rises',
  evidence: 'what the hold-outs agree on, drawn towards the present weight',
  'false-alarms': 'honest subjects show it',
  'no-gain': 'rising would not make predictions of held-out groups better at every base rate',
  tested: 'no higher than ln(n/3) of the honest subjects that it was tested on',
  cohorts: 'no higher than ln(c²/3) of the honest cohorts that it was tested on',
  anyone: 'others can create it: it never rises',
  cap: "no higher than its family's cap",
  line: 'no higher than what would let one finding alone hold somebody, or join accounts: that is for a person to decide',
  order: 'no higher than a level that the detector calls stronger',
} as const;

export type CalibratedWhy = keyof typeof CALIBRATED_WHY;

/** A run with its truth. */
export interface CalibratedRun {
  /** Name of the run's folder. */
  name: string;
  /** SHA-256 of its manifest, and of the labels file. */
  manifest: string;
  labels: string;
  /** RFC 3339 UTC. */
  snapshot: string;
  accounts: { bad: number; good: number };
  devices: { bad: number; good: number };
  /** Labels that name no subject of the run: left out. */
  strangers: number;
}

/** Weights in nats. Rates are weighted by how subjects were drawn. */
export interface CalibratedLevel {
  subject: 'account' | 'device';
  detector: string;
  level: string;
  forgeable_by: ForgeableBy;
  present: number;
  fitted: number;
  /** 95 % interval of the fitted weight: operators and cohorts drawn again. NULL without a bootstrap. */
  low: number | null;
  high: number | null;
  /** ln(hit rate / false-alarm rate) with everybody; NULL where no bad subject shows it. */
  estimate: number | null;
  /** The same over all hold-outs. */
  held_out_low: number | null;
  held_out_high: number | null;
  /** Labelled subjects that show it. */
  bad: number;
  good: number;
  /** Attack families in which it fires. */
  families: number;
  /** Independent honest subjects and cohorts that it was tested on. */
  tested: number;
  cohorts: number;
  why: CalibratedWhy;
  /** The group whose hold-out left the least; NULL where none matters. */
  held_out: string | null;
}

export interface Interval {
  value: number;
  low: number | null;
  high: number | null;
}

/** Subjects told a risk of [low, high). */
export interface RiskBin {
  low: number;
  high: number;
  /** Share of all subjects at the base rate. */
  share: number;
  /** Labelled subjects. */
  bad: number;
  good: number;
  /** Mean risk told, and the share that is truly bad, with its 95 % interval; NULL when the bin is empty. */
  told: number | null;
  observed: Interval | null;
}

export interface Reliability {
  subject: 'account' | 'device';
  /** Share of bad subjects that the labelled ones are weighted to; the policy's prior is set to it. */
  base_rate: number;
  /** `fitted`: each group judged by weights that never saw it. */
  weights: 'present' | 'fitted';
  bins: RiskBin[];
  above_half: RiskBin;
  /** Nats per subject. */
  log_loss: Interval;
  /** Nats per subject when the policy's own prior stays. */
  log_loss_own_prior: number;
}

export interface Calibration {
  schema: 'ghostcard/calibration/1';
  runs: CalibratedRun[];
  bootstrap: { resamples: number; seed: number; level: number };
  /** Standard deviation of what the present weight says of the true one, nats. */
  trust: number;
  base_rates: number[];
  levels: CalibratedLevel[];
  reliability: Reliability[];
}
