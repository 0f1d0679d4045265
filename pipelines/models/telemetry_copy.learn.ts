/**
 * Cards whose power steps when another card's does, or did: exact comparison of the candidates that hashing
 * found.
 */
import type { LearnedRow, Learner, LearnTables } from '../../contracts/learner.ts';
import { poissonNats } from '../../statistics/poisson.ts';
import { agreement, bothSet, type StepSeries, setBit, wordsFor } from './step-series.ts';

interface CardSteps extends StepSeries {
  /** Steps between two quarter hours in which the card says that nothing runs. */
  hidden: Uint32Array;
}

const CARDS = `
  SELECT device_id, gpu_index, dense_rank() OVER (ORDER BY device_id, gpu_index) - 1 AS card
  FROM (SELECT DISTINCT device_id, gpu_index FROM features.telemetry_event)`;

const STEPS = `
  SELECT c.card::INTEGER, (e.bin - w.first_bin)::INTEGER, e.up, e.hidden, e.given
  FROM features.telemetry_event e JOIN (${CARDS}) c ON c.device_id = e.device_id AND c.gpu_index = e.gpu_index
  CROSS JOIN (SELECT min(bin) AS first_bin FROM features.telemetry_event) w`;

const PAIRS = `
  SELECT a.card::INTEGER, b.card::INTEGER, p.lag_bins::INTEGER, p.device_id, p.gpu_index::INTEGER, p.other_id, p.other_index::INTEGER
  FROM features.telemetry_candidate p
  JOIN (${CARDS}) a ON a.device_id = p.device_id AND a.gpu_index = p.gpu_index
  JOIN (${CARDS}) b ON b.device_id = p.other_id AND b.gpu_index = p.other_index
  ORDER BY a.card, b.card, p.lag_bins`;

type PairColumns = [number, number, number, string, number, string, number];

/** Four bitmaps per card in four blocks of memory: a bit per quarter hour of at most a fortnight. */
async function readSteps(tables: LearnTables, cards: number, bins: number): Promise<CardSteps[]> {
  const words = wordsFor(bins);
  const block = () => new Uint32Array(cards * words);
  const [up, down, given, hidden] = [block(), block(), block(), block()] as const;
  const of = (all: Uint32Array, card: number) => all.subarray(card * words, (card + 1) * words);
  const series = Array.from({ length: cards }, (_, card) => ({
    up: of(up, card),
    down: of(down, card),
    given: of(given, card),
    hidden: of(hidden, card),
  }));
  for await (const { columns, rowCount } of tables.stream<[number, number, boolean, boolean, boolean]>(
    STEPS,
  )) {
    const [card, bin, rises, isHidden, isGiven] = columns;
    for (let r = 0; r < rowCount; r++) {
      const own = series[card[r]!]!;
      setBit(rises[r] ? own.up : own.down, bin[r]!);
      if (isHidden[r]) setBit(own.hidden, bin[r]!);
      if (isGiven[r]) setBit(own.given, bin[r]!);
    }
  }
  return series;
}

const NONE = { count: 0, nats: 0 };

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Steps that `a` takes together with `b` while `a` says that nothing runs, and nats against chance. */
function hiddenTogether(a: CardSteps, b: CardSteps, bins: number) {
  let [count, hidden, steps] = [0, 0, 0];
  for (let i = 0; i < a.up.length; i++) {
    const same = (a.up[i]! & b.up[i]!) | (a.down[i]! & b.down[i]!);
    count += bothSet(same & ~(a.given[i]! & b.given[i]!), a.hidden[i]!);
    hidden += bothSet(a.hidden[i]!, -1);
    steps += bothSet(b.up[i]! | b.down[i]!, -1);
  }
  // Half of the steps that meet by chance go the same way.
  return { count, nats: poissonNats(count, (hidden * steps) / (2 * bins)) };
}

export const learner: Learner = {
  name: 'telemetry_copy',
  reads: ['features.telemetry_candidate', 'features.telemetry_event'],
  columns: {
    device_id: 'VARCHAR',
    gpu_index: 'BIGINT',
    other_id: 'VARCHAR',
    other_index: 'BIGINT',
    lag_bins: 'BIGINT',
    steps: 'BIGINT',
    matched: 'BIGINT',
    expected: 'DOUBLE',
    rival: 'BIGINT',
    nats: 'DOUBLE',
    given_together: 'BIGINT',
    hidden_matched: 'BIGINT',
    hidden_nats: 'DOUBLE',
    other_hidden_matched: 'BIGINT',
    other_hidden_nats: 'DOUBLE',
  },
  async fill({ tables, append }) {
    const { cards, bins } = await tables.row<{ cards: number; bins: number }>(
      `SELECT (SELECT count(*) FROM (${CARDS})) AS cards, coalesce(max(bin) - min(bin) + 1, 0) AS bins FROM features.telemetry_event`,
    );
    if (cards === 0) return;
    const series = await readSteps(tables, cards, bins);
    const [pairs, shifts] = [Math.max(1, (cards * (cards - 1)) / 2), 2 * bins];
    const rows: LearnedRow[] = [];
    for await (const { columns, rowCount } of tables.stream<PairColumns>(PAIRS)) {
      for (let r = 0; r < rowCount; r++) {
        const [cardA, cardB, lag, device_id, gpu_index, other_id, other_index] = columns.map(
          (column) => column[r],
        ) as PairColumns;
        const [a, b] = [series[cardA]!, series[cardB]!];
        const trials = a === b ? cards * bins : lag === 0 ? pairs : pairs * shifts;
        const found = agreement(a, b, { lag, bins, trials });
        if (!found) continue;
        const hidden = lag === 0 ? hiddenTogether(a, b, bins) : NONE;
        const otherHidden = lag === 0 ? hiddenTogether(b, a, bins) : NONE;
        rows.push({
          device_id,
          gpu_index,
          other_id,
          other_index,
          lag_bins: found.lag,
          steps: found.steps,
          matched: found.matched,
          expected: round(found.expected),
          rival: found.rival,
          nats: round(found.nats),
          given_together: found.given,
          hidden_matched: hidden.count,
          hidden_nats: round(hidden.nats),
          other_hidden_matched: otherHidden.count,
          other_hidden_nats: round(otherHidden.nats),
        });
      }
    }
    await append(rows);
  },
};
