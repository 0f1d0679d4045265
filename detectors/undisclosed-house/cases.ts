import type { DetectorCases } from '../../contracts/detector.ts';
import { account, beats, benchmark, DAY, device, START } from '../../testing/detectors/rows.ts';

function world(fleet: number, house: boolean, days = 6) {
  const people = Array.from({ length: 30 }, (_, i) => `p${i}`);
  const own = Array.from({ length: fleet }, (_, i) => `h${i}`);
  return {
    accounts: [...people.map((id) => account(id)), account('h', { house })],
    devices: [
      ...people.map((id) => device(id, id)),
      ...own.map((id) => device(id, 'h', { gpu_model: 'NVIDIA A100-SXM4-80GB' })),
    ],
    heartbeats: [
      ...people.flatMap((id, i) => beats({ device_id: id, ip: `81.2.${i}.4`, to: START + 6 * DAY })),
      ...own.flatMap((id, i) =>
        beats({ device_id: id, ip: `20.2.${i}.4`, from: START + (6 - days) * DAY, to: START + 6 * DAY }),
      ),
    ],
    benchmarks: people.map((id) => benchmark(`b-${id}`, id, START + DAY)),
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight machines always on, never tested',
      tables: world(8, false),
      expect: ['never_benchmarked:NVIDIA A100-SXM4-80GB:fleet'],
    },
  ],
  honest: [
    { name: 'declared-house', tables: world(8, true) },
    { name: 'new-machines', tables: world(8, false, 2) },
  ],
  silent: [
    { name: 'three machines', tables: world(3, false) },
    { name: 'no benchmarks', tables: { ...world(8, false), benchmarks: [] } },
  ],
};
