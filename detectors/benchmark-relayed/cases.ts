import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

interface Plan {
  name: string;
  /** Delay beyond the usual 300 to 1,500 ms: of every run, or of the i-th. */
  extra?: number | ((i: number) => number);
  pcie?: number;
  rtt?: number;
  runs?: number;
}

function network(plans: readonly Plan[]) {
  return {
    accounts: plans.map(({ name }) => account(`owner-${name}`)),
    devices: plans.map(({ name }) => device(name, `owner-${name}`)),
    pings: plans.flatMap(({ name, rtt = 40 }) =>
      Array.from(
        { length: 4 },
        (_, i): Row<'pings'> => ({
          device_id: name,
          occurred_at: START + i * HOUR,
          ok: true,
          rtt_ms: rtt + i,
        }),
      ),
    ),
    benchmarks: plans.flatMap(({ name, extra = 0, pcie = 24, runs = 10, rtt = 40 }, p) =>
      Array.from({ length: runs }, (_, i): Row<'benchmarks'> => {
        const more = typeof extra === 'number' ? extra * (0.98 + 0.04 * noise(p * 53 + i)) : extra(i);
        const wait = Math.round(300 + 1_200 * noise(p * 91 + i) + 3 * rtt + more);
        return benchmark(`${name}-${i}`, name, START + i * 10 * HOUR + wait, {
          requested_at: START + i * 10 * HOUR,
          pcie_gb_s: pcie * (1 + 0.008 * (noise(p * 17 + i) - 0.5)),
        });
      }),
    ),
  };
}

/** Honest machines on links of several speeds. */
const strangers = Array.from({ length: 40 }, (_, i) => ({
  name: `s${i}`,
  pcie: [24.3, 12.2, 6][i % 3]! * (0.98 + 0.04 * noise(i + 5)),
}));
const relayed = ['a', 'b', 'c', 'd', 'e'];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'five machines answered by one card behind a relay',
      tables: network([...strangers, ...relayed.map((name) => ({ name, extra: 2_600, pcie: 9.4 }))]),
      expect: relayed.flatMap((name) => [`${name}:extra-time`, `${name}:one-relay`]),
    },
    {
      name: 'one machine late in every run',
      tables: network([...strangers, { name: 'a', extra: 2_600, pcie: 9.4 }]),
      expect: ['a:extra-time'],
    },
  ],
  honest: [
    {
      name: 'satellite-link',
      tables: network([...strangers, ...relayed.map((name) => ({ name, rtt: 650, pcie: 12.2 }))]),
    },
    {
      name: 'busy-owner',
      tables: network([
        ...strangers,
        ...relayed.map((name) => ({ name, extra: (i: number) => (i % 2 === 0 ? 0 : 30_000), pcie: 12.2 })),
      ]),
    },
    {
      name: 'one-pcie-generation',
      tables: network([...strangers, ...relayed.map((name) => ({ name, pcie: 12.2 }))]),
    },
  ],
  silent: [
    { name: 'few machines', tables: network(relayed.map((name) => ({ name, extra: 2_600, pcie: 9.4 }))) },
    {
      name: 'five runs',
      tables: network([...strangers, ...relayed.map((name) => ({ name, extra: 2_600, runs: 5 }))]),
    },
    {
      name: 'no time of the challenge',
      tables: (() => {
        const tables = network([...strangers, ...relayed.map((name) => ({ name, extra: 2_600, pcie: 9.4 }))]);
        return { ...tables, benchmarks: tables.benchmarks.map(({ requested_at: _, ...row }) => row) };
      })(),
    },
  ],
};
