/** The subjects of a run that have a label, as columns, so that a thousand resamples cost little. */
import type { LabelRow } from './read-labels.ts';

/** What a run says of one account or device. */
export interface RunSubject {
  id: string;
  /** Final: `exclude` or `void`; held: `review`. */
  outcome: 'final' | 'held' | 'clear';
  risk: number;
  /** Owner of a device; the account itself. */
  account: string;
}

export const CLEAR = 0;
export const HELD = 1;
export const FINAL = 2;

export interface Sample {
  ids: string[];
  bad: Uint8Array;
  /** CLEAR, HELD or FINAL. */
  outcome: Uint8Array;
  risk: Float64Array;
  family: string[];
  strength: (number | null)[];
  operator: (string | null)[];
  /** Index of the independent unit that each subject belongs to. */
  unit: Uint32Array;
  units: number;
  inRun: number;
  labelsWithoutSubject: number;
}

const OUTCOME = { clear: CLEAR, held: HELD, final: FINAL } as const;

/**
 * Joins a run's subjects with their labels. A subject's unit is its operator; without one, its owner's
 * operator; without that, its owner: an owner's machines are not independent of each other either.
 */
export function joinLabels(
  subjects: readonly RunSubject[],
  labels: ReadonlyMap<string, LabelRow>,
  accountLabels: ReadonlyMap<string, LabelRow>,
): Sample {
  const labelled = subjects.filter(({ id }) => labels.has(id));
  const units = new Map<string, number>();
  const unitOf = ({ id, account }: RunSubject): number => {
    const operator = labels.get(id)!.operator ?? accountLabels.get(account)?.operator;
    const name = operator ? `operator ${operator}` : `account ${account}`;
    const unit = units.get(name) ?? units.size;
    units.set(name, unit);
    return unit;
  };
  const unit = Uint32Array.from(labelled, unitOf);
  const labelOf = ({ id }: RunSubject) => labels.get(id)!;
  return {
    ids: labelled.map(({ id }) => id),
    bad: Uint8Array.from(labelled, (one) => (labelOf(one).truth === 'bad' ? 1 : 0)),
    outcome: Uint8Array.from(labelled, ({ outcome }) => OUTCOME[outcome]),
    risk: Float64Array.from(labelled, ({ risk }) => risk),
    family: labelled.map((one) => labelOf(one).family ?? ''),
    strength: labelled.map((one) => labelOf(one).strength),
    operator: labelled.map((one) => labelOf(one).operator),
    unit,
    units: units.size,
    inRun: subjects.length,
    labelsWithoutSubject: labels.size - labelled.length,
  };
}
