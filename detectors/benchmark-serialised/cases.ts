import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, MINUTE, START } from '../case-rows.ts';

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

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'the second machine begins when the first is done, three times',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings(3, QUEUED)]),
      expect: ['b:queue'],
    },
    {
      name: 'twice',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings(2, QUEUED)]),
      expect: ['b:likely-queue'],
    },
    {
      name: 'once',
      tables: network([...alone('a', 0), ...alone('b', 1), ...meetings(1, QUEUED)]),
      expect: ['b:once'],
    },
  ],
  honest: [
    {
      // Late by minutes of the owner's work, which end when they end.
      name: 'busy-owner',
      tables: network([
        ...alone('a', 0),
        ...alone('b', 1),
        ...meetings(6, QUEUED).map((run, i) =>
          run.name === 'b' ? { ...run, wait: 2 * MINUTE + i * 7_000 } : run,
        ),
      ]),
    },
    {
      name: 'satellite-link',
      tables: network([
        ...alone('a', 0),
        ...alone('b', 1).map((run) => ({ ...run, wait: QUEUED })),
        ...meetings(3, QUEUED),
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
