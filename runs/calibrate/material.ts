/**
 * Labelled subjects of many runs as the fit needs them: what was found about each, and who is independent of
 * whom.
 */
import type { Family, ForgeableBy } from '../../contracts/evidence.ts';
import type { Kind } from '../../pipelines/judge/fusion.ts';
import type { PieceTerm } from '../../pipelines/judge/piece.ts';

/** A level of a detector that speaks about this kind of subject. */
export interface LevelInfo {
  detector: string;
  level: string;
  family: Family;
  forgeableBy: ForgeableBy;
  contradiction: boolean;
}

/** One finding of a pattern: its term without what it weighs and when it was seen. */
export interface PatternPiece extends Omit<PieceTerm, 'weight_raw' | 'first_at' | 'last_at'> {
  /**
   * Position in `Material.levels`; NULL for a device's finding that speaks about its owner at the policy's
   * `lift`.
   */
  no: number | null;
  /**
   * Nats that it cannot pass whatever the policy says: ln(tested / 3) of the run, or 0 for a hub. NULL: not
   * met.
   */
  bound: number | null;
}

/** All that was found about a subject. Many subjects share one pattern, so that each is judged once. */
export interface Pattern {
  pieces: readonly PatternPiece[];
  /** Positions in `Material.levels`, each once. */
  levels: readonly number[];
  /** Of these, the strongest level of each statement: what the fit counts as shown. */
  shown: readonly number[];
}

/** An attack family, or a cohort of honest subjects. */
export interface Group {
  name: string;
  bad: boolean;
  /**
   * False for the two groups of subjects whose truth contradicts most of their family: mislabelled, or
   * rightly labelled exceptions. They count, and never as a family or cohort of their own.
   */
  pure: boolean;
}

export interface Material {
  kind: Kind;
  levels: readonly LevelInfo[];
  /** The first holds nothing. */
  patterns: readonly Pattern[];
  groups: readonly Group[];
  /** Group of each independent unit: an operator, or a whole cohort. */
  unitGroup: Int32Array;
  /** Per subject. */
  pattern: Int32Array;
  unit: Int32Array;
  weight: Float64Array;
}

export interface LabelledFinding {
  bad: boolean;
  /** Attack family or honest cohort; NULL when the label names none. */
  family: string | null;
  /** Who is behind a bad subject, unique over all runs. */
  operator: string;
  /** Inverse of the probability with which it was drawn to be labelled. */
  weight: number;
  /** Key of its findings in `patterns`. */
  findings: string;
}

/** Names in brackets, which no label of the project's worlds uses. */
const EXCEPTIONS = { bad: '(attackers in honest cohorts)', good: '(honest in attack families)' } as const;
const UNNAMED = '(unnamed)';

/** Families of which more subjects are bad than good, by sum of weights. */
function attackFamilies(subjects: readonly LabelledFinding[]): Set<string> {
  const balance = new Map<string, number>();
  for (const { family, bad, weight } of subjects) {
    if (family !== null) balance.set(family, (balance.get(family) ?? 0) + (bad ? weight : -weight));
  }
  return new Set([...balance].filter(([, sum]) => sum > 0).map(([family]) => family));
}

/** Numbers things in the order in which they are first asked for. */
function numbering<T>() {
  const numbers = new Map<string, number>();
  const items: T[] = [];
  const numberOf = (key: string, make: () => T): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, items.length);
    return items.push(make()) - 1;
  };
  return { numberOf, items };
}

/** Subjects as columns. `parse` turns a findings key into its pattern; equal keys are parsed once. */
export function material(
  kind: Kind,
  levels: readonly LevelInfo[],
  subjects: readonly LabelledFinding[],
  parse: (findings: string) => Pattern,
): Material {
  const attacks = attackFamilies(subjects);
  const groups = numbering<Group>();
  const units = numbering<number>();
  const patterns = numbering<Pattern>();
  patterns.numberOf('[]', () => ({ pieces: [], levels: [], shown: [] }));
  const groupOf = ({ family, bad }: LabelledFinding): Group => {
    if (family === null) return { name: UNNAMED, bad, pure: true };
    const pure = attacks.has(family) === bad;
    return { name: pure ? family : EXCEPTIONS[bad ? 'bad' : 'good'], bad, pure };
  };
  const unit = Int32Array.from(subjects, (subject) => {
    const group = groupOf(subject);
    const no = groups.numberOf(`${group.bad} ${group.name}`, () => group);
    return units.numberOf(subject.bad ? `${no} ${subject.operator}` : String(no), () => no);
  });
  return {
    kind,
    levels,
    unit,
    pattern: Int32Array.from(subjects, ({ findings }) => patterns.numberOf(findings, () => parse(findings))),
    weight: Float64Array.from(subjects, ({ weight }) => weight),
    unitGroup: Int32Array.from(units.items),
    groups: groups.items,
    patterns: patterns.items,
  };
}

/** Truth of a subject. */
export const isBad = ({ groups, unitGroup, unit }: Material, subject: number): boolean =>
  groups[unitGroup[unit[subject]!]!]!.bad;
