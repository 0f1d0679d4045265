import type { DetectorCases } from '../../contracts/detector.ts';
import { account, beats, benchmark, DAY, device, HOUR, START } from '../../testing/detectors/rows.ts';

const DAYS = 5;
const ODD = 'NVIDIA H100 PCIe';

interface Kind {
  heard?: boolean;
  answers?: boolean;
  benchmarked?: boolean;
  rented?: boolean;
  registered?: number;
  owner?: string;
  model?: string;
}

const usual: Kind = { heard: true, answers: true, benchmarked: true, rented: true };

/** Forty ordinary machines of other models, and `n` of the odd model, of as many owners. */
function network(n: number, odd: (i: number) => Kind, common: Kind = usual) {
  const people: (Kind & { id: string })[] = [
    ...Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, ...common })),
    ...Array.from({ length: n }, (_, i) => ({ id: `o${i}`, model: ODD, ...odd(i) })),
  ];
  const owners = [...new Set(people.map(({ id, owner }) => owner ?? id))];
  return {
    accounts: owners.map((id) => account(id)),
    devices: people.map(({ id, owner, model, registered }) =>
      device(id, owner ?? id, {
        ...(model && { gpu_model: model }),
        ...(registered !== undefined && { registered_at: registered }),
      }),
    ),
    heartbeats: people.flatMap(({ id, heard }, i) =>
      heard ? beats({ device_id: id, ip: `81.2.${i}.4`, to: START + DAYS * DAY, every: 3 * HOUR }) : [],
    ),
    pings: people.flatMap(({ id, heard, answers }) =>
      heard
        ? Array.from({ length: DAYS * 8 }, (_, i) => ({
            device_id: id,
            occurred_at: START + i * 3 * HOUR,
            ok: answers === true,
            rtt_ms: answers ? 20 : null,
            probe_id: 'fra',
          }))
        : [],
    ),
    benchmarks: people.flatMap(({ id, benchmarked }) =>
      benchmarked ? [benchmark(`b-${id}`, id, START + DAY)] : [],
    ),
    rentals: people.flatMap(({ id, rented }) =>
      rented
        ? [
            {
              rental_id: `r-${id}`,
              device_id: id,
              renter_id: 'customer',
              started_at: START + DAY,
              price_usd: 3,
            },
          ]
        : [],
    ),
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'registered and never heard',
      tables: network(12, () => ({})),
      expect: [`not-heard:${ODD}:not-heard`],
    },
    {
      name: 'heartbeats and nothing else',
      tables: network(12, () => ({ heard: true })),
      expect: [`not-answering:${ODD}:not-answering`, `not-benchmarked:${ODD}:not-benchmarked`],
    },
    {
      name: 'the real ones are rented, those that never took a test are not',
      tables: network(60, (i) => (i < 30 ? usual : { heard: true, answers: true })),
      expect: [`not-benchmarked:${ODD}:not-benchmarked`, `not-rented:${ODD}:not-rented`],
    },
  ],
  honest: [
    {
      name: 'filtered-probes',
      tables: network(12, (i) => ({ ...usual, answers: i > 1 }), usual),
    },
    { name: 'big-holder-off', tables: network(36, (i) => (i < 30 ? { owner: 'holder' } : usual)) },
    {
      name: 'registered-yesterday',
      tables: network(22, (i) => (i < 12 ? { registered: START + DAYS * DAY - 20 * HOUR } : usual)),
    },
    { name: 'unwanted-model', tables: network(40, () => ({ ...usual, rented: false })) },
  ],
  silent: [
    { name: 'four owners', tables: network(4, () => ({})) },
    {
      name: 'nobody is benchmarked',
      tables: network(12, () => ({ ...usual, benchmarked: false }), { ...usual, benchmarked: false }),
    },
  ],
};
