/** An analyst's word on who belongs together: lines of `decisions.ndjson`, and what a run makes of them. */
import { z } from 'zod';

export const OPERATOR_DECISIONS = ['merge', 'split', 'pin'] as const;

export type OperatorDecisionKind = (typeof OPERATOR_DECISIONS)[number];

/** Accounts that one line may name. A ring of more is split into lines. */
export const ACCOUNTS_PER_DECISION = 10_000;

const accounts = z
  .array(z.string().min(1))
  .min(1)
  .max(ACCOUNTS_PER_DECISION)
  .refine((ids) => new Set(ids).size === ids.length, 'an account is named twice');
const several = accounts.refine((ids) => ids.length > 1, 'at least two accounts');

const signed = {
  by: z.string().min(1),
  at: z.iso.datetime({ offset: true }),
  /** Absent or null: until a later line says otherwise. */
  until: z.iso.datetime({ offset: true }).nullable().default(null),
  why: z.string().min(1),
};

export const OperatorDecisionSchema = z
  .discriminatedUnion('operator', [
    /** One operator stands behind these accounts. */
    z.object({ operator: z.literal('merge'), accounts: several, ...signed }).strict(),
    /** None of these accounts is of the operator of any of those. */
    z.object({ operator: z.literal('split'), accounts, from: accounts, ...signed }).strict(),
    /** These accounts stay together, and their cluster keeps this id. */
    z
      .object({
        operator: z.literal('pin'),
        cluster: z.string().regex(/^c-[0-9a-f]{12}$/, 'c- and 12 hex digits'),
        accounts: several,
        ...signed,
      })
      .strict(),
  ])
  .refine(
    (line) =>
      line.operator !== 'split' ||
      new Set([...line.accounts, ...line.from]).size === line.accounts.length + line.from.length,
    'an account cannot be split from itself',
  )
  .refine(
    ({ at, until }) => until === null || Date.parse(until) > Date.parse(at),
    'it ends before it begins (until)',
  );

export type OperatorDecision = z.infer<typeof OperatorDecisionSchema>;

/** Row of `operator.decision`: a line as this run met it. Times in UTC epoch ms. */
export interface OperatorDecisionRow {
  kind: OperatorDecisionKind;
  /** Id that a pin keeps. */
  cluster_id: string | null;
  accounts: string[];
  /** Whom a split parts them from. */
  from: string[];
  by: string;
  at: number;
  until: number | null;
  why: string;
  /**
   * `superseded`: newer lines say otherwise about all that it says; `unknown-subject`: too few of its
   * accounts are in the dataset to mean anything.
   */
  state: 'in-force' | 'expired' | 'superseded' | 'unknown-subject';
  /** Accounts about which newer lines say otherwise, or, for a superseded pin, all of them. */
  set_aside: string[];
  /** Accounts that the dataset does not have. */
  missing: string[];
}
