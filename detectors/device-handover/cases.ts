import type { CaseTables, DetectorCases } from '../../contracts/detector.ts';
import { account, beats, DAY, device, gpu, HOUR, START } from '../../testing/detectors/rows.ts';

const UUID = 'GPU-9a3d7e18-5b60-2c94-a71f-4e8d02c6b935';

interface Turn {
  owner: string;
  /** Hours since the case begins. */
  from: number;
  to: number;
  ip?: string;
}

/** One machine under one account after another; each owner has one device. */
function turns(list: readonly Turn[], known: 'card' | 'machine' = 'card'): CaseTables {
  const owners = [...new Set(list.map(({ owner }) => owner))];
  return {
    accounts: owners.map((owner) => account(owner)),
    devices: owners.map((owner, i) =>
      device(`of-${owner}`, owner, {
        registered_at: START - DAY + i * HOUR,
        machine_id: known === 'machine' ? 'c0ffee00c0ffee00c0ffee00c0ffee00' : `${i}-0123456789abcdef`,
      }),
    ),
    gpus: owners.map((owner) => gpu(`of-${owner}`, { gpu_uuid: known === 'card' ? UUID : null })),
    heartbeats: list.flatMap(({ owner, from, to, ip = '203.0.113.5' }) =>
      beats({ device_id: `of-${owner}`, ip, from: START + from * HOUR, to: START + to * HOUR }),
    ),
  };
}

/** `rounds` times round the owners, each for `hours`. */
const round = (
  owners: readonly string[],
  rounds: number,
  hours: number,
  ip?: (owner: number) => string,
): Turn[] =>
  Array.from({ length: rounds * owners.length }, (_, i) => ({
    owner: owners[i % owners.length]!,
    from: i * hours,
    to: (i + 1) * hours,
    ip: ip?.(i % owners.length),
  }));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'one machine, three accounts, eight hours each, always on the same line',
      tables: turns(round(['a', 'b', 'c'], 3, 8)),
      expect: ['a:first', 'b:passed-on', 'b:unbroken', 'c:passed-on', 'c:unbroken'],
    },
    {
      name: 'each account behind a tunnel of its own: an identifier alone',
      tables: turns(round(['a', 'b', 'c'], 3, 8, (i) => `203.0.113.${i}`)),
      expect: ['a:first', 'b:passed-on', 'c:passed-on'],
    },
    {
      name: 'copied-and-taken-in-turns: a copy that runs on the victim’s own line whenever the victim is off',
      tables: turns([{ owner: 'victim', from: -20, to: 0 }, ...round(['thief', 'victim'], 4, 8)]),
      expect: ['victim:first', 'thief:passed-on', 'thief:unbroken'],
    },
    {
      name: 'copied-and-taken-in-turns: a victim who was away for days before the first copy came',
      tables: turns([{ owner: 'victim', from: -200, to: -180 }, ...round(['thief', 'victim'], 4, 8)]),
      expect: ['victim:first', 'thief:passed-on', 'thief:unbroken'],
    },
    {
      name: 'a new account after each ban, known by the machine’s id; the first may have been copied',
      tables: turns(round(['a', 'b', 'c', 'd', 'e'], 1, 20), 'machine'),
      expect: [
        'a:first',
        ...['b', 'c', 'd', 'e'].flatMap((name) => [`${name}:passed-on`, `${name}:unbroken`]),
      ],
    },
  ],
  honest: [
    {
      name: 'second-hand-sale',
      tables: turns([
        { owner: 'seller', from: 0, to: 30, ip: '203.0.113.1' },
        { owner: 'buyer', from: 90, to: 140, ip: '203.0.113.2' },
      ]),
    },
    {
      name: 'moved-between-own-hosts',
      tables: {
        ...turns(round(['a', 'b', 'c'], 3, 8)),
        devices: ['a', 'b', 'c'].map((name, i) =>
          device(`of-${name}`, 'a', { machine_id: `${i}-0123456789abcdef` }),
        ),
      },
    },
    {
      // Guests of a cloud share a baked-in id and are online together.
      name: 'golden-image',
      tables: {
        ...turns(round(['a', 'b', 'c', 'd'], 1, 8), 'machine'),
        heartbeats: ['a', 'b', 'c', 'd'].flatMap((owner, i) =>
          beats({
            device_id: `of-${owner}`,
            ip: `203.0.113.${i}`,
            from: START + i * HOUR,
            to: START + 3 * DAY,
          }),
        ),
      },
    },
    {
      // Strangers behind one address of a carrier, each with a card of his own.
      name: 'carrier-nat',
      tables: {
        ...turns(round(['a', 'b', 'c'], 3, 8)),
        gpus: ['a', 'b', 'c'].map((owner, i) => gpu(`of-${owner}`, { gpu_uuid: `${UUID.slice(0, -1)}${i}` })),
      },
    },
  ],
  silent: [
    { name: 'two changes of hands', tables: turns(round(['a', 'b', 'c'], 1, 8)) },
    {
      name: 'three sales, four days between',
      tables: turns([0, 1, 2, 3].map((i) => ({ owner: `o${i}`, from: i * 120, to: i * 120 + 24 }))),
    },
  ],
};
