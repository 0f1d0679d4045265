/** The policy: what evidence is worth, who may be excluded, and when a run stops itself. */
import { z } from 'zod';
import { FAMILIES } from './evidence.ts';

const nats = z.number().min(0).max(50);
const probability = z.number().gt(0).lt(1);
const discount = z.object({ same: z.number().min(0).max(1), other: z.number().min(0).max(1) }).strict();

export const PolicySchema = z
  .object({
    version: z.literal(1),
    name: z.string().min(1),
    /** How the numbers came about: datasets, command, date, what was held out. */
    provenance: z.string().min(1),
    /** Prior probability that an account is Sybil, that a device is fake. */
    prior: z.object({ account: probability, device: probability }).strict(),
    /** Nats per detector and level. A detector that is not named weighs 0: it observes. */
    weights: z.record(z.string(), z.record(z.string(), nats)),
    /**
     * Nats that a linking finding about devices is worth as a link between their owners, per detector and level. What
     * is not named does not speak about accounts: victims of one fake-card merchant share hardware, not an operator.
     */
    lift: z.record(z.string(), z.record(z.string(), nats)),
    /** The most that one family may add, nats, for accounts and for devices. */
    caps: z
      .object({
        account: z.partialRecord(z.enum(FAMILIES), nats),
        device: z.partialRecord(z.enum(FAMILIES), nats),
        /** The most that all evidence which anyone could create may add together, nats. */
        anyone: z.object({ account: nats, device: nats }).strict(),
      })
      .strict(),
    /** Levels that are a network-measured contradiction, repeated: one of them may void a device without a second family. */
    contradictions: z
      .object({
        /**
         * Per level the honest devices outside the dataset on which it was tried without one false alarm; they count beside
         * the dataset's own in ln(tested / 3).
         */
        levels: z.record(z.string(), z.record(z.string(), z.number().int().min(0))),
        /** Replaces the family's cap on a device that has one, nats. */
        cap: nats,
      })
      .strict(),
    /**
     * Families that a landlord causes in all tenants alike (one room, one address block, one image). For the rule of
     * two families they are one.
     */
    hosting: z.array(z.enum(FAMILIES)),
    /**
     * Within a family the strongest term counts fully. Each further one is multiplied, for every stronger term, by `same`
     * where one detector made both and by `other` where two did: two measurements share less than two views of one.
     */
    discount: z.object({ account: discount, device: discount }).strict(),
    thresholds: z
      .object({
        exclude: probability,
        void: probability,
        review: probability,
        /** A verdict must survive this many nats of prior, both ways. */
        priorSlack: z.number().min(0),
        /** Clusters of fewer accounts are never excluded automatically. */
        minClusterSize: z.number().int().min(2),
        /** Share of a cluster that must stay together over the resolution sweep. */
        stability: probability,
        /** Share of the others (at most 16) that a member must share a fact with directly, on average. */
        density: probability,
        /** Nats from which a family counts as one of the two. */
        familyWeight: nats,
      })
      .strict(),
    /** Expected number of wrongful exclusions that a list may carry: the sum of (1 − p). */
    riskBudget: z.number().gt(0),
    cluster: z
      .object({
        resolution: z.number().gt(0),
        /** The sweep multiplies the resolution by each of these. */
        sweep: z.array(z.number().gt(0)).min(2),
        seeds: z.array(z.number().int()).min(1),
        /** Link weight (nats) below which two accounts are not joined. */
        minLink: nats,
        /** A value of more accounts than this is a hub unless at least `related` of them share something else too. */
        hub: z.object({ accounts: z.number().int().min(2), related: probability }).strict(),
      })
      .strict(),
    brakes: z
      .object({
        /** A detector's findings against the previous run's, as a factor. */
        jump: z.number().gt(1),
        /** Share of any segment (country, model, holder size, address class) that may be hit. */
        segmentShare: probability,
        /** Segments smaller than this are not judged. */
        segmentMin: z.number().int().min(1),
        /** Share of all points that a list may take. */
        pointsShare: probability,
        /** Shares of all owners that are hit by a lost value or a refused row: the run warns at one, stops at the other. */
        inputLoss: z
          .object({ warn: probability, stop: probability })
          .strict()
          .refine(({ warn, stop }) => warn <= stop, 'warns at a larger share than it stops at')
          .default({ warn: 0.01, stop: 0.2 }),
      })
      .strict(),
  })
  .strict();

export type Policy = z.infer<typeof PolicySchema>;

/** True when the policy weighs none of the detector's levels: its findings are shown before they count. */
export function observes(policy: Pick<Policy, 'weights'>, detector: string): boolean {
  return Object.values(policy.weights[detector] ?? {}).every((weight) => weight === 0);
}
