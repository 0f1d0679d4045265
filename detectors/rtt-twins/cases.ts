import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, DAY, device, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

interface Line {
  id: string;
  country: string;
  /** First two numbers of its address. */
  network: string;
  /** Milliseconds beyond its own path at a time. */
  late: (at: number) => number;
  probe?: (i: number) => string;
}

const EVERY = 15 * MINUTE;
const COUNTRIES = ['DE', 'IN', 'US', 'VN', 'BR', 'TR'];

/** Queueing of one cause: new in each half-hour, 0 to 12 ms. */
const queue = (cause: number) => (at: number) => 12 * noise(cause * 7919 + Math.floor(at / (2 * EVERY)));

/** A third of the time everything waits, and everything alike. */
const outage = (at: number) => (Math.floor(at / (7 * HOUR)) % 3 === 0 ? 60 * queue(3)(at) : 0);

/** Thirty people, each on a line of their own, five in each country. */
const CROWD: readonly Line[] = Array.from({ length: 30 }, (_, i) => ({
  id: `p${i}`,
  country: COUNTRIES[i % 6] as string,
  network: `81.${i}`,
  late: queue(1000 + i),
}));

/** `n` machines `s0 ...` behind one cause of lateness, which their own lines hardly add to. */
const together = (n: number, more: (i: number) => Partial<Line> = () => ({})): Line[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `s${i}`,
    country: COUNTRIES[i % 3] as string,
    network: `90.${i}`,
    late: (at) => queue(1)(at) + queue(2000 + i)(at) / 6,
    ...more(i),
  }));

/** What the network's probes measured of the lines in four days. */
function world(lines: readonly Line[], days = 4): CaseTables {
  const pings = lines.flatMap(({ id, late, probe }, l) =>
    Array.from({ length: (days * DAY) / EVERY }, (_, i): Row<'pings'> => {
      const at = START + i * EVERY + Math.floor(noise(l * 10_007 + i) * 5 * MINUTE);
      const rtt_ms = 40 + l + late(at) + noise(l * 65_537 + i);
      return {
        device_id: `d-${id}`,
        occurred_at: at,
        ok: true,
        rtt_ms,
        ...(probe ? { probe_id: probe(i) } : {}),
      };
    }),
  );
  return {
    accounts: lines.map(({ id, country }) => account(id, { country })),
    devices: lines.map(({ id }) => device(`d-${id}`, id)),
    heartbeats: lines.map(({ id, network }) => ({
      device_id: `d-${id}`,
      received_at: START + HOUR,
      ip: `${network}.7.9`,
      status: 'idle',
    })),
    pings,
  };
}

/** An address file that places each line where its account says. */
const placed = (lines: readonly Line[], kind = 'residential'): CaseTables => ({
  ...world(lines),
  addresses: lines.map(({ network, country }, i) => ({
    cidr: `${network}.0.0/16`,
    asn: 100 + i,
    country,
    class: kind,
  })),
});

const all = (n: number, level: string) => Array.from({ length: n }, (_, i) => `s${i}:${level}`);

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight homes of three countries with one line',
      tables: placed([...CROWD, ...together(8)]),
      expect: [...all(8, 'one-room'), ...all(8, 'alike')],
    },
    {
      name: 'the same, where nobody knows where addresses are',
      tables: world([...CROWD, ...together(8)]),
      expect: all(8, 'alike'),
    },
    {
      name: 'three probes see the same line',
      tables: placed([...CROWD, ...together(8)].map((line) => ({ ...line, probe: (i) => `v${i % 3}` }))),
      expect: [...all(8, 'one-room'), ...all(8, 'alike')],
    },
    {
      name: 'eight networks of one country, where lines meet at one exchange',
      tables: placed([...CROWD, ...together(8, () => ({ country: 'NG' }))]),
      expect: all(8, 'nearby'),
    },
    {
      name: 'rented machines of eight hosters do not claim to stand anywhere',
      tables: placed([...CROWD, ...together(8)], 'hosting'),
      expect: all(8, 'alike'),
    },
  ],
  honest: [
    {
      name: 'one-exchange-point',
      tables: placed([
        ...CROWD,
        ...together(24, (i) => ({
          country: 'NG',
          late: (at) => queue(1)(at) + queue(2000 + i)(at),
        })),
      ]),
    },
    {
      name: 'regional-outage',
      tables: placed(
        [...CROWD, ...together(24, (i) => ({ country: 'BR', late: queue(2000 + i) }))].map((line) =>
          line.country === 'BR' ? { ...line, late: (at) => line.late(at) + outage(at) } : line,
        ),
      ),
    },
    {
      name: 'probe-trouble',
      tables: world(CROWD.map((line) => ({ ...line, late: (at) => line.late(at) + 3 * queue(5)(at) }))),
    },
    {
      name: 'customers-of-one-cloud',
      tables: world([...CROWD, ...together(8, () => ({ network: '51.68' }))]),
    },
    {
      name: 'busy-evenings',
      tables: placed([
        ...CROWD,
        ...together(8, (i) => ({
          late: (at) => queue(2000 + i)(at) + ((at - START) % DAY > 18 * HOUR ? 10 : 0),
        })),
      ]),
    },
  ],
  silent: [
    { name: 'one day', tables: world([...CROWD, ...together(8)], 1) },
    { name: 'three accounts', tables: placed([...CROWD, ...together(3)]) },
    {
      name: 'one owner',
      tables: (() => {
        const { accounts, devices, ...rest } = world([...CROWD, ...together(8)]);
        return {
          ...rest,
          accounts: accounts ?? [],
          devices: (devices ?? []).map((row) => ({
            ...row,
            account_id: row.account_id.startsWith('s') ? 's0' : row.account_id,
          })),
        };
      })(),
    },
    {
      name: 'times that no light makes',
      tables: (() => {
        const { pings, ...rest } = world([...CROWD, ...together(8)]);
        const odd = [Number.NaN, Number.POSITIVE_INFINITY, -5, 1e12];
        return { ...rest, pings: (pings ?? []).map((row, i) => ({ ...row, rtt_ms: odd[i % 4] as number })) };
      })(),
    },
    {
      name: 'no round trips',
      tables: (() => {
        const { pings, ...rest } = world([...CROWD, ...together(8)]);
        return { ...rest, pings: (pings ?? []).map((row) => ({ ...row, rtt_ms: null })) };
      })(),
    },
  ],
};
