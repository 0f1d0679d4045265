/**
 * `own.telemetry_physics`: how far a card's idle power, loaded power and heat lie from what its claimed
 * model's are on trusted machines.
 */
import type { LearnBackend, LearnedRow, Learner, LearnTables } from '../../contracts/learner.ts';
import { conformalLimit } from '../../statistics/conformal.ts';
import { predictQuantiles, type Quantiles, type Sample } from './quantile-net.ts';

interface Row {
  device_id: string;
  gpu_index: number;
  load_class: number;
  load: number;
  power_share: number;
  heat: number | null;
  architecture: string;
  limit_w: number;
  memory_mib: number;
  sms: number;
  bandwidth: number;
  fp32: number;
  overclockable: boolean;
  account_id: string;
  /** 0 or 1 for a trusted machine, by owner; null for all others. */
  fold: number | null;
}

/** What is judged: which rows, the number and what it is predicted from. */
interface Metric {
  name: 'idle-power' | 'loaded-power' | 'heat';
  judged: (row: Row) => boolean;
  value: (row: Row) => number;
}

const catalogue = (row: Row): number[] => [
  ...[row.limit_w, row.memory_mib, row.sms, row.bandwidth, row.fp32].map(Math.log),
  row.overclockable ? 1 : 0,
];
const underLoad = (row: Row): number[] => [...catalogue(row), row.load, Math.sqrt(row.load)];

const METRICS: readonly Metric[] = [
  { name: 'idle-power', judged: (row) => row.load_class === 0, value: (row) => row.power_share },
  { name: 'loaded-power', judged: (row) => row.load_class === 3, value: (row) => row.power_share },
  { name: 'heat', judged: (row) => row.load_class === 0 && row.heat !== null, value: (row) => row.heat! },
];

/** The numbers of `params` in detector.ts that the learner reads. */
type Bounds = Readonly<
  Record<'least_cards' | 'least_owners' | 'least_alike' | 'like_size' | 'inside' | 'narrowest', number>
>;
const SEEDS = [7, 11] as const;

const round = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * Distance from the median in half widths of the predicted interval: negative where the card has less than
 * expected.
 */
const scoreOf = (value: number, { low, middle, high }: Quantiles, narrowest: number): number =>
  (Math.log(value) - middle) / Math.max((high - low) / 2, narrowest);

/** How many trusted cards of the same architecture and about the same power limit there are. */
function alike(row: Row, trusted: readonly Row[], size: number): number {
  const ratio = (other: Row) => Math.max(other.limit_w / row.limit_w, row.limit_w / other.limit_w);
  return trusted.filter((other) => other.architecture === row.architecture && ratio(other) <= size).length;
}

/**
 * Cross-conformal (Vovk 2015) over owners: two networks, each learned on half of the trusted owners and
 * calibrated on the other half. A trusted card is judged by the network that has not seen it, every other
 * card by both, the milder one counting.
 */
function judge(
  rows: readonly Row[],
  { name, value }: Metric,
  predictions: readonly (readonly Quantiles[])[],
  rowAt: readonly number[],
  bounds: Bounds,
): LearnedRow[] {
  const trusted = rows.filter(({ fold }) => fold !== null);
  const owners = new Set(trusted.map(({ account_id }) => account_id));
  if (trusted.length < bounds.least_cards || owners.size < bounds.least_owners) return [];
  const scores = rows.map((row, i) =>
    predictions.map((side) => scoreOf(value(row), side[rowAt[i]!]!, bounds.narrowest)),
  );
  const unseen = SEEDS.map((_, side) =>
    rows.flatMap((row, i) => (row.fold === side ? [Math.abs(scores[i]![side]!)] : [])),
  );
  if (unseen.some((side) => side.length < bounds.least_cards / 4)) return [];
  const limits = unseen.map((side) => conformalLimit(side, bounds.inside)!);
  const support = new Map<string, number>();
  const out: LearnedRow[] = [];
  for (const [i, row] of rows.entries()) {
    const kind = `${row.architecture}\n${row.limit_w}`;
    if (!support.has(kind)) support.set(kind, alike(row, trusted, bounds.like_size));
    if (support.get(kind)! < bounds.least_alike) continue;
    const sides = row.fold === null ? [0, 1] : [row.fold];
    const deviations = sides.map((side) => scores[i]![side]! / Math.max(limits[side]!, 1));
    const milder = deviations.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a));
    const side = sides[deviations.indexOf(milder)]!;
    const opposed = deviations.some((deviation) => deviation * milder < 0);
    out.push({
      device_id: row.device_id,
      gpu_index: row.gpu_index,
      metric: name,
      observed: round(value(row)),
      expected: round(Math.exp(predictions[side]![rowAt[i]!]!.middle)),
      deviation: round(opposed ? 0 : milder),
      anchors: trusted.length,
    });
  }
  return out;
}

/** Both networks' predictions for all rows. */
function learnBoth(
  tf: LearnBackend['tf'],
  rows: readonly Row[],
  inputs: (row: Row) => number[],
  value: (row: Row) => number,
): Quantiles[][] {
  return SEEDS.map((seed, side) => {
    const samples: Sample[] = rows
      .filter(({ fold }) => fold !== null && fold !== side)
      .map((row) => ({ inputs: inputs(row), target: Math.log(value(row)) }));
    return samples.length === 0 ? [] : predictQuantiles(tf, samples, { rows, inputs }, seed);
  });
}

const readRows = (tables: LearnTables): Promise<Row[]> =>
  tables.rows<Row>(
    `SELECT l.device_id, l.gpu_index, l.load_class, l.load, l.power_share, l.heat, l.architecture, l.limit_w, l.memory_mib, l.sms,
       l.bandwidth, l.fp32, l.overclockable, l.account_id, a.fold
     FROM own.telemetry_load l LEFT JOIN features.telemetry_anchor a ON a.device_id = l.device_id
     ORDER BY l.device_id, l.gpu_index, l.load_class`,
  );

export const learner: Learner = {
  name: 'telemetry_physics',
  reads: ['features.telemetry_anchor', 'own.telemetry_load'],
  columns: {
    device_id: 'VARCHAR',
    gpu_index: 'BIGINT',
    metric: 'VARCHAR',
    observed: 'DOUBLE',
    expected: 'DOUBLE',
    deviation: 'DOUBLE',
    anchors: 'BIGINT',
  },
  async fill({ tables, params, backend, append }) {
    const bounds = params as Bounds;
    const { cards } = await tables.row<{ cards: number }>(
      `SELECT count(*) AS cards FROM own.telemetry_load l JOIN features.telemetry_anchor a ON a.device_id = l.device_id WHERE l.load_class = 0`,
    );
    if (cards < bounds.least_cards) return;
    const rows = await readRows(tables);
    const { tf } = await backend();
    const heated = rows.filter(METRICS[2]!.judged);
    const power = learnBoth(tf, rows, underLoad, (row) => row.power_share);
    const heat = learnBoth(tf, heated, catalogue, (row) => row.heat!);
    for (const metric of METRICS) {
      const from = metric.name === 'heat' ? heated : rows;
      const rowAt = from.flatMap((row, i) => (metric.judged(row) ? [i] : []));
      const judged = rowAt.map((i) => from[i]!);
      await append(judge(judged, metric, metric.name === 'heat' ? heat : power, rowAt, bounds));
    }
  },
};
