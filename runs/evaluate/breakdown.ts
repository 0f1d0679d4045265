/** Where a list works and whom it hits: by attack, by strength, by size of the ring, by honest cohort. */
import type { SubjectEvaluation } from '../../contracts/evaluation.ts';
import { ruleOfThree, upperBound } from '../../statistics/binomial.ts';
import { FINAL, HELD, type Sample } from './sample.ts';

type Cell = SubjectEvaluation['cells'][number];

function groupBy<K>(sample: Sample, truth: 0 | 1, keyOf: (i: number) => K): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  for (let i = 0; i < sample.ids.length; i++) {
    if (sample.bad[i] !== truth) continue;
    const key = keyOf(i);
    const members = groups.get(key);
    if (members) members.push(i);
    else groups.set(key, [i]);
  }
  return groups;
}

const having = (sample: Sample, members: readonly number[], outcome: number) =>
  members.reduce((n, i) => n + (sample.outcome[i] === outcome ? 1 : 0), 0);

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function cell(
  sample: Sample,
  members: readonly number[],
  falsePositives: number,
  strength: number | null,
): Cell {
  const final = having(sample, members, FINAL);
  const held = having(sample, members, HELD);
  return {
    family: sample.family[members[0]!]!,
    strength,
    n: members.length,
    operators: new Set(members.map((i) => sample.unit[i])).size,
    final,
    held,
    recall: share(final, members.length),
    recall_or_review: share(final + held, members.length),
    precision: share(final, final + falsePositives),
  };
}

/**
 * Bad subjects by family, and by family and strength. Precision sets each against every good subject of the
 * sample.
 */
export function attackCells(sample: Sample): { families: Cell[]; cells: Cell[] } {
  const good = sample.ids.flatMap((_, i) => (sample.bad[i] === 0 ? [i] : []));
  const falsePositives = having(sample, good, FINAL);
  const families = [...groupBy(sample, 1, (i) => sample.family[i]!).values()];
  const cells = [...groupBy(sample, 1, (i) => `${sample.strength[i] ?? ''} ${sample.family[i]}`).values()];
  const order = (a: Cell, b: Cell) => byText(a.family, b.family) || (a.strength ?? -1) - (b.strength ?? -1);
  return {
    families: families.map((members) => cell(sample, members, falsePositives, null)).sort(order),
    cells: cells
      .map((members) => cell(sample, members, falsePositives, sample.strength[members[0]!]!))
      .sort(order),
  };
}

/** Lower ends of the size classes: alone, too few to exclude, small, and orders of magnitude above. */
const RING_SIZES = [1, 2, 4, 10, 30, 100, 1000];

/**
 * Recall by how many bad subjects of the sample the operator owns. Subjects without an operator stand alone.
 */
export function recallByRingSize(sample: Sample): SubjectEvaluation['ring_sizes'] {
  const rings = [...groupBy(sample, 1, (i) => sample.operator[i] ?? `\0${sample.ids[i]}`).values()];
  return RING_SIZES.map((smallest, k) => {
    const above = RING_SIZES[k + 1];
    const largest = above === undefined ? null : above - 1;
    const inside = rings.filter(
      ({ length }) => length >= smallest && (largest === null || length <= largest),
    );
    const members = inside.flat();
    const final = having(sample, members, FINAL);
    return {
      smallest,
      largest,
      operators: inside.length,
      n: members.length,
      recall: share(final, members.length),
      recall_or_review: share(final + having(sample, members, HELD), members.length),
    };
  }).filter(({ n }) => n > 0);
}

type Cohort = SubjectEvaluation['cohorts'][number];

function cohort(sample: Sample, members: readonly number[], family: string): Cohort {
  const n = members.length;
  const final = having(sample, members, FINAL);
  return {
    family,
    n,
    final,
    held: having(sample, members, HELD),
    rate: share(final, n),
    upper: upperBound(final, n),
    rule_of_three: final === 0 ? ruleOfThree(n) : null,
  };
}

/**
 * Wrongful exclusions, of all good subjects and by honest cohort, with what each one's size lets us claim.
 */
export function honestCohorts(sample: Sample): Pick<SubjectEvaluation, 'all_good' | 'cohorts'> {
  const families = groupBy(sample, 0, (i) => sample.family[i]!);
  return {
    all_good: cohort(sample, [...families.values()].flat(), 'all'),
    cohorts: [...families]
      .map(([family, members]) => cohort(sample, members, family))
      .sort((a, b) => byText(a.family, b.family)),
  };
}
