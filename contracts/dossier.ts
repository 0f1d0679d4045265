/** What `explain` says of one account, device or cluster: a value that terminal and JSON print alike. */
import type { CertificateRow } from './verdict.ts';

export interface DossierTerm {
  detector: string;
  title: string;
  family: string;
  reason: string;
  /** One sentence for the accused. */
  says: string;
  forgeable_by: string;
  /** Nats in the sum; 0 when it does not count. */
  weight: number;
  weight_raw: number;
  /** Log-odds after this term, and the probability that they stand for. */
  running: number;
  probability: number;
  counted: boolean;
  /** Why it does not count, in words; empty when it does. */
  why_not: string;
  /** Name of the fact from run to run; decisions refer to it. */
  fact: string;
  value: string | null;
  related: string[];
  /** The detector's numbers. */
  facts: Record<string, unknown>;
  first_at: string | null;
  last_at: string | null;
}

export interface DossierLink {
  account_id: string;
  verdict: string;
  /** Nats: the sum over what is shared. */
  weight: number;
  shared: { detector: string; title: string; value: string; weight: number }[];
}

export interface DossierFlip {
  /** Facts to remove; empty when the verdict does not rest on evidence. */
  removed: { fact: string; reason: string; says: string; weight: number }[];
  /** True when no smaller set flips the verdict. */
  smallest: boolean;
}

/** What the owner of a machine should know that shares a card with strangers' machines. */
export interface DossierMerchant {
  merchant_id: string;
  accounts: number;
  devices: number;
  devices_void: number;
  cards_at_least: number;
  cards_at_most: number;
  /** The subject's void machines in it. */
  own_devices: string[];
  says: string;
  /** What to do before the snapshot. */
  advice: string;
}

export interface SubjectDossier {
  kind: 'account' | 'device';
  id: string;
  snapshot: string;
  verdict: string;
  risk: number;
  reasons: string[];
  /** Why it is held instead of decided, in words. */
  held_by: string[];
  /** What else the run knows, in reading order. */
  about: Record<string, string | number | boolean | null>;
  prior: { log_odds: number; probability: number };
  /** The threshold of the harshest verdict. */
  threshold: { verdict: 'exclude' | 'void'; log_odds: number; probability: number };
  terms: DossierTerm[];
  links: DossierLink[];
  /** Accounts it is linked with, of which `links` names the strongest. */
  link_count: number;
  /** Null for a clear subject. */
  flip: DossierFlip | null;
  certificates: Omit<CertificateRow, 'account_id'>[];
  decisions: { verdict: string; by: string; at: string; until: string | null; why: string; state: string }[];
  /** An account's devices that are not clear. */
  devices: { device_id: string; verdict: string; risk: number; reasons: string[] }[];
  /** Merchants behind its machines; empty for most. */
  merchants: DossierMerchant[];
  appeal: { title: string; shows: string }[];
  /** What this run could not see of subjects of this kind. */
  unseen: { detector: string; why: string }[];
  /** Days with messages of the subject's devices; flagged subjects only. */
  activity: { day: string; messages: number; online_bins: number; pings: number; answered: number }[];
}

/** A fact that accounts of a cluster share. */
export interface ClusterFact {
  /** A, B, … AA: its name in the picture and in `ties`. */
  letter: string;
  detector: string;
  title: string;
  value: string;
  family: string;
  forgeable_by: string;
  /** Nats, of the account for which it weighs most. */
  weight: number;
  /** Accounts of the cluster that share it. */
  accounts: number;
  /** First and last observation in the cluster. */
  first_at: string | null;
  last_at: string | null;
  /**
   * The account that had it first; of several at once the one that registered first. Null where no time is
   * known.
   */
  first: string | null;
}

/** Two accounts that share facts; of each fact's accounts the earliest-created is tied to every other. */
export interface ClusterTie {
  /** The one that registered first. */
  a: string;
  b: string;
  /** Nats: the sum over the facts. */
  weight: number;
  /** Letters of facts, the strongest first. */
  facts: string[];
}

/** A shared fact, or several of one detector that the same accounts share. */
export interface PictureFact {
  /** Of `ClusterFact`; the first one's is its mark. */
  letters: string[];
  title: string;
  /** Of the first. */
  value: string;
  family: string;
  forgeable_by: string;
  /** Nats of the strongest. */
  weight: number;
  /** Positions in the picture's accounts. */
  accounts: number[];
}

/** What is drawn of a cluster. */
export interface ClusterPicture {
  id: string;
  /** In order of registration, which numbers them from 1. */
  accounts: { id: string; verdict: string }[];
  facts: PictureFact[];
  /** Facts that are not drawn. */
  more_facts: number;
  /** Position of the account that is asked about. */
  highlight?: number;
}

export interface ClusterDossier {
  kind: 'cluster';
  id: string;
  snapshot: string;
  risk: number;
  accounts: number;
  excluded: number;
  devices: number;
  stability: number;
  density: number;
  first_seen: string;
  last_seen: string;
  reasons: string[];
  /** In order of registration. */
  members: { account_id: string; verdict: string; risk: number; points_before: string; created: string }[];
  /**
   * What the members share, the most widely shared first; `fact_count` counts those that are not listed, too.
   */
  facts: ClusterFact[];
  fact_count: number;
  /** Pairs that share facts, the strongest first; `tie_count` as above. */
  ties: ClusterTie[];
  tie_count: number;
  /** Analysts' merges, splits and pins that name a member. */
  decisions: {
    kind: string;
    by: string;
    at: string;
    until: string | null;
    why: string;
    state: string;
    accounts: number;
  }[];
}

export type Dossier = SubjectDossier | ClusterDossier;
