import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

interface Run {
  name: string;
  /** When the challenge left the network, ms after START. */
  at: number;
  wait?: number;
  lasts?: number;
}

function network(runs: readonly Run[]) {
  const names = [...new Set(runs.map(({ name }) => name))];
  return {
    accounts: names.map((name) => account(`owner-${name}`)),
    devices: names.map((name) => device(name, `owner-${name}`)),
    benchmarks: runs.map(
      ({ name, at, wait = 900, lasts = 30_000 }, i): Row<'benchmarks'> =>
        benchmark(`run-${i}`, name, START + at + wait, {
          requested_at: START + at,
          finished_at: START + at + wait + lasts,
        }),
    ),
  };
}

const alone = (name: string, offset: number): Run[] =>
  Array.from({ length: 10 }, (_, i) => ({ name, at: i * 10 * HOUR + offset * HOUR }));

/** Both challenged within four seconds; the second waits for `wait`. */
const meetings = (times: number, wait: number): Run[] =>
  Array.from({ length: times }, (_, i) => i * 10 * HOUR + 5 * HOUR).flatMap((at) => [
    { name: 'a', at },
    { name: 'b', at: at + 4_000, wait },
  ]);

/** The first run ends 30.9 s after its challenge; the second begins half a second later. */
const QUEUED = 27_400;

/**
 * Eight machines, asked one by one and, four times a day, all within two minutes. `wait` tells how long each
 * waits, given who was asked before.
 */
function fleet(wait: (before: readonly Run[], at: number, i: number) => number | null): Run[] {
  const asked = Array.from({ length: 8 }, (_, m) => `m${m}`).flatMap((name, m) => [
    ...Array.from({ length: 12 }, (_, i) => ({ name, at: (i * 13 + m * 1.6) * HOUR })),
    ...Array.from({ length: 60 }, (_, i) => ({
      name,
      at: (i * 6 + 2.3) * HOUR + Math.floor(noise(i * 8 + m) * 120) * 1_000,
    })),
  ]);
  const runs: Run[] = [];
  for (const [i, { name, at }] of asked.sort((a, b) => a.at - b.at).entries()) {
    const waits = wait(runs, at, i);
    if (waits !== null)
      runs.push({ name, at, wait: waits, lasts: 15_000 + Math.floor(noise(i + 7) * 1_500) });
  }
  return runs;
}

/** One card takes the requests in turn; who would wait for more than 25 seconds declines. */
const inTurn = (before: readonly Run[], at: number): number | null => {
  const free = Math.max(0, ...before.map((run) => run.at + (run.wait ?? 0) + (run.lasts ?? 0)));
  return free - at < 25_000 ? 900 + Math.max(0, free - at) : null;
};

/** Forty machines of their own, asked in the same rounds. */
const strangers: Run[] = Array.from({ length: 40 }, (_, m) =>
  Array.from({ length: 30 }, (_, i) => ({
    name: `stranger-${m}`,
    at: (((i * 2 + m) % 60) * 6 + 2.3) * HOUR + Math.floor(noise(i * 64 + m + 900) * 120) * 1_000,
    lasts: 15_000 + Math.floor(noise(i + m) * 1_500),
  })),
).flat();

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'the second machine begins when the first is done, three times',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings(3, QUEUED)]),
      expect: ['b:likely-queue', 'b:once', 'b:queue'],
    },
    {
      name: 'twice',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings(2, QUEUED)]),
      expect: ['b:likely-queue', 'b:once'],
    },
    {
      name: 'once',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings(1, QUEUED)]),
      expect: ['b:once'],
    },
    {
      name: 'eight machines on one card that decline to wait long',
      tables: network([...fleet(inTurn), ...strangers]),
      expect: Array.from({ length: 8 }, (_, m) =>
        ['likely-queue', 'once', 'queue', 'shared-queue'].map((level) => `m${m}:${level}`),
      ).flat(),
    },
  ],
  honest: [
    {
      name: 'network-rush',
      // The network's own congestion: who is asked in a round waits, the longer the more were asked, by
      // seconds.
      tables: network(
        fleet(
          (before, at, i) =>
            900 +
            Math.min(3_500, 700 * before.filter((run) => run.at > at - 10_000).length) +
            Math.floor(1_000 * noise(i + 50)),
        ),
      ),
    },
    {
      name: 'cold-starts',
      // Asked in one second they end together, and who must load the model first begins at any time after.
      tables: network(
        Array.from({ length: 20 }, (_, round) =>
          Array.from(
            { length: 30 },
            (_, m): Run => ({
              name: `cold-${m}`,
              at: round * 6 * HOUR + Math.floor(noise(round * 64 + m) * 1_000),
              lasts: 15_000 + Math.floor(noise(round * 64 + m + 5_000) * 3_000),
              ...(noise(round * 64 + m + 9_000) < 0.1
                ? { wait: 7_000 + Math.floor(noise(round * 64 + m + 20_000) * 25_000) }
                : {}),
            }),
          ),
        ).flat(),
      ),
    },
    {
      // Late by minutes of the owner's work, which end when they end.
      name: 'busy-owner',
      tables: network([
        ...alone('a', 0),
        ...alone('b', 1),
        ...meetings(8, QUEUED).map((run, i) =>
          run.name === 'b' ? { ...run, wait: 2 * MINUTE + i * 7_000 } : run,
        ),
      ]),
    },
    {
      name: 'satellite-link',
      tables: network([
        ...alone('a', 0),
        ...alone('b', 1).map((run) => ({ ...run, wait: QUEUED })),
        ...meetings(8, QUEUED),
      ]),
    },
    {
      name: 'many-machines-at-once',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings(8, 900)]),
    },
  ],
  silent: [
    {
      name: 'no time of the challenge',
      tables: (() => {
        const tables = network([...alone('a', 0), ...alone('b', 1), ...meetings(3, QUEUED)]);
        return { ...tables, benchmarks: tables.benchmarks.map(({ requested_at: _, ...row }) => row) };
      })(),
    },
    {
      name: 'self-reported',
      tables: (() => {
        const tables = network([...alone('a', 0), ...alone('b', 1), ...meetings(3, QUEUED)]);
        return {
          ...tables,
          benchmarks: tables.benchmarks.map((row) => ({ ...row, measured_by: 'machine' })),
        };
      })(),
    },
  ],
};
