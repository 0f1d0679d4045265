import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { when } from '../../testing/detectors/people.ts';
import {
  account,
  atLevels,
  DAY,
  device,
  HOUR,
  MINUTE,
  noise,
  numbered,
  START,
} from '../../testing/detectors/rows.ts';

const END = START + 7 * DAY;

/** Heartbeats every half-hour of a machine that restarts at the given times. */
function machine(id: string, restarts: readonly number[], ip: string): Row<'heartbeats'>[] {
  const starts = [START - DAY, ...restarts].sort((a, b) => a - b);
  const rows: Row<'heartbeats'>[] = [];
  for (let t = START; t < END; t += 30 * MINUTE) {
    const up = starts.findLast((start) => start < t) ?? START - DAY;
    rows.push({
      device_id: `d-${id}`,
      gpu_index: 0,
      received_at: t,
      ip,
      uptime_s: Math.floor((t - up) / 1000),
    });
  }
  return rows;
}

/** `hall`: the machines of `own` stand in one address block. */
function world(own: Readonly<Record<string, readonly number[]>>, { country = 'DE', hall = false } = {}) {
  const crowd = Array.from({ length: 120 }, (_, i) => `p${i}`);
  const names = Object.keys(own);
  const random = (i: number) => [0, 1, 2].map((k) => START + Math.floor(noise(i * 7 + k + 11) * 7 * DAY));
  return {
    accounts: [
      ...crowd.map((id, i) =>
        account(id, { created_at: when(i / 120), country: ['US', 'IN', 'VN'][i % 3]! }),
      ),
      ...names.map((id, i) => account(id, { created_at: when(0.5) + i * HOUR, country })),
    ],
    devices: [...crowd, ...names].map((id) => device(`d-${id}`, id)),
    heartbeats: [
      ...crowd.flatMap((id, i) => machine(id, random(i), `81.2.${i}.4`)),
      ...names.flatMap((id, i) => machine(id, own[id]!, hall ? `51.68.219.${i}` : `81.3.${i}.4`)),
    ],
  };
}

const group = (n: number, restarts: (i: number) => readonly number[], prefix = 's') =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${prefix}${i}`, restarts(i)]));
const at = (hours: number, i: number) =>
  START + hours * HOUR + Math.floor(noise(i + Math.floor(hours * 10)) * 6 * MINUTE);
const rest = (to: number, ...levels: string[]) => ['s0:first', ...atLevels(numbered(1, to), ...levels)];

/** Eight machines with common restarts; the network hears the others again only after the youngest, `s7`. */
function mirrored() {
  const hours = [14.1, 33.6, 46.55, 61.1, 78.05, 90.6, 109.55, 130.1];
  const tables = world(group(8, (i) => hours.map((h) => at(h, i))));
  const quiet = (t: number) => hours.some((h) => t >= START + h * HOUR && t < START + h * HOUR + 45 * MINUTE);
  return {
    ...tables,
    heartbeats: tables.heartbeats.filter(
      ({ device_id, received_at }) => !/^d-s[0-6]$/.test(device_id!) || !quiet(received_at!),
    ),
  };
}

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight machines, eight common restarts at odd times',
      tables: world(
        group(8, (i) => [14.1, 33.6, 46.55, 61.1, 78.05, 90.6, 109.55, 130.1].map((h) => at(h, i))),
      ),
      expect: rest(7, 'lockstep', 'similar'),
    },
    {
      name: 'six machines, three common restarts each',
      tables: world(group(6, (i) => [20.1, 71.6, 133.1].map((h) => at(h, i)))),
      expect: rest(5, 'similar'),
    },
    {
      name: 'older accounts that mirror the last one, half an hour and more behind it',
      tables: mirrored(),
      expect: [...rest(6, 'lockstep', 'similar'), 's7:first'],
    },
  ],
  honest: [
    {
      name: 'daily-restart-script',
      tables: world(
        group(20, (i) => [0, 1, 2, 3, 4, 5, 6].map((d) => START + d * DAY + 4 * HOUR + i * 4_000)),
      ),
    },
    {
      name: 'client-update',
      tables: world(group(100, (i) => [30, 75, 120].map((h) => at(h, i)))),
    },
    {
      name: 'regional-outage',
      tables: world(
        group(40, (i) => (i < 30 ? [31.1, 55.6, 99.1].map((h) => at(h, i)) : [])),
        { country: 'BR' },
      ),
    },
    {
      name: 'family-power-cuts',
      tables: world(group(4, (i) => [14.1, 33.6, 61.1, 90.6].map((h) => at(h, i)))),
    },
    {
      name: 'co-tenants',
      tables: world(
        group(8, (i) => [14.1, 33.6, 46.55, 61.1, 78.05, 90.6].map((h) => at(h, i))),
        { hall: true },
      ),
    },
  ],
  silent: [
    { name: 'two common restarts', tables: world(group(8, (i) => [14.1, 61.1].map((h) => at(h, i)))) },
    { name: 'no uptime', tables: { accounts: [account('a')], devices: [device('d', 'a')] } },
  ],
};
