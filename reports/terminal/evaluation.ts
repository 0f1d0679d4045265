/** An evaluation as tables for people. */
import type { Estimate, Evaluation, SubjectEvaluation } from '../../contracts/evaluation.ts';
import type { Screen } from './fold.ts';
import { type Table, tableText } from './table.ts';

function figure(value: number | null, digits = 3): string {
  return value === null ? '–' : value.toFixed(digits);
}

function withInterval({ value, low, high }: Estimate, digits = 3): string {
  return low === null
    ? figure(value, digits)
    : `${figure(value, digits)} [${figure(low, digits)}, ${figure(high, digits)}]`;
}

/** Bounds are small: two significant digits, without an exponent down to a millionth. */
function bound(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(2)));
}

const named = (family: string) => (family === '' ? '(none)' : family);

function decisions(kind: string, { decisions: rows }: SubjectEvaluation): Table {
  return {
    title: `${kind}: verdicts against truth`,
    head: ['decision', 'TP', 'FP', 'FN', 'TN', 'precision', 'recall', 'false positive rate'],
    rows: rows.map((row) => [
      row.decision,
      ...[row.true_positive, row.false_positive, row.false_negative, row.true_negative].map(String),
      withInterval(row.precision),
      withInterval(row.recall),
      withInterval(row.false_positive_rate, 4),
    ]),
    numbers: [1, 2, 3, 4],
  };
}

function risk(
  kind: string,
  { auroc, average_precision, log_loss, brier, calibration }: SubjectEvaluation,
): Table {
  const { above_half, expected_error } = calibration;
  return {
    title: `${kind}: the risk itself`,
    head: ['figure', 'value'],
    rows: [
      ['AUROC', withInterval(auroc)],
      ['average precision', withInterval(average_precision)],
      ['log loss, nats', withInterval(log_loss, 4)],
      ['Brier', withInterval(brier, 4)],
      ['calibration error', figure(expected_error, 4)],
      [`told above 0.5 (n = ${above_half.n})`, figure(above_half.told)],
      [
        '  truly bad of them',
        `${figure(above_half.observed)} [${figure(above_half.observed_low)}, ${figure(above_half.observed_high)}]`,
      ],
    ],
  };
}

function reliability(kind: string, { calibration }: SubjectEvaluation): Table {
  return {
    title: `${kind}: reliability`,
    head: ['told', 'n', 'mean told', 'truly bad', 'interval'],
    rows: calibration.bins
      .filter(({ n }) => n > 0)
      .map(({ low, high, n, told, observed, observed_low, observed_high }) => [
        `${low.toFixed(1)}–${high.toFixed(1)}`,
        String(n),
        figure(told),
        figure(observed),
        `${figure(observed_low)}–${figure(observed_high)}`,
      ]),
    numbers: [1],
  };
}

function cells(kind: string, { families, cells: byStrength }: SubjectEvaluation): Table {
  return {
    title: `${kind}: by attack and strength (n truly bad, of so many operators)`,
    head: ['family', 'strength', 'n', 'operators', 'recall', 'or review', 'precision'],
    rows: families.flatMap((family) =>
      [family, ...byStrength.filter((cell) => cell.family === family.family)].map((cell) => [
        cell === family ? named(cell.family) : '',
        cell === family ? 'all' : String(cell.strength ?? '–'),
        String(cell.n),
        String(cell.operators),
        figure(cell.recall),
        figure(cell.recall_or_review),
        figure(cell.precision),
      ]),
    ),
    numbers: [2, 3, 4, 5, 6],
  };
}

function rings(kind: string, { ring_sizes }: SubjectEvaluation): Table {
  return {
    title: `${kind}: recall by size of the ring`,
    head: ['bad subjects of the operator', 'operators', 'n', 'recall', 'or review'],
    rows: ring_sizes.map(({ smallest, largest, operators, n, recall, recall_or_review }) => [
      largest === null
        ? `${smallest} and more`
        : smallest === largest
          ? String(smallest)
          : `${smallest}–${largest}`,
      String(operators),
      String(n),
      figure(recall),
      figure(recall_or_review),
    ]),
    numbers: [1, 2, 3, 4],
  };
}

function cohorts(kind: string, { all_good, cohorts: rows }: SubjectEvaluation): Table {
  return {
    title: `${kind}: honest cohorts (true rate at most, 95 %)`,
    head: ['cohort', 'n', 'taken', 'held', 'rate', 'at most', 'rule of three'],
    rows: [...(rows.length > 1 ? [all_good] : []), ...rows].map(
      ({ family, n, final, held, rate, upper, rule_of_three }) => [
        named(family),
        String(n),
        String(final),
        String(held),
        figure(rate, 4),
        bound(upper),
        bound(rule_of_three),
      ],
    ),
    numbers: [1, 2, 3, 4, 5, 6],
  };
}

function clusters({ clusters: found }: Evaluation): Table {
  return {
    title: `Clusters against operators (B-cubed, ${found.items} bad accounts of ${found.operators} operators)`,
    head: ['figure', 'value'],
    rows: [
      ['precision', withInterval(found.precision)],
      ['recall', withInterval(found.recall)],
      ['F1', withInterval(found.f1)],
      ['bad accounts in a cluster', `${found.clustered} of ${found.items}`],
      ['good accounts in a cluster', String(found.good_clustered)],
    ],
  };
}

function ofKind(kind: string, one: SubjectEvaluation, screen: Screen): string[] {
  const counted = `${kind}: ${one.in_run} in the run, ${one.labelled} labelled (${one.bad} bad, ${one.good} good), ${one.unlabelled} left out; ${one.labels_without_subject} labels without a subject\n`;
  if (one.labelled === 0) return [counted];
  const tables = [decisions, risk, reliability, cells, rings, cohorts].map((make) => make(kind, one));
  return [counted, ...tables.filter(({ rows }) => rows.length > 0).map((table) => tableText(table, screen))];
}

/** Every table, a blank line between them. Intervals are named once, at the end. */
export function evaluationText(result: Evaluation, screen: Screen): string {
  const { resamples, seed, level } = result.bootstrap;
  const intervals =
    resamples === 0
      ? 'No intervals: --bootstrap 0.\n'
      : `[low, high]: ${level * 100} % percentile bootstrap over operators, ${resamples} resamples, seed ${seed}.\nA share of exactly 0 or 1 has no spread to resample: exact bounds stand in the tables of cohorts.\n`;
  return [
    ...ofKind('Accounts', result.accounts, screen),
    ...ofKind('Devices', result.devices, screen),
    ...(result.clusters.items === 0 ? [] : [tableText(clusters(result), screen)]),
    intervals,
  ].join('\n');
}
