import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, DAY, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

/** A normal deviate from an integer (Box and Muller). */
const normal = (i: number) =>
  Math.sqrt(-2 * Math.log(noise(i) + 1e-9)) * Math.cos(2 * Math.PI * noise(i + 7_919));

interface Chip {
  clock: number;
  lanes: number;
  half: number;
  memory: number;
}

/**
 * A chip of its own: two percent of clock, one percent of the rest. `spread` narrows it about a common chip.
 */
const chip = (i: number, spread = 1): Chip => ({
  clock: 1 + 0.02 * spread * normal(i * 31 + 1),
  lanes: 1 + 0.01 * spread * normal(i * 31 + 2),
  half: 1 + 0.01 * spread * normal(i * 31 + 3),
  memory: 1 + 0.015 * spread * normal(i * 31 + 4),
});

interface Plan {
  name: string;
  owner: string;
  chip: Chip;
  runs?: number;
  /** Days after START at which the runs begin; one run every ten hours. */
  from?: number;
  /** Clock readings are multiples of this, MHz. */
  step?: number;
  registered?: number;
  /** Scatter from run to run, in units of the usual. */
  scatter?: number;
}

function network(plans: readonly Plan[], model = 'NVIDIA GeForce RTX 4090') {
  const benchmarks = plans.flatMap(({ name, chip: c, runs = 16, from = 0, step = 0.001, scatter = 1 }, p) =>
    Array.from({ length: runs }, (_, i): Row<'benchmarks'> => {
      const error = (metric: number) => 1 + 0.006 * scatter * normal(p * 997 + i * 13 + metric * 100_003);
      const clock =
        Math.round((2_500 * c.clock * (1 + 0.002 * scatter * normal(p * 997 + i * 13))) / step) * step;
      return benchmark(`${name}-${i}`, name, START + from * DAY + i * 10 * HOUR + p * 60_000, {
        sm_clock_mhz: clock,
        fp32_tflops: clock * 0.0275 * c.lanes * error(1),
        fp16_tflops: clock * 0.05 * c.half * error(2),
        memory_bandwidth_gb_s: 940 * c.memory * c.clock * error(3),
      });
    }),
  );
  return {
    accounts: [...new Set(plans.map(({ owner }) => owner))].map((owner) => account(owner)),
    devices: plans.map(({ name, owner, registered = 0 }) =>
      device(name, owner, { gpu_model: model, registered_at: START - 20 * DAY + registered }),
    ),
    benchmarks,
  };
}

/** Strangers with chips of their own. */
const strangers = (count: number, more: Partial<Plan> = {}): Plan[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `s${i}`,
    owner: `stranger-${i}`,
    chip: chip(i),
    ...more,
  }));

const one = chip(6_001);
/** Machines on one chip, six of one owner and two of another, the first of these registered last. */
const shards = (count: number, more: Partial<Plan> = {}): Plan[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `f${i}`,
    owner: 'merchant',
    chip: one,
    registered: i * HOUR,
    ...more,
  }));

const names = (plans: readonly Plan[], level: string) => plans.map(({ name }) => `${name}:${level}`);

/** The strong level and the weaker one, which then holds, too. */
const degrees = (devices: Parameters<typeof names>[0]) => [
  ...names(devices, 'one-card'),
  ...names(devices, 'likely-one-card'),
];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight machines of one owner on one chip, among forty strangers',
      tables: network([...strangers(40), ...shards(8)]),
      expect: degrees(shards(8)),
    },
    {
      name: 'scatter added to every run of every name',
      tables: network([...strangers(40), ...shards(12, { scatter: 2, runs: 30 })]),
      expect: degrees(shards(12)),
    },
    {
      name: 'four machines with few runs each',
      tables: network([...strangers(40), ...shards(4, { runs: 5 })]),
      expect: degrees(shards(4)),
    },
    {
      name: 'sold on under other accounts after its owner was there first',
      tables: network([
        ...strangers(40),
        { name: 'victim', owner: 'honest', chip: one, registered: -DAY },
        ...shards(8).map((plan) => ({ ...plan, owner: `front-${plan.name}` })),
      ]),
      // The runs of f5 scatter more than its fellows' do: its own figures are worth less.
      expect: [
        'victim:first-holder',
        'f5:likely-one-card',
        ...degrees(shards(8)).filter((name) => !name.startsWith('f5')),
      ],
    },
  ],
  honest: [
    {
      // Neighbours on a wafer: half the spread, and still sixteen chips.
      name: 'rack-of-one-batch',
      tables: network([
        ...strangers(40),
        ...Array.from({ length: 16 }, (_, i) => ({ name: `b${i}`, owner: 'farm', chip: chip(700 + i, 0.5) })),
      ]),
    },
    {
      name: 'big-holder',
      tables: network([
        ...strangers(40),
        ...Array.from({ length: 60 }, (_, i) => ({ name: `b${i}`, owner: 'farm', chip: chip(900 + i) })),
      ]),
    },
    {
      // Five owners, one after the other.
      name: 'second-hand-card',
      tables: network([
        ...strangers(40),
        ...shards(5).map((plan, i) => ({ ...plan, owner: `buyer-${i}`, from: i * 8 })),
      ]),
    },
    {
      // The owner and one hirer who shows the card under his own name: two names are no crowd.
      name: 'hired-out-card',
      tables: network([...strangers(40), ...shards(2).map((plan, i) => ({ ...plan, owner: `user-${i}` }))]),
    },
    {
      // Clocks in steps of 15 MHz put a dozen chips on one reading.
      name: 'coarse-meter',
      tables: network([
        ...strangers(60, { step: 15 }),
        ...Array.from({ length: 20 }, (_, i) => ({
          name: `b${i}`,
          owner: 'farm',
          chip: chip(900 + i),
          step: 15,
        })),
      ]),
    },
  ],
  silent: [
    {
      name: 'three runs',
      tables: network([...strangers(40), ...shards(8)].map((plan) => ({ ...plan, runs: 3 }))),
    },
    { name: 'too few strangers to know how chips differ', tables: network([...strangers(3), ...shards(8)]) },
    {
      name: 'silicon does not show: every card reads the same',
      tables: network([...strangers(40), ...shards(8)].map((plan) => ({ ...plan, chip: one }))),
    },
    {
      name: 'runs scatter more than chips differ',
      tables: network([...strangers(40), ...shards(8)].map((plan) => ({ ...plan, scatter: 30 }))),
    },
    {
      name: 'self-reported',
      tables: (() => {
        const tables = network([...strangers(40), ...shards(8)]);
        return {
          ...tables,
          benchmarks: tables.benchmarks.map((row) => ({ ...row, measured_by: 'machine' })),
        };
      })(),
    },
    {
      name: 'declared slices of one board',
      tables: network([...strangers(40), ...shards(8)], 'NVIDIA A100-SXM4-40GB MIG 1g.5gb'),
    },
  ],
};
