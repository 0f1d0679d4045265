import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, DAY, device, HOUR, noise, START } from '../../testing/detectors/rows.ts';

interface Habit {
  id: string;
  /** Utilization in percent at an hour of a day; undefined while switched off. */
  load: (hour: number, day: number) => number | undefined;
}

const DAYS = 6;
const ODD_HOURS = new Set([1, 2, 6, 10, 11, 15, 16, 21]);
const within = (hour: number, from: number, length: number) => (hour - from + 24) % 24 < length;

/** `n` people, each with hours of their own; now and then they come late. */
const people = (n: number): Habit[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `p${i}`,
    load: (hour, day) =>
      within(
        hour,
        Math.floor(noise(i) * 24) + Math.floor(noise(i * 31 + day) * 3),
        5 + Math.floor(noise(i + 500) * 14),
      )
        ? 100 * noise(i * 97 + hour * 7 + day)
        : undefined,
  }));

const group = (n: number, load: (i: number, hour: number, day: number) => number | undefined): Habit[] =>
  Array.from({ length: n }, (_, i) => ({ id: `s${i}`, load: (hour, day) => load(i, hour, day) }));

function world(habits: readonly Habit[], days = DAYS): CaseTables {
  const heartbeats = habits.flatMap(({ id, load }, h) =>
    Array.from({ length: days * 24 }, (_, i): Row<'heartbeats'>[] => {
      const utilization = load(i % 24, Math.floor(i / 24));
      if (utilization === undefined) return [];
      const received_at = START + i * HOUR + Math.floor(noise(h * 1009 + i) * HOUR);
      return [
        {
          device_id: `d-${id}`,
          received_at,
          ip: `81.${h}.7.9`,
          status: 'idle',
          utilization_gpu_pct: utilization,
        },
      ];
    }).flat(),
  );
  return {
    accounts: habits.map(({ id }) => account(id)),
    devices: habits.map(({ id }) => device(`d-${id}`, id, { registered_at: START - 20 * DAY })),
    heartbeats,
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'six accounts keep the same eight hours of every day',
      tables: world([
        ...people(90),
        ...group(6, (i, hour, day) =>
          ODD_HOURS.has(hour) ? 40 + 10 * noise(i * 13 + hour + day) : undefined,
        ),
      ]),
      expect: Array.from({ length: 6 }, (_, i) => `s${i}:alike`),
    },
  ],
  honest: [
    {
      name: 'always-on',
      tables: world([
        ...people(90),
        ...group(30, (i, hour, day) => 100 * noise(i * 89 + hour * 5 + day * 3)),
      ]),
    },
    {
      name: 'office-hours',
      tables: world([
        ...people(60),
        ...group(60, (i, hour, day) =>
          within(hour, 8 + Math.floor(noise(i * 17 + day) * 3), 9)
            ? 100 * noise(i * 83 + hour * 3 + day)
            : undefined,
        ),
      ]),
    },
  ],
  silent: [
    {
      name: 'no population',
      tables: world([...people(40), ...group(6, (_, hour) => (ODD_HOURS.has(hour) ? 40 : undefined))]),
    },
    {
      name: 'two days of either half',
      tables: world([...people(90), ...group(6, (_, hour) => (ODD_HOURS.has(hour) ? 40 : undefined))], 4),
    },
    { name: 'no heartbeats', tables: { accounts: [account('a')], devices: [device('d', 'a')] } },
  ],
};
