import type { Row } from '../../contracts/dataset.ts';
import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, HOUR, MINUTE, noise, START } from '../../testing/detectors/rows.ts';

/** A clock: how far ahead when the case begins, and how much it gains. */
interface Clock {
  aheadMs: number;
  ppm: number;
}

interface Machine {
  id: string;
  owner: string;
  clock: Clock;
  /** Its clock until the last fortnight. */
  was?: Clock;
  /** Days after the case begins that it is first heard. */
  from?: number;
  more?: Partial<Row<'devices'>>;
}

/** Machines online for three days, with delays of up to 12 ms; `tick` is the resolution of their clocks. */
function world(machines: readonly Machine[], { days = 3, tick = 1 } = {}): CaseTables {
  return {
    accounts: [...new Set(machines.map(({ owner }) => owner))].map((owner) => account(owner)),
    devices: machines.map(({ id, owner, more }, i) =>
      device(id, owner, { registered_at: START - 20 * DAY + i * HOUR, ...more }),
    ),
    heartbeats: machines.flatMap(({ id, clock, was = clock, from = 0 }, m) =>
      beats({
        device_id: id,
        ip: `203.0.113.${m % 250}`,
        from: START + from * DAY + m * MINUTE,
        to: START + days * DAY,
        every: 2 * HOUR,
        row: (i, t) => {
          const { aheadMs, ppm } = t < START + (days - 14) * DAY ? was : clock;
          const clockTime = t + aheadMs + (ppm * (t - START)) / 1e6;
          return {
            sent_at: Math.floor(clockTime / tick) * tick,
            received_at: t + Math.floor(12 * noise(i * 977 + m)),
          };
        },
      }),
    ),
  };
}

/** `n` machines of `owners` accounts on clocks that `clock` gives. */
function group(n: number, owners: number, clock: (i: number) => Clock, more?: Partial<Row<'devices'>>) {
  return Array.from({ length: n }, (_, i) => ({
    id: `m${i}`,
    owner: `owner${i % owners}`,
    clock: clock(i),
    more: { hypervisor: 'kvm', ...more },
  }));
}

/** Machines that follow their own crystals: N(0, 8 s) and N(0, 12 ppm) or so. */
const STRANGERS: Machine[] = Array.from({ length: 20 }, (_, i) => ({
  id: `stranger${i}`,
  owner: `person${i}`,
  clock: { aheadMs: 16_000 * (noise(i * 104729 + 900) - 0.5), ppm: 5 + 30 * noise(i * 31337 + 500) },
}));

const ONE: Clock = { aheadMs: -18_940, ppm: -9.87 };
const VICTIM: Machine = { id: 'victim', owner: 'renter', clock: ONE };
const all = (from: number, to: number, level: string) =>
  Array.from({ length: to - from }, (_, i) => `m${from + i}:${level}`);

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'twenty-two cards behind one clock, more than a server holds; who came first may have been imitated',
      tables: world([...group(22, 4, () => ONE), ...STRANGERS]),
      expect: [
        ...all(0, 10, 'first'),
        ...all(10, 20, 'crowded').map((item, i) => (i % 4 === 2 ? `m${10 + i}:first` : item)),
        'm20:first',
        'm21:overfull',
        'm21:crowded',
      ],
    },
    {
      name: 'twelve machines of three owners behind one clock, each set to another time zone',
      tables: world([
        ...group(12, 3, (i) => ({ ...ONE, aheadMs: ONE.aheadMs + (i - 4) * HOUR })),
        ...STRANGERS,
      ]),
      expect: [...all(0, 10, 'first'), ...all(10, 12, 'crowded')],
    },
    {
      name: 'clock-imitated-by-an-older-account: one machine older than the victim, twenty-one after it',
      tables: world([...group(1, 1, () => ONE), VICTIM, ...group(22, 1, () => ONE).slice(1), ...STRANGERS]),
      expect: ['victim:first', ...all(0, 22, 'overfull'), ...all(0, 22, 'crowded')],
    },
    {
      name: 'clock-imitated-by-sleepers: registered before the victim, first heard after it',
      tables: world([...group(12, 6, () => ONE).map((one) => ({ ...one, from: 3 })), VICTIM, ...STRANGERS], {
        days: 6,
      }),
      expect: ['victim:first', ...all(0, 9, 'first'), ...all(9, 12, 'crowded')],
    },
    {
      name: 'clock-imitated-in-time: twelve older machines that ran on crystals of their own a fortnight before',
      tables: world(
        [
          ...group(12, 6, () => ONE).map((one, i) => ({ ...one, was: STRANGERS[i]!.clock })),
          VICTIM,
          ...STRANGERS.slice(12),
        ],
        { days: 17 },
      ),
      expect: ['victim:first', ...all(0, 9, 'first'), ...all(9, 12, 'crowded')],
    },
    {
      name: 'a rig of twelve containers stays its owner’s when a stranger imitates its clock',
      tables: world([...group(12, 1, () => ONE), { ...VICTIM, id: 'imitator' }, ...STRANGERS]),
      expect: [...all(0, 12, 'one-owner'), 'imitator:crowded'],
    },
    {
      name: 'five guests of one server are named, and not blamed',
      tables: world([...group(5, 5, () => ONE), ...STRANGERS]),
      expect: all(0, 5, 'one-host'),
    },
    {
      name: 'fourteen declared slices in one server are no fourteen cards',
      tables: world([
        ...group(14, 14, () => ONE, { gpu_model: 'NVIDIA A100-SXM4-80GB MIG 1g.10gb' }),
        ...STRANGERS,
      ]),
      expect: all(0, 14, 'one-host'),
    },
    {
      name: 'a container for each card of a mining rig',
      tables: world([...group(12, 1, () => ONE), ...STRANGERS]),
      expect: all(0, 12, 'one-owner'),
    },
    {
      name: 'a hall of bare machines behind their owner’s own time server',
      tables: world([...group(30, 1, () => ONE, { hypervisor: 'none' }), ...STRANGERS]),
      expect: all(0, 30, 'one-owner'),
    },
    {
      name: 'one crystal behind twenty guests that were set to different times by hand',
      tables: world([
        ...group(20, 5, (i) => ({ aheadMs: 40_000 * (noise(i * 7919 + 13) - 0.5), ppm: ONE.ppm })),
        ...STRANGERS,
      ]),
      expect: all(0, 20, 'alike'),
    },
  ],
  honest: [
    {
      name: 'disciplined-clocks',
      tables: world([
        ...group(25, 25, (i) => ({
          aheadMs: 40 * (noise(i * 7919 + 13) - 0.5),
          ppm: 0.02 * (noise(i * 104729 + 50) - 0.5),
        })),
        ...STRANGERS,
      ]),
    },
    {
      name: 'time-zone-error',
      tables: world(
        group(25, 25, (i) => ({
          aheadMs: (i % 4) * HOUR + 60_000 * (noise(i * 7919 + 13) - 0.5),
          ppm: 40 * (noise(i * 104729 + 50) - 0.5),
        })),
      ),
    },
    {
      name: 'crowded-population',
      tables: world(
        group(150, 150, (i) => ({
          aheadMs: 900 * (noise(i * 7919 + 13) - 0.5),
          ppm: 3 + 0.9 * (noise(i * 104729 + 999) - 0.5),
        })),
      ),
    },
    {
      name: 'clocks-set-together',
      tables: world(group(150, 150, (i) => ({ aheadMs: 0, ppm: 4 * (noise(i * 104729 + 77) - 0.5) }))),
    },
  ],
  silent: [
    { name: 'two machines on one clock', tables: world([...group(2, 2, () => ONE), ...STRANGERS]) },
    { name: 'one day of messages', tables: world([...group(22, 4, () => ONE), ...STRANGERS], { days: 1 }) },
    {
      name: 'whole-seconds: clocks sent at a second’s resolution are not sharp enough',
      tables: world(
        group(12, 3, () => ONE),
        { tick: 1000 },
      ),
    },
    {
      name: 'a clock at the beginning of time',
      tables: world(group(12, 3, () => ({ aheadMs: -START, ppm: 0 }))),
    },
  ],
};
