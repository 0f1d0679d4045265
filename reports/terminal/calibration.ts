/** What a calibration found, as tables for people. */
import {
  CALIBRATED_WHY,
  type CalibratedLevel,
  type Calibration,
  type Interval,
  type Reliability,
  type RiskBin,
} from '../../contracts/calibration.ts';
import type { Screen } from './fold.ts';
import { type Table, tableText } from './table.ts';

const nats = (value: number | null): string => (value === null ? '–' : value.toFixed(1));
const range = (low: number | null, high: number | null): string =>
  low === null || high === null ? '–' : `${nats(low)}–${nats(high)}`;
/** Four significant digits of something small, two decimals below 1 of something near 1. */
const share = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));
const percent = (value: number): string => `${share(Number((value * 100).toPrecision(6)))} %`;
const withBounds = ({ value, low, high }: Interval): string =>
  low === null ? share(value) : `${share(value)} [${share(low)}, ${share(high)}]`;

function move({ present, fitted }: CalibratedLevel): string {
  if (fitted === present) return '';
  return fitted > present ? `+${nats(fitted - present)}` : `−${nats(present - fitted)}`;
}

function levelsTable(subject: string, levels: readonly CalibratedLevel[]): Table {
  const spoken = levels.filter(
    ({ why, bad, good }) => bad + good > 0 || (why !== 'no-findings' && why !== 'observes'),
  );
  return {
    title: `Levels about ${subject}s (weights in nats; bad and good: labelled subjects that show it)`,
    head: [
      'level',
      'old',
      'new',
      '',
      '95 %',
      'estimate',
      'held out',
      'bad',
      'good',
      'families',
      'tested',
      'why',
    ],
    rows: spoken.map((level) => [
      `${level.detector}.${level.level}`,
      nats(level.present),
      nats(level.fitted),
      move(level),
      range(level.low, level.high),
      nats(level.estimate),
      range(level.held_out_low, level.held_out_high),
      String(level.bad),
      String(level.good),
      String(level.families),
      String(level.tested),
      level.held_out === null ? level.why : `${level.why} without ${level.held_out}`,
    ]),
    numbers: [1, 2, 3, 6 - 1, 7, 8, 9, 10],
  };
}

function reasons(levels: readonly CalibratedLevel[]): Table {
  const used = new Set(levels.map(({ why }) => why));
  return {
    title: 'Why a level got what it got',
    head: ['why', 'meaning'],
    rows: Object.entries(CALIBRATED_WHY).filter(([why]) => used.has(why as CalibratedLevel['why'])),
  };
}

function summary(subject: string, rows: readonly Reliability[]): Table {
  const lines = rows.map((row) => [
    percent(row.base_rate),
    row.weights,
    withBounds(row.log_loss),
    share(row.log_loss_own_prior),
    `${row.above_half.bad} + ${row.above_half.good}`,
    share(row.above_half.told),
    row.above_half.observed === null ? '–' : withBounds(row.above_half.observed),
  ]);
  return {
    title: `Risks of ${subject}s against the truth (fitted: each group judged by weights that never saw it)`,
    head: [
      'base rate',
      'weights',
      'log loss, nats',
      "with the policy's prior",
      'bad + good above 0.5',
      'told',
      'truly bad',
    ],
    rows: lines,
  };
}

function bins(subject: string, rows: readonly Reliability[]): Table {
  const cell = ({ told, observed }: RiskBin): string[] =>
    observed === null ? ['–', '–'] : [share(told), withBounds(observed)];
  const lines = rows.flatMap((row) =>
    row.bins
      .filter(({ bad, good }) => bad + good > 0)
      .map((bin) => [
        percent(row.base_rate),
        row.weights,
        `${bin.low}–${bin.high}`,
        `${bin.bad} + ${bin.good}`,
        ...cell(bin),
      ]),
  );
  return {
    title: `Reliability of the risks of ${subject}s`,
    head: ['base rate', 'weights', 'told from–to', 'bad + good', 'mean told', 'truly bad'],
    rows: lines,
  };
}

export function calibrationText({ runs, levels, reliability }: Calibration, screen: Screen): string {
  const tables: Table[] = [
    {
      title: 'Labelled runs',
      head: ['run', 'as of', 'bad accounts', 'good', 'bad devices', 'good', 'labels without subject'],
      rows: runs.map(({ name, snapshot, accounts, devices, strangers }) => [
        name,
        snapshot,
        ...[accounts.bad, accounts.good, devices.bad, devices.good, strangers].map(String),
      ]),
      numbers: [2, 3, 4, 5, 6],
    },
  ];
  for (const subject of ['account', 'device'] as const) {
    const of = <T extends { subject: string }>(rows: readonly T[]) =>
      rows.filter((row) => row.subject === subject);
    if (of(levels).length === 0) continue;
    tables.push(
      levelsTable(subject, of(levels)),
      summary(subject, of(reliability)),
      bins(subject, of(reliability)),
    );
  }
  tables.push(reasons(levels));
  return tables.map((table) => tableText(table, screen)).join('\n');
}
