/** What the report prints: a plain value, read from the warehouse by publish. Times in UTC epoch ms. */
import type { DetectorMeta } from '../../contracts/detector.ts';
import type { ClusterPicture } from '../../contracts/dossier.ts';
import type { Coverage } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { RunManifest } from '../../contracts/run.ts';

export interface ReportTerm {
  subject_type: 'account' | 'device';
  subject_id: string;
  detector: string;
  level: string;
  family: string;
  reason: string;
  forgeable_by: string;
  /** Nats in the sum. */
  weight: number;
  counted: boolean;
  why_not: string | null;
  /** How many other subjects share the fact. */
  related: number;
}

export interface ReportSubject {
  subject_type: 'account' | 'device';
  subject_id: string;
  risk: number;
  /** Cluster of an account, owner of a device. */
  belongs_to: string | null;
  gpu_model: string | null;
  points_before: string | null;
  points_after: string | null;
  reasons: string;
}

export interface ReportCluster {
  cluster_id: string;
  accounts: number;
  excluded: number;
  devices: number;
  risk: number;
  first_seen: number;
  last_seen: number;
  reasons: string;
  stability: number;
  density: number;
  points_taken: string;
  points_held: string;
  /** The first members in order of registration. */
  members: string[];
}

export interface ReportLink {
  cluster_id: string;
  detector: string;
  links: number;
  shared_values: number;
  /** Nats of the strongest. */
  strongest: number;
}

export interface ReportReason {
  subject_type: 'account' | 'device';
  reason: string;
  decided: number;
  held: number;
}

export interface ReportBand {
  /** 1: top hundredth, 2: next nine, 3: next forty, 4: the other half. */
  band: number;
  accounts: number;
  excluded: number;
  held: number;
  points_before: string;
  payable: string;
}

export interface ReportNetworkFinding {
  detector: string;
  reason: string;
  valid_from: string | null;
  valid_to: string | null;
  metric: string;
  observed: number | null;
  expected: number | null;
  severity: string;
}

export interface ReportMerchant {
  merchant_id: string;
  accounts: number;
  devices: number;
  devices_void: number;
  gpu_models: string;
  cards_at_least: number;
  cards_at_most: number;
  first_seen: number | null;
  last_seen: number | null;
  reasons: string;
  /** Of the customers: taken away with the void machines. */
  points_taken: string;
  /** Merchants in all, of which the list may show fewer. */
  of: number;
}

export interface ReportSupply {
  gpu_model: string;
  claimed: number;
  heartbeating: number;
  answering: number;
  benchmarked: number;
  void: number;
  real_low: number;
  real_estimate: string;
  real_high: number;
}

/** Listings of one model on one network, as each was last seen. */
export interface ReportListed {
  network: string;
  gpu_model: string;
  listings: number;
  offers: number;
  offers_available: number;
  cards: number;
  offers_without_count: number;
  first_seen: string;
  last_seen: string;
}

export interface ReportModel {
  run: Omit<RunManifest, 'outputs'>;
  policy: Policy;
  detectors: Readonly<Record<string, DetectorMeta>>;
  coverage: readonly Coverage[];
  /** The most subjects of one kind that are shown in full, and the most rows of any other list. */
  cap: number;
  subjects: readonly ReportSubject[];
  terms: readonly ReportTerm[];
  reasons: readonly ReportReason[];
  held: readonly { subject_type: 'account' | 'device'; held_by: string; subjects: number }[];
  clusters: readonly ReportCluster[];
  /** Of the first of them. */
  pictures: readonly ClusterPicture[];
  links: readonly ReportLink[];
  bands: readonly ReportBand[];
  network: readonly ReportNetworkFinding[];
  supply: readonly ReportSupply[];
  listed: readonly ReportListed[];
  merchants: readonly ReportMerchant[];
  rejected: readonly { code: string; rows: number; files: number }[];
  orphans: readonly { table: string; column: string; rows: number; ids: number }[];
  /** Columns that were ignored or lost values (`rows` of them). */
  columns: readonly { state: string; file: string; table: string; column: string; rows: number | null }[];
  unverified: readonly { gpu_model: string; devices: number; unverified: number }[];
  brakes: readonly {
    name: string;
    segment: string;
    observed: number;
    allowed: number;
    overridden_why: string | null;
  }[];
  decisions: readonly { state: string; decisions: number }[];
}
