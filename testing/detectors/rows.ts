/** Builders of literal rows for cases: the dull columns filled in, so that a case shows what matters. */
import type { Row } from '../../contracts/dataset.ts';

/** 2024-04-20T00:00:00Z, the first day of every case. */
export const START = 1_713_571_200_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export function account(account_id: string, more: Partial<Row<'accounts'>> = {}): Row<'accounts'> {
  return { account_id, created_at: START - 30 * DAY, ...more };
}

export function device(
  device_id: string,
  account_id: string,
  more: Partial<Row<'devices'>> = {},
): Row<'devices'> {
  return {
    device_id,
    account_id,
    registered_at: START - 20 * DAY,
    gpu_model: 'NVIDIA GeForce RTX 4090',
    gpu_count: 1,
    ...more,
  };
}

export function gpu(device_id: string, more: Partial<Row<'gpus'>> = {}): Row<'gpus'> {
  return { device_id, gpu_index: 0, ...more };
}

export function benchmark(
  benchmark_id: string,
  device_id: string,
  started_at: number,
  more: Partial<Row<'benchmarks'>> = {},
): Row<'benchmarks'> {
  return {
    benchmark_id,
    device_id,
    gpu_index: 0,
    measured_by: 'network',
    requested_at: started_at - 1_000,
    started_at,
    finished_at: started_at + 30_000,
    ...more,
  };
}

export interface BeatPlan {
  device_id: string;
  ip: string;
  from?: number;
  to: number;
  /** Milliseconds between messages. */
  every?: number;
  /** Columns of the i-th message at time t. */
  row?: (i: number, t: number) => Partial<Row<'heartbeats'>>;
}

/** Messages from `from` (default START) until before `to`. */
export function beats({
  device_id,
  ip,
  from = START,
  to,
  every = 15 * MINUTE,
  row,
}: BeatPlan): Row<'heartbeats'>[] {
  const rows: Row<'heartbeats'>[] = [];
  for (let t = from, i = 0; t < to; t += every, i++) {
    rows.push({
      device_id,
      gpu_index: 0,
      sent_at: t,
      received_at: t + 50,
      ip,
      status: 'idle',
      ...row?.(i, t),
    });
  }
  return rows;
}

/**
 * A number in [0, 1) from an integer: the same on every machine, without a generator's state (integer hash,
 * Wang).
 */
export function noise(seed: number): number {
  let x = (seed ^ 61 ^ (seed >>> 16)) >>> 0;
  x = Math.imul(x, 9) >>> 0;
  x = (x ^ (x >>> 4)) >>> 0;
  x = Math.imul(x, 0x27d4eb2d) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) / 4_294_967_296;
}

/** The subjects s<from> to s<to>. */
export const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `s${from + i}`);

/** What a case expects of subjects at whom each of these levels holds. */
export const atLevels = (subjects: readonly string[], ...levels: readonly string[]): string[] =>
  subjects.flatMap((subject) => levels.map((level) => `${subject}:${level}`));
