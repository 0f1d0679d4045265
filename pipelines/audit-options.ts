/** What an audit is asked for, and what it says while it works. */
import type { BrakeOverride } from '../contracts/verdict.ts';

export interface AuditOptions {
  dataset: string;
  out: string;
  workspace: string;
  /** UTC epoch ms; default: the newest network time of the dataset. */
  snapshot?: number;
  threads: number;
  memoryBytes: number;
  policy?: string;
  decisions?: string;
  /** Plans of challenges whose results are among the benchmarks. */
  challenges?: readonly string[];
  /** Run directory of an earlier audit, for the brake on jumps. */
  previous?: string;
  overrideBrakes: BrakeOverride[];
}

export interface Progress {
  stage: string;
  /** What is worked on now. */
  subject: string;
  /** Units of the stage that are finished, at most `total`. */
  done: number;
  /** Units of the stage; the same in every event of it. */
  total: number;
}
