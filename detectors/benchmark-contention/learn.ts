/**
 * `own.contention`: cards whose runs lose just the share that the runs of other names take at the same
 * moments.
 */
import type { Learner, LearnTables } from '../../contracts/learner.ts';
import { logChoose } from '../../statistics/binomial.ts';
import { bestShare, type Span } from './shared-time.ts';

interface RunRow {
  device_id: string;
  class: string | null;
  started_at: number;
  finished_at: number;
  fall: number;
  fallen: boolean;
}

interface Ledger {
  runs: number;
  /** Runs at whose time another name's run had fallen. */
  met: number;
  matched: number;
  alone: number;
  aloneFallen: number;
  days: Set<number>;
  partners: Set<string>;
  /** Chance of each match, given that the run fell at all. */
  windows: number[];
  firstAt: number;
  lastAt: number;
  /** Products of log throughput and log concurrency over the matched runs. */
  products: number;
  squares: number;
}

/** Numbers of `detector.ts` that decide here. */
type Limits = Readonly<
  Record<
    | 'tolerance'
    | 'most_partners'
    | 'most_beside'
    | 'longest_ms'
    | 'least_overlap'
    | 'habit_runs'
    | 'least_rate'
    | 'least_alone',
    number
  >
>;

const DAY = 86_400_000;

const pairOf = (a: string, b: string): string => `${a}\n${b}`;

/**
 * Fallen runs of other names that overlap `run` by the least share of its length, without those that were seen
 * to be another card. Only fallen runs are walked, from the first that may reach it; a run that did not fall
 * asks for one, a fallen one for no more than it could tell apart.
 */
function beside(
  run: RunRow,
  fallen: readonly RunRow[],
  longest: number,
  apart: ReadonlySet<string>,
  limits: Limits,
): RunRow[] {
  const found: RunRow[] = [];
  const least = (run.finished_at - run.started_at) * limits.least_overlap;
  const most = run.fallen ? limits.most_beside : 1;
  for (let i = firstAfter(fallen, run.started_at - longest); i < fallen.length && found.length < most; i++) {
    const other = fallen[i]!;
    if (other.started_at >= run.finished_at) break;
    const shared = Math.min(run.finished_at, other.finished_at) - Math.max(run.started_at, other.started_at);
    if (other.device_id === run.device_id || shared < least) continue;
    if (!apart.has(pairOf(run.device_id, other.device_id))) found.push(other);
  }
  return found;
}

/** Index of the first run that starts at `time` or later. */
function firstAfter(runs: readonly RunRow[], time: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.started_at < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those that matter most: of the same model first, then the longest beside the run. */
function nearest(run: RunRow, others: readonly RunRow[], most: number): RunRow[] {
  const same = others.filter((other) => other.class === run.class);
  const pool = others.length <= most ? others : same;
  const shared = (other: RunRow) =>
    Math.min(run.finished_at, other.finished_at) - Math.max(run.started_at, other.started_at);
  return [...pool]
    .sort((a, b) => shared(b) - shared(a) || a.started_at - b.started_at || a.finished_at - b.finished_at)
    .slice(0, most);
}

function enter(ledger: Ledger, run: RunRow, others: readonly RunRow[], limits: Limits): void {
  const { tolerance } = limits;
  const partners = nearest(run, others, limits.most_partners);
  const span = ({ started_at, finished_at }: RunRow): Span => [started_at, finished_at];
  const match = bestShare(span(run), partners.map(span), run.fall);
  if (!match || match.off > tolerance) return;
  ledger.matched++;
  // Every set of partners was another try at the fall.
  ledger.windows.push(
    Math.min(1, 2 ** partners.length * (match.width + 2 * Math.max(match.off, tolerance / 2))),
  );
  ledger.days.add(Math.floor(run.started_at / DAY));
  for (const index of match.with) ledger.partners.add(partners[index]!.device_id);
  ledger.firstAt = Math.min(ledger.firstAt, run.started_at);
  ledger.lastAt = Math.max(ledger.lastAt, run.finished_at);
  ledger.products += run.fall * Math.log(match.concurrency);
  ledger.squares += Math.log(match.concurrency) ** 2;
}

const ORDER = 'ORDER BY started_at, finished_at, class, fall, device_id, gpu_index, benchmark_id';
const COLUMNS = 'device_id, class, started_at, finished_at, fall, fallen';

/** All runs in the order of their start, six hours at a time: memory is bounded by the busiest six hours. */
async function* runsOf(tables: LearnTables): AsyncGenerator<RunRow> {
  const { low, high } = await tables.row<{ low: number | null; high: number }>(
    'SELECT min(started_at) AS low, max(started_at) AS high FROM own.benchmark_fall',
  );
  for (let from = low ?? Infinity; from <= high; from += DAY / 4) {
    yield* await tables.rows<RunRow>(
      `SELECT ${COLUMNS} FROM own.benchmark_fall WHERE started_at >= $from AND started_at < $to ${ORDER}`,
      { from, to: from + DAY / 4 },
    );
  }
}

async function ledgersOf(tables: LearnTables, limits: Limits): Promise<Map<string, Ledger>> {
  const ledgers = new Map<string, Ledger>();
  const fallenRuns = await tables.rows<RunRow>(
    `SELECT ${COLUMNS} FROM own.benchmark_fall WHERE fallen AND finished_at - started_at <= $longest ${ORDER}`,
    { longest: limits.longest_ms },
  );
  const longest = fallenRuns.reduce((most, run) => Math.max(most, run.finished_at - run.started_at), 0);
  const pairs = 'SELECT device_id AS a, other AS b FROM own.benchmark_apart';
  const apart = new Set((await tables.rows<{ a: string; b: string }>(pairs)).map(({ a, b }) => pairOf(a, b)));
  for await (const run of runsOf(tables)) {
    let ledger = ledgers.get(run.device_id);
    if (!ledger) {
      const counts = { runs: 0, met: 0, matched: 0, alone: 0, aloneFallen: 0, products: 0, squares: 0 };
      ledger = { ...counts, days: new Set(), partners: new Set(), windows: [], firstAt: Infinity, lastAt: 0 };
      ledgers.set(run.device_id, ledger);
    }
    ledger.runs++;
    const others = beside(run, fallenRuns, longest, apart, limits);
    if (others.length > 0) ledger.met++;
    else ledger.alone++;
    if (others.length === 0 && run.fallen) ledger.aloneFallen++;
    if (run.fallen && others.length > 0) enter(ledger, run, others, limits);
  }
  return ledgers;
}

export const learner: Learner = {
  name: 'contention',
  reads: ['own.benchmark_apart', 'own.benchmark_fall'],
  columns: {
    device_id: 'VARCHAR',
    runs: 'BIGINT',
    met: 'BIGINT',
    matched: 'BIGINT',
    days: 'BIGINT',
    alone: 'BIGINT',
    alone_fallen: 'BIGINT',
    nats: 'DOUBLE',
    slope: 'DOUBLE',
    related: 'VARCHAR[]',
    first_at: 'BIGINT',
    last_at: 'BIGINT',
  },
  async fill({ tables, params, append }) {
    const limits = params as Limits;
    const ledgers = await ledgersOf(tables, limits);
    let alone = 0;
    let fallen = 0;
    for (const ledger of ledgers.values()) {
      alone += ledger.alone;
      fallen += ledger.aloneFallen;
    }
    const habit = Math.max((fallen + 1) / (alone + 2), limits.least_rate);
    const round = (value: number) => Math.round(value * 100) / 100;
    const rows = [...ledgers].flatMap(([device_id, ledger]) => {
      if (ledger.matched === 0 || ledger.alone < limits.least_alone) return [];
      const rate = (ledger.aloneFallen + limits.habit_runs * habit) / (ledger.alone + limits.habit_runs);
      const nats =
        ledger.windows.reduce((sum, window) => sum - Math.log(rate * window), 0) -
        logChoose(ledger.met, ledger.matched);
      const slope = ledger.squares > 0 ? round(ledger.products / ledger.squares) : null;
      const row = {
        device_id,
        runs: ledger.runs,
        met: ledger.met,
        matched: ledger.matched,
        days: ledger.days.size,
        alone: ledger.alone,
        alone_fallen: ledger.aloneFallen,
        nats: round(nats),
        slope,
        related: [...ledger.partners].sort().slice(0, 50),
        first_at: ledger.firstAt,
        last_at: ledger.lastAt,
      };
      return [row];
    });
    await append(rows);
  },
};
