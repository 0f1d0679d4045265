import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, benchmark, DAY, device, gpu, HOUR, START } from '../../testing/detectors/rows.ts';

const BEST = 'NVIDIA GeForce RTX 3090';
const LESSER = 'NVIDIA GeForce RTX 3060';
const uuid = (i: number) => `GPU-7c41d2e${i}-9b0f-5a63-b1c8-40e27a95d3f${i}`;

/** One inventory: the names of the cards, in the order of their indices. */
function shown(names: readonly string[], at: number, more: Partial<Row<'gpus'>> = {}): Row<'gpus'>[] {
  return names.map((name, i) =>
    gpu('box', {
      gpu_index: i,
      seen_at: at,
      name,
      gpu_uuid: uuid(i),
      pci_bus_id: `00000000:0${i}:00.0`,
      ...more,
    }),
  );
}

/** A machine listed as `count` of the best card, with an inventory a day. */
function listed(count: number, days: readonly (readonly string[])[], more: Partial<Row<'devices'>> = {}) {
  return {
    accounts: [account('owner')],
    devices: [device('box', 'owner', { gpu_model: BEST, gpu_count: count, ...more })],
    gpus: days.flatMap((names, i) => shown(names, START + i * DAY)),
  };
}

const ofBest = { memory_bandwidth_gb_s: 840, fp32_tflops: 33 };
const ofLesser = { memory_bandwidth_gb_s: 325, fp32_tflops: 12 };
const runs = (figures: Partial<Row<'benchmarks'>>, n = 4): Row<'benchmarks'>[] =>
  Array.from({ length: n }, (_, i) => benchmark(`b${i}`, 'box', START + i * HOUR, figures));
const always = (names: readonly string[]) => [names, names, names];

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight listed, one there',
      tables: listed(8, always([BEST])),
      expect: ['box:half-absent', 'box:mostly-absent'],
    },
    {
      name: 'eight listed, four there since the first day',
      tables: listed(8, [Array(8).fill(BEST), ...always(Array(4).fill(BEST))]),
      expect: ['box:half-absent'],
    },
    {
      name: 'a cheap card beside the listed one, sold as one card, and only the cheap one works',
      tables: {
        ...listed(1, [[BEST, LESSER]]),
        benchmarks: runs({ ...ofLesser, gpu_index: null }),
      },
      expect: ['box:never-reached', 'box:only-card-lesser'],
    },
    {
      name: 'two models in the inventory, one at work',
      tables: {
        ...listed(2, [[BEST, LESSER]]),
        benchmarks: runs({ ...ofLesser, gpu_index: null }),
      },
      expect: ['box:never-reached'],
    },
    {
      name: 'only the other card answers benchmarks',
      tables: { ...listed(2, [[BEST, LESSER]]), benchmarks: runs({ ...ofLesser, gpu_index: 1 }) },
      expect: ['box:never-reached'],
    },
    {
      name: 'one good card and three cheap ones under the good name: shown, weighs little',
      tables: listed(4, [[BEST, LESSER, LESSER, LESSER]]),
      expect: ['box:mostly-lesser'],
    },
  ],
  honest: [
    {
      name: 'mixed-host',
      tables: {
        ...listed(2, always([BEST, LESSER])),
        benchmarks: [0, 1].flatMap((card) =>
          runs({ ...(card === 0 ? ofBest : ofLesser), gpu_index: card }).map((run) => ({
            ...run,
            benchmark_id: `${run.benchmark_id}-${card}`,
          })),
        ),
      },
    },
    {
      // The inventory counts by bus, the benchmark fastest card first.
      name: 'fastest-card-first',
      tables: {
        ...listed(2, always([LESSER, BEST])),
        benchmarks: [
          ...runs({ ...ofBest, gpu_index: 0 }),
          ...runs({ ...ofLesser, gpu_index: 1 }).map((run) => ({
            ...run,
            benchmark_id: `${run.benchmark_id}-1`,
          })),
        ],
      },
    },
    {
      name: 'mixed-host-lists-lesser',
      tables: listed(3, always([LESSER, BEST, BEST]), { gpu_model: LESSER }),
    },
    {
      name: 'lost-card',
      tables: listed(2, [[BEST, BEST], [BEST], [BEST], [BEST], [BEST, BEST], [BEST], [BEST]]),
    },
    {
      name: 'first-card-client',
      tables: {
        accounts: Array.from({ length: 12 }, (_, i) => account(`o${i}`)),
        devices: Array.from({ length: 12 }, (_, i) =>
          device(`m${i}`, `o${i}`, { gpu_model: BEST, gpu_count: 4 }),
        ),
        gpus: Array.from({ length: 12 }, (_, i) =>
          [0, 1, 2].map((day) =>
            gpu(`m${i}`, { seen_at: START + day * DAY, name: BEST, pci_bus_id: '00000000:01:00.0' }),
          ),
        ).flat(),
      },
    },
    {
      name: 'mig-host',
      tables: {
        accounts: [account('owner')],
        devices: [device('box', 'owner', { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb', gpu_count: 2 })],
        gpus: [0, 1, 2].flatMap((day) =>
          shown(Array(2).fill('NVIDIA A100-SXM4-80GB MIG 1g.10gb'), START + day * DAY, {
            mig_profile: '1g.10gb',
          }),
        ),
      },
    },
    {
      name: 'mig-host',
      tables: {
        accounts: [account('owner')],
        devices: [device('box', 'owner', { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb', gpu_count: 7 })],
        gpus: [0, 1, 2].flatMap((day) => [
          ...shown(['NVIDIA A100-SXM4-80GB'], START + day * DAY),
          ...Array.from({ length: 7 }, (_, i) =>
            gpu('box', {
              gpu_index: i + 1,
              seen_at: START + day * DAY,
              name: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb',
              gpu_uuid: `MIG-1f0c8e52-77aa-5d13-9c40-5b8e02d6a1c${i}`,
              mig_profile: '1g.10gb',
              pci_bus_id: '00000000:00:00.0',
            }),
          ),
        ]),
      },
    },
    {
      name: 'fastest-card-first',
      tables: { ...listed(2, [[LESSER, BEST]]), benchmarks: runs({ ...ofBest, gpu_index: null }) },
    },
    {
      name: 'upgraded-machine',
      tables: listed(2, [[LESSER], [LESSER], [LESSER], [BEST, BEST]]),
    },
    {
      name: 'samples-of-a-loop',
      tables: {
        ...listed(1, []),
        gpus: Array.from({ length: 40 }, (_, i) =>
          gpu('box', { gpu_index: i, seen_at: START, name: BEST, gpu_uuid: uuid(1) }),
        ),
      },
    },
  ],
  silent: [
    { name: 'one inventory says nothing of days', tables: listed(8, [[BEST]]) },
    { name: 'a count that nobody knows', tables: listed(8, always([BEST]), { gpu_count: null }) },
    {
      name: 'names that the catalogue does not know',
      tables: listed(2, always(['Graphics Device', 'Card'])),
    },
  ],
};
