import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

interface Run {
  name: string;
  at: number;
  /** What is left of bandwidth and of FP32. */
  bandwidth?: number;
  fp32?: number;
}

function network(runs: readonly Run[]) {
  const names = [...new Set(runs.map(({ name }) => name))];
  return {
    accounts: names.map((name) => account(`owner-${name}`)),
    devices: names.map((name) => device(name, `owner-${name}`)),
    benchmarks: runs.map(
      ({ name, at, bandwidth = 1, fp32 = 1 }, i): Row<'benchmarks'> =>
        benchmark(`run-${i}`, name, START + at, {
          memory_bandwidth_gb_s: 940 * bandwidth * (1 + 0.01 * noise(i)),
          fp32_tflops: 68 * fp32 * (1 + 0.01 * noise(i + 777)),
          sm_clock_mhz: 2_500,
        }),
    ),
  };
}

/** Twelve runs of one machine at hours that no other shares. */
const alone = (name: string, offset: number): Run[] =>
  Array.from({ length: 12 }, (_, i) => ({ name, at: i * 10 * HOUR + offset * HOUR }));

/**
 * `times` meetings of two machines, `apart` ms apart, each left with a share of its speed. Runs last thirty
 * seconds.
 */
const meetings = (a: string, b: string, times: number, left: number, apart = 0): Run[] =>
  Array.from({ length: times }, (_, i) => i * 10 * HOUR + 5 * HOUR).flatMap((at) => [
    { name: a, at, bandwidth: left, fp32: left },
    { name: b, at: at + apart, bandwidth: left, fp32: left },
  ]);

const all = (names: readonly string[], levels: readonly string[]): string[] =>
  names.flatMap((name) => levels.map((level) => `${name}:${level}`));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'one card behind two machines, measured together three times',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings('a', 'b', 3, 0.5)]),
      expect: all(['a', 'b'], ['likely-one-card', 'met-once', 'one-card']),
    },
    {
      name: 'twice',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings('a', 'b', 2, 0.5)]),
      expect: all(['a', 'b'], ['likely-one-card', 'met-once', 'one-card']),
    },
    {
      // Fifteen of thirty seconds at half speed.
      name: 'half of each run beside the other, three times',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings('a', 'b', 3, 0.75, 15_000)]),
      expect: all(['a', 'b'], ['likely-one-card', 'met-once', 'one-card']),
    },
    {
      name: 'three machines at once',
      tables: network([
        ...alone('a', 0),
        ...alone('b', 1),
        ...alone('c', 2),
        ...[5, 15].flatMap((hour) =>
          ['a', 'b', 'c'].map((name) => ({ name, at: hour * HOUR, bandwidth: 1 / 3, fp32: 1 / 3 })),
        ),
      ]),
      expect: all(['a', 'b', 'c'], ['likely-one-card', 'met-once', 'one-card']),
    },
    {
      name: 'once',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings('a', 'b', 1, 0.5)]),
      expect: all(['a', 'b'], ['likely-one-card', 'met-once']),
    },
    {
      name: 'once, and once alone',
      tables: network([
        ...alone('a', 0).map((run, i) => (i === 3 ? { ...run, bandwidth: 0.7, fp32: 0.7 } : run)),
        ...alone('b', 1),
        ...alone('c', 2),
        ...alone('d', 3),
        ...meetings('a', 'b', 1, 0.5),
      ]),
      expect: ['a:met-once', 'b:likely-one-card', 'b:met-once'],
    },
  ],
  honest: [
    {
      name: 'big-holder',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings('a', 'b', 6, 1)]),
    },
    {
      name: 'owner-uses-card',
      tables: network([
        ...alone('a', 0).map((run, i) => (i % 2 ? { ...run, bandwidth: 0.5, fp32: 0.5 } : run)),
        ...alone('b', 1).map((run, i) => (i % 2 ? { ...run, bandwidth: 0.5, fp32: 0.5 } : run)),
        ...meetings('a', 'b', 1, 0.5),
      ]),
    },
    {
      // Both owners start their own work at the same hour every night: falls of an amount that the few shared
      // seconds do not explain.
      name: 'same-nightly-job',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings('a', 'b', 6, 0.4, 25_000)]),
    },
    {
      name: 'hot-room',
      tables: network([
        ...alone('a', 0),
        ...alone('b', 1),
        ...meetings('a', 'b', 5, 1).map((run) => ({ ...run, fp32: 0.6 })),
      ]),
    },
    {
      // It is measured at the same time as two machines on one card, and feels nothing.
      name: 'neighbour-of-a-fake',
      tables: network([
        ...alone('bystander', 2),
        ...Array.from({ length: 4 }, (_, i) => ({ name: 'bystander', at: i * 10 * HOUR + 5 * HOUR })),
        ...alone('a', 0),
        ...Array.from({ length: 4 }, (_, i) => ({
          name: 'a',
          at: i * 10 * HOUR + 5 * HOUR,
          bandwidth: 0.5,
          fp32: 0.5,
        })),
      ]),
    },
  ],
  silent: [
    { name: 'three runs', tables: network([...meetings('a', 'b', 3, 0.5)]) },
    {
      name: 'self-reported',
      tables: (() => {
        const tables = network([...alone('a', 0), ...alone('b', 1), ...meetings('a', 'b', 3, 0.5)]);
        return {
          ...tables,
          benchmarks: tables.benchmarks.map((row) => ({ ...row, measured_by: 'machine' })),
        };
      })(),
    },
  ],
};
