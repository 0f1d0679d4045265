/**
 * What cluster and judge leave behind: one interface per table of `operator.*` and `verdict.*`, and the words
 * in them. Publish prints the contract's files from these tables; `explain` reads `verdict.term`, a row per
 * term of the sum. Probabilities are rounded to 6 places. Nats are natural-log units. Times are UTC epoch
 * milliseconds.
 */
import { z } from 'zod';
import type { Family, ForgeableBy } from './evidence.ts';

export type AccountVerdict = 'exclude' | 'review' | 'clear';
export type DeviceVerdict = 'void' | 'review' | 'clear';

/**
 * Why a subject whose posterior passes a threshold is held for review instead of being excluded or voided, or
 * clear instead of being held.
 */
export const HELD_BY = {
  'some-cards':
    'some of its cards are fake and some are not: the points of the fake ones fall, the rest is held',
  'prior-slack': 'the verdict does not survive the slack of the prior',
  'one-cause': 'one cause alone speaks against it: that is shown and holds nothing',
  'one-family': 'fewer than two independent families of evidence',
  'others-could-author': 'too little is left when all evidence that others could create is deleted',
  'no-cluster': 'no cluster of accounts stands behind it',
  'small-cluster': 'the cluster has fewer accounts than the policy asks for',
  'unstable-cluster': 'the cluster changes with resolution or seed',
  'thin-cluster': 'too few of the cluster share a fact with each other directly',
  bridge: 'the account hangs on the cluster by a single other account',
  'outside-cluster': 'part of the evidence points outside its own cluster',
  'leave-three-out': 'the verdict does not survive removing three other accounts',
  'below-threshold': 'the evidence stays below the threshold',
  'carried-by-others': "only the other members' evidence speaks against it",
  house: 'declared team, investor or partner account: never excluded automatically',
  'risk-budget': 'the list already carries as much expected error as the policy allows',
  decision: 'an analyst decided so',
  merged: "an analyst says that an excluded account's operator stands behind it; the evidence alone does not",
} as const;

export type HeldBy = keyof typeof HELD_BY;

/** Why a term is printed but does not count. */
export const WHY_NOT = {
  'other-card':
    'it speaks of another card of the machine; the card with most against it is the one that is summed',
  observing: 'the policy gives this detector no weight yet',
  'too-few-tested': 'tested on too few honest subjects to weigh anything',
  'same-fact': 'another finding of the detector about the same value counts already',
  'also-holds': 'it also holds; a stronger level of the detector about the same thing counts already',
  hub: 'the value is shared by very many accounts that share nothing else',
  'family-cap': 'the family has reached its cap',
  'others-could-author': 'evidence that anyone could create has reached its cap',
} as const;

export type WhyNot = keyof typeof WHY_NOT;

/**
 * Row of `operator.link`: two accounts of one cluster, the earlier-created first; at most n − 1 rows per
 * shared value.
 */
export interface Link {
  a: string;
  b: string;
  /** Nats: the sum of `items`. */
  weight: number;
  /** JSON array of `{detector, value, forgeable_by, weight}`, strongest first. */
  items: string;
}

/** Row of `operator.member`. */
export interface Member {
  account_id: string;
  cluster_id: string;
  /** Share of runs of the sweep in which the account stays with the cluster's majority. */
  stability: number;
  /** Share of the other members with which it shares a fact directly; 16 of them count as all. */
  density: number;
  /** True when removing one other account would cut it off from most of the cluster. */
  bridge: boolean;
}

/** Row of `operator.cluster`. */
export interface Cluster {
  cluster_id: string;
  accounts: number;
  devices: number;
  /** Mean overlap (Jaccard) with the best-matching group over all runs of the sweep. */
  stability: number;
  stable: boolean;
  /** Mean density of its members. */
  density: number;
  /** Creation of its earliest account; last observation of a fact that links it. */
  first_seen: number;
  last_seen: number;
}

/** Row of `operator.hub`: a value that was kept out of the graph. */
export interface Hub {
  detector: string;
  value: string;
  accounts: number;
  /** Share of them that share anything else with another of them. */
  related_share: number;
}

/**
 * Row of `verdict.term`. The weights of a subject's terms and the prior's log-odds sum to its posterior's
 * log-odds.
 */
export interface Term {
  subject_type: 'account' | 'device';
  subject_id: string;
  detector: string;
  family: Family;
  level: string;
  reason: string;
  forgeable_by: ForgeableBy;
  value: string | null;
  /**
   * 16 hex digits that name the fact (detector, level, value) from run to run; analysts' decisions refer to
   * it.
   */
  fact: string;
  /** Nats by the policy, after ln(tested / 3). */
  weight_raw: number;
  /** Nats in the sum, after discount and caps. */
  weight: number;
  counted: boolean;
  why_not: WhyNot | null;
  /**
   * For linking facts: other accounts that share the value, and how many of them are in the account's own
   * cluster.
   */
  sharers: number | null;
  sharers_in_cluster: number | null;
  related: string[];
  /** JSON object of the detector. */
  facts: string;
  first_at: number | null;
  last_at: number | null;
  /** True when it says that the accounts that share `value` have one operator. */
  links: boolean;
  /** True when so many accounts share `value` that it joins nobody: it may hold, but carries no exclusion. */
  hub: boolean;
  /**
   * Of a device: index of the card that it is about; NULL for the whole machine. Always NULL for an account.
   */
  card: number | null;
  /**
   * Which of several measurements of its detector it is a level of; NULL where the detector states one thing.
   */
  facet: string | null;
}

/** Row of `verdict.machine`: a device of which a finding names a card. What frees a card of it. */
export interface MachineRow {
  device_id: string;
  /** Indices of its newest inventory; empty without one. */
  places: number[];
  /** Indices of the cards that the network measured often enough to accuse them. */
  judgeable: number[];
  /** Cards that it is registered with. */
  listed: number | null;
}

/**
 * Row of `verdict.account`: every account. Points are decimals of six places, kept as text on this side of
 * the warehouse.
 */
export interface AccountRow {
  account_id: string;
  verdict: AccountVerdict;
  risk: number;
  cluster_id: string | null;
  devices: number;
  devices_void: number;
  points_before: string;
  points_after: string;
  /** Reason codes joined by a pipe character, strongest first. */
  reasons: string;
  /** Codes of HELD_BY joined by a pipe character; empty when nothing holds it. */
  held_by: string;
}

/** Row of `verdict.device`: every device. */
export interface DeviceRow {
  device_id: string;
  account_id: string;
  verdict: DeviceVerdict;
  risk: number;
  verified: 'network' | 'unverified';
  reasons: string;
  held_by: string;
  /**
   * Its part in the owner's points: online 15-minute bins × claimed cards, or claimed cards without
   * heartbeats.
   */
  share: number;
}

/** Row of `verdict.gpu`: a card of a device, as an inventory, heartbeats or benchmarks name it. */
export interface GpuRow {
  device_id: string;
  gpu_index: number;
  verdict: DeviceVerdict;
  risk: number;
  reasons: string;
}

/**
 * Row of `verdict.one_card`: a machine of a set that one card, or fewer cards than machines, stands behind.
 */
export interface OneCardRow {
  device_id: string;
  /** Number of the set within the run. */
  set_no: number;
}

/** Row of `verdict.card_set`: at least two void machines that findings declare as one card's. */
export interface CardSetRow {
  set_no: number;
  /**
   * `m-` and 16 hex digits of the SHA-256 of its earliest-registered machine: it keeps its name while others
   * join.
   */
  merchant_id: string;
  /** True when accounts that nothing else links own its void machines. */
  merchant: boolean;
  accounts: number;
  devices: number;
  devices_void: number;
  /**
   * Claimed models, joined by a pipe character; the most frequent of its void machines is the one it is
   * counted under.
   */
  gpu_models: string;
  gpu_model: string;
  /** Distinct cards behind it, in cards, not machines. */
  cards_at_least: number;
  cards_at_most: number;
  first_seen: number | null;
  last_seen: number | null;
  reasons: string;
}

/** Row of `verdict.supply`: cards of one claimed model. */
export interface SupplyRow {
  gpu_model: string;
  claimed: number;
  heartbeating: number;
  answering: number;
  benchmarked: number;
  void: number;
  /** Bounds and expectation of the real cards, 95 %. */
  real_low: number;
  real_estimate: number;
  real_high: number;
}

/** Row of `verdict.cluster`: a cluster with at least one account that is not clear. */
export interface ClusterRow {
  cluster_id: string;
  accounts: number;
  excluded: number;
  devices: number;
  /** Pooled over the members: each fact once. */
  risk: number;
  first_seen: number;
  last_seen: number;
  reasons: string;
  stability: number;
  density: number;
}

/** Row of `verdict.certificate`: what an excluded account's verdict survived. */
export interface CertificateRow {
  account_id: string;
  test: 'prior-slack' | 'without-others-evidence' | 'without-three-accounts';
  /** Terms deleted or weakened. */
  terms_removed: number;
  /** Log-odds left after the deletion, and how far above the threshold they are, nats. */
  log_odds: number;
  margin: number;
}

/** The brakes: what each compares stands in the policy. */
export const BRAKE_NAMES = ['detector-jump', 'segment-share', 'points-share', 'input-loss'] as const;

export type BrakeName = (typeof BRAKE_NAMES)[number];

/** Row of `verdict.brake`: one comparison that a brake made and that failed, or that was overridden. */
export interface BrakeRow {
  name: BrakeName;
  /**
   * Detector, segment as `country=DE`, or table of which no row was loaded. Empty for points and for all
   * owners.
   */
  segment: string;
  observed: number;
  allowed: number;
  total: number;
  /** Who overrode it and why; NULL when it stops the run. */
  overridden_why: string | null;
}

/** An operator's word that lets a run pass a brake; recorded in `verdict.brake`. */
export interface BrakeOverride {
  name: BrakeName;
  why: string;
}

/** Row of `verdict.decision`: an analyst's decision as this run met it. */
export interface DecisionRow {
  subject_type: 'account' | 'device';
  subject_id: string;
  verdict: string;
  by: string;
  at: number;
  until: number | null;
  why: string;
  state: 'in-force' | 'expired' | 'reopened' | 'superseded' | 'unknown-subject';
  /** Facts that the decision did not know, when it was reopened. */
  new_facts: string[];
}

/** A line of `decisions.ndjson`. */
export const DecisionSchema = z
  .object({
    subject_type: z.enum(['account', 'device']).default('account'),
    subject: z.string().min(1),
    verdict: z.enum(['exclude', 'void', 'review', 'clear']),
    by: z.string().min(1),
    at: z.iso.datetime({ offset: true }),
    /** Absent or null: until withdrawn by a later decision. */
    until: z.iso.datetime({ offset: true }).nullable().default(null),
    why: z.string().min(1),
    /** `fact` of every counted term that the analyst saw. */
    evidence: z.array(z.string().regex(/^[0-9a-f]{16}$/)),
  })
  .strict()
  .refine((line) => line.subject_type === 'device' || line.verdict !== 'void', 'an account cannot be void')
  .refine(
    (line) => line.subject_type === 'account' || line.verdict !== 'exclude',
    'a device cannot be excluded',
  );

export type Decision = z.infer<typeof DecisionSchema>;
