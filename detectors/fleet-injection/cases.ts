import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, HOUR, START } from '../../testing/detectors/rows.ts';

const DAYS = 4;
const MODEL = 'NVIDIA GeForce RTX 4070';

/** Hourly published figures, from what `cards` says of each hour. */
const published = (cards: (hour: number) => number, days = DAYS): Row<'network_stats'>[] =>
  Array.from({ length: days * 24 }, (_, hour) => ({
    occurred_at: START + hour * HOUR + HOUR / 2,
    metric: `gpus_online:${MODEL}`,
    value: cards(hour),
  }));

/** Machines of one card each, of which the i-th is on from day `since(i)`. */
function fleet(machines: number, since: (i: number) => number = () => 0) {
  const ids = Array.from({ length: machines }, (_, i) => `m${i}`);
  return {
    accounts: ids.map((id) => account(id)),
    devices: ids.map((id) => device(id, id, { gpu_model: MODEL })),
    heartbeats: ids.flatMap((id, i) =>
      beats({
        device_id: id,
        ip: `81.2.${i}.4`,
        from: START + since(i) * DAY,
        to: START + DAYS * DAY,
        every: 2 * HOUR,
      }),
    ),
  };
}

const evening = (hour: number) => 4 * Math.sin((hour / 24) * 2 * Math.PI);

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'a thousand cards more every day, in a straight line',
      tables: { ...fleet(30), network_stats: published((hour) => 30 + hour * 40) },
      expect: [`gpus_online:${MODEL}:line`],
    },
    {
      name: 'five hundred at one hour of the night',
      tables: { ...fleet(30), network_stats: published((hour) => (hour < 50 ? 30 : 530) + evening(hour)) },
      expect: [`gpus_online:${MODEL}:step`],
    },
  ],
  honest: [
    {
      name: 'tenfold-week',
      tables: {
        ...fleet(120, (i) => (i < 12 ? 0 : 1 + Math.floor((i * (DAYS - 1)) / 120))),
        network_stats: published((hour) => 12 + (108 * hour) / (DAYS * 24)),
      },
    },
    {
      name: 'new-data-centre',
      tables: {
        ...fleet(90, (i) => (i < 30 ? 0 : 2)),
        network_stats: published((hour) => (hour < 48 ? 30 : 90) + evening(hour)),
      },
    },
    {
      name: 'recovery-after-outage',
      tables: {
        ...fleet(100),
        network_stats: published((hour) => (hour >= 40 && hour < 60 ? 10 : 100) + evening(hour)),
      },
    },
  ],
  silent: [
    {
      name: 'one day of figures',
      tables: { ...fleet(30), network_stats: published((hour) => 30 + hour * 40, 1) },
    },
    {
      name: 'figures that no network has',
      tables: { ...fleet(30), network_stats: published((hour) => (hour % 2 === 0 ? -5 : 1e300)) },
    },
    {
      name: 'a few cards more',
      tables: { ...fleet(30), network_stats: published((hour) => 30 + hour * 0.1) },
    },
  ],
};
