/** What a decision would change in the next run. */
import type { OperatorDecisionRow } from './operator-decision.ts';

/** A line about one account or device. */
export interface VerdictEffect {
  subject_type: 'account' | 'device';
  subject: string;
  /** Verdict in the run; null without one. */
  now: string | null;
  next: string;
  /** Facts that the line notes as seen. */
  facts: number;
  /** Older lines about the subject that it replaces. */
  replaces: number;
  state: 'in-force' | 'expired' | 'superseded';
}

/** A line about operators, weighed against all others of the file. */
export interface OperatorEffect {
  state: OperatorDecisionRow['state'];
  /** Accounts about which newer lines of the file say otherwise. */
  set_aside: string[];
  /** Older lines that lose something by it. */
  overrides: { kind: string; by: string; at: string; why: string; loses: string[]; state: string }[];
  /** Clusters of the run that it touches. */
  clusters: { cluster_id: string; accounts: number; named: number; excluded: number }[];
  /** Named accounts that are in no cluster of the run. */
  lone: number;
  /**
   * Of a merge or a pin: accounts that are clear now and will be held, since another part has an excluded
   * account.
   */
  held: number;
}

export interface Preview {
  verdicts: VerdictEffect[];
  operators: OperatorEffect[];
}
