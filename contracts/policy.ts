/** The policy: what evidence is worth, who may be excluded, and when a run stops itself. */
import { z } from 'zod';
import { FAMILIES } from './evidence.ts';

const nats = z.number().min(0).max(50);
const probability = z.number().gt(0).lt(1);

/** How a weight came about: counted, fitted by `ghostcard calibrate`, or set by a person. */
export const WEIGHED = ['counted', 'fitted', 'judged'] as const;

/** A weight with its own provenance. */
const weight = z
  .object({
    nats,
    how: z.enum(WEIGHED),
    /** What it was counted, fitted or judged on, in words and numbers. */
    on: z.string().min(1),
    /**
     * Honest units elsewhere on which the level was tried without one false alarm; null where nobody counted
     * them.
     */
    silent: z.number().int().min(0).nullable(),
  })
  .strict();

export type Weight = z.infer<typeof weight>;

/**
 * Weights per detector and level. A bare number is nats of which the policy does not say how they came about.
 */
const weights = z.record(z.string(), z.record(z.string(), z.union([nats, weight])));

const discount = z.object({ same: z.number().min(0).max(1), other: z.number().min(0).max(1) }).strict();

export const PolicySchema = z
  .object({
    version: z.literal(1),
    name: z.string().min(1),
    /** How the numbers came about: datasets, command, date, what was held out. */
    provenance: z.string().min(1),
    /** Prior probability that an account is Sybil, that a device is fake. */
    prior: z.object({ account: probability, device: probability }).strict(),
    /** What each level is worth. A detector that is not named weighs 0: it observes. */
    weights,
    /**
     * Nats that a linking finding about devices is worth as a link between their owners, per detector and
     * level. What is not named does not speak about accounts: victims of one fake-card merchant share
     * hardware, not an operator.
     */
    lift: weights,
    /** The most that one family may add, nats, for accounts and for devices. */
    caps: z
      .object({
        account: z.partialRecord(z.enum(FAMILIES), nats),
        device: z.partialRecord(z.enum(FAMILIES), nats),
        /** The most that all evidence which anyone could create may add together, nats. */
        anyone: z.object({ account: nats, device: nats }).strict(),
      })
      .strict(),
    /**
     * Levels that are a network-measured contradiction, repeated: one of them may void a device without a
     * second family.
     */
    contradictions: z
      .object({
        /**
         * Names of levels per detector. The honest devices elsewhere on which one was silent (`silent` of its
         * weight) count beside the dataset's own in ln(tested / 3). Where weights are bare numbers, the
         * counts may stand here.
         */
        levels: z.record(
          z.string(),
          z.union([z.array(z.string()), z.record(z.string(), z.number().int().min(0))]),
        ),
        /** Replaces the family's cap on a device that has one, nats. */
        cap: nats,
      })
      .strict(),
    /**
     * What a hold rests on. One statement alone may be one honest group's own way: one room, one afternoon, one
     * code.
     */
    holds: z
      .object({
        /** Independent causes that must speak, each with `familyWeight` nats or more. */
        least: z.number().int().min(1).max(2),
        /**
         * Detectors, or single levels as `detector:level`, by what may cause all that they say in one stroke; of
         * others the family is the cause. `arrival` is how an account came: room, code, afternoon. `hosting` is
         * what a landlord rents out.
         */
        causes: z.record(z.string(), z.array(z.string())),
        /**
         * By a detector or level that speaks, the cause of what others then say: one place explains equal
         * machines, one image explains equal restarts.
         */
        explains: z.record(z.string(), z.record(z.string(), z.string())),
        /**
         * Hours of one occasion: what an account did within it, at the time of its arrival, has the arrival's
         * cause.
         */
        occasionHours: z.number().gt(0),
        /**
         * Levels per detector by which the network itself measured, again and again, what the claimed card
         * cannot give. They hold alone, as `contradictions` do.
         */
        alone: z.record(z.string(), z.array(z.string())),
      })
      .strict()
      .default({ least: 2, causes: {}, explains: {}, occasionHours: 24, alone: {} }),
    /**
     * Families that a landlord causes in all tenants alike (one room, one address block, one image). For the
     * rule of two families they are one.
     */
    hosting: z.array(z.enum(FAMILIES)),
    /**
     * Within a family the strongest term counts fully. Each further one is multiplied, for every stronger
     * term, by `same` where one detector made both and by `other` where two did: two measurements share less
     * than two views of one.
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
        /**
         * A value of more accounts than this is a hub unless at least `related` of them share something else
         * too.
         */
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
        /**
         * Shares of all owners that are hit by a lost value or a refused row: the run warns at one, stops at
         * the other.
         */
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

export type Weights = Policy['weights'];

/** Nats of a level; 0 where the policy does not name it. */
export function natsOf(weights: Weights, detector: string, level: string): number {
  const entry = weights[detector]?.[level] ?? 0;
  return typeof entry === 'number' ? entry : entry.nats;
}

/** Every detector, level and nats of a section of weights, in its order. */
export function listWeights(weights: Weights): { detector: string; level: string; nats: number }[] {
  return Object.entries(weights).flatMap(([detector, levels]) =>
    Object.keys(levels).map((level) => ({ detector, level, nats: natsOf(weights, detector, level) })),
  );
}

/** Levels of a detector that are a repeated network-measured contradiction. */
export function contradictionsOf(
  { contradictions }: Pick<Policy, 'contradictions'>,
  detector: string,
): string[] {
  const levels = contradictions.levels[detector] ?? [];
  return Array.isArray(levels) ? levels : Object.keys(levels);
}

export function isContradiction(
  policy: Pick<Policy, 'contradictions'>,
  detector: string,
  level: string,
): boolean {
  return contradictionsOf(policy, detector).includes(level);
}

/** The cause that the policy names for a level; NULL where its family is the cause. */
export function causeOf({ holds }: Pick<Policy, 'holds'>, detector: string, level: string): string | null {
  for (const name of [`${detector}:${level}`, detector]) {
    const named = Object.entries(holds.causes).find(([, names]) => names.includes(name));
    if (named) return named[0];
  }
  return null;
}

/** The cause that findings which speak give to another one; null where none explains it. */
export function explainedBy(
  { holds }: Pick<Policy, 'holds'>,
  speaking: ReadonlySet<string>,
  detector: string,
  level: string,
): string | null {
  for (const [speaker, others] of Object.entries(holds.explains)) {
    const cause = others[`${detector}:${level}`] ?? others[detector];
    if (cause !== undefined && speaking.has(speaker)) return cause;
  }
  return null;
}

/** True for a level that holds a subject without a second cause. */
export function holdsAlone(
  policy: Pick<Policy, 'contradictions' | 'holds'>,
  detector: string,
  level: string,
): boolean {
  const alone = policy.holds.alone[detector] ?? [];
  return alone.includes(level) || isContradiction(policy, detector, level);
}

/**
 * Honest units outside the dataset that count beside its own for a level: those of contradictions, else none.
 */
export function silentElsewhere(
  policy: Pick<Policy, 'weights' | 'contradictions'>,
  detector: string,
  level: string,
): number {
  if (!isContradiction(policy, detector, level)) return 0;
  const counts = policy.contradictions.levels[detector];
  if (counts && !Array.isArray(counts)) return counts[level] ?? 0;
  const entry = policy.weights[detector]?.[level];
  return typeof entry === 'object' ? (entry.silent ?? 0) : 0;
}

/** True when the policy weighs none of the detector's levels: its findings are shown before they count. */
export function observes({ weights }: Pick<Policy, 'weights'>, detector: string): boolean {
  return Object.keys(weights[detector] ?? {}).every((level) => natsOf(weights, detector, level) === 0);
}
