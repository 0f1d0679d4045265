import type { Row } from '../../contracts/dataset.ts';
import type { DetectorCases } from '../../contracts/detector.ts';
import { people, when } from '../../testing/detectors/people.ts';
import { account, atLevels, device, HOUR, noise } from '../../testing/detectors/rows.ts';

const BROWSERS = Array.from({ length: 24 }, (_, i) => `Mozilla/5.0 (X11; Linux x86_64) Chrome/${100 + i}.0`);
const PROCESSORS = ['AMD Ryzen 5 5600X', 'Intel(R) Core(TM) i7-13700K', 'AMD EPYC 7742'];
const browserOf = (i: number) => BROWSERS[Math.floor(noise(i) * BROWSERS.length)] as string;

const CROWD = people(200).map((one, i) => ({ ...one, user_agent: browserOf(i) }));
const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
const HOST = { os: 'Ubuntu 22.04', driver_version: '535.161.07', cpu_model: 'Intel(R) Xeon(R) Gold 6248' };

interface Group {
  created: (i: number) => number;
  machine: (i: number) => Partial<Row<'devices'>>;
  who?: (i: number) => Partial<Row<'accounts'>>;
}

/** Two hundred people with machines of their own, and `n` accounts of which the case speaks. */
function world(n: number, { created, machine, who }: Group) {
  return {
    accounts: [
      ...CROWD,
      ...ids(n).map((id, i) =>
        account(id, {
          created_at: created(i),
          signup_ip: `51.${i}.7.9`,
          user_agent: browserOf(1000 + i),
          ...who?.(i),
        }),
      ),
    ],
    devices: [
      ...CROWD.map(({ account_id }, i) =>
        device(`d-${account_id}`, account_id, {
          machine_id: `${i}-0123456789abcdef`,
          hostname: `pc-${i}`,
          os: i % 2 === 0 ? 'Windows 11' : 'Ubuntu 20.04',
          driver_version: `5${i % 7}0.10`,
          cpu_model: PROCESSORS[i % 3] as string,
        }),
      ),
      ...ids(n).map((id, i) => device(`d-${id}`, id, machine(i))),
    ],
  };
}

const together = (i: number) => when(0.5) + i * HOUR;
const apart = (i: number) => when(noise(i));
const found = (n: number, ...levels: string[]) => ['s0:first', ...atLevels(ids(n).slice(1), ...levels)];
const own = (i: number) => ({ machine_id: `${i}-fedcba9876543210`, hostname: `worker-${i + 10}` });
const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15';

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'eight copies with one machine id',
      tables: world(8, {
        created: together,
        machine: () => ({ machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00' }),
      }),
      expect: found(8, 'machine'),
    },
    {
      name: 'eight machines of one image and host-name template',
      tables: world(8, {
        created: together,
        machine: (i) => ({ ...own(i), image_id: 'img-77', os: 'Debian 12' }),
      }),
      expect: found(8, 'image'),
    },
    {
      name: 'one setup and one browser, weeks apart',
      tables: world(12, {
        created: (i) => when(0.1 + i / 20),
        machine: (i) => ({ ...own(i), ...HOST }),
        who: () => ({ user_agent: BROWSERS[3] as string }),
      }),
      expect: found(12, 'browser', 'likely'),
    },
    {
      name: 'one setup, and four of eight have one browser',
      tables: world(8, {
        created: (i) => when(0.1 + i / 12),
        machine: (i) => ({ ...own(i), ...HOST }),
        who: (i) => (i % 2 === 0 ? { user_agent: 'Mozilla/5.0 (X11; CrOS) Chrome/99.1' } : {}),
      }),
      expect: ['s0:first', 's2:likely', 's4:likely', 's6:likely'],
    },
    {
      name: 'an internet cafe of equal machines is a room',
      tables: world(12, {
        created: (i) => when(0.1 + i / 20),
        machine: (i) => ({ ...own(i), ...HOST }),
        who: (i) => ({ user_agent: BROWSERS[3] as string, signup_ip: `51.68.219.${i % 2}` }),
      }),
      expect: found(12, 'room'),
    },
  ],
  honest: [
    {
      name: 'golden-image',
      tables: world(40, {
        created: apart,
        machine: (i) => ({ ...own(i), ...HOST, image_id: 'ubuntu-2204-gpu', hostname: `ip-172-31-0-${i}` }),
      }),
    },
    {
      name: 'default-machine-id',
      tables: world(20, {
        created: apart,
        machine: () => ({ machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00' }),
      }),
    },
    {
      name: 'big-holder',
      tables: {
        accounts: CROWD,
        devices: ids(50).map((id) =>
          device(id, 'p3', {
            machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
            image_id: 'own',
            hostname: id,
            ...HOST,
          }),
        ),
      },
    },
    {
      // The last fifth of everybody has the browser that came out then, the renters of the new image among
      // them.
      name: 'new-browser-version',
      tables: (() => {
        const { accounts, devices } = world(20, {
          created: (i) => when(0.8 + i / 110),
          machine: (i) => ({ ...own(i), ...HOST }),
          who: (i) => (i % 4 === 0 ? {} : { user_agent: SAFARI }),
        });
        const late = (row: Row<'accounts'>, i: number) =>
          (row.created_at ?? 0) >= when(0.8) && row.account_id.startsWith('p') && i % 4 !== 0
            ? { ...row, user_agent: SAFARI }
            : row;
        return { accounts: accounts.map(late), devices };
      })(),
    },
    {
      // Every Mac of the data has the Macs' browser; those with one processor are no group of their own.
      name: 'shelf-of-macs',
      tables: (() => {
        const mac = (i: number) => ({
          os: 'macOS 14.3',
          driver_version: null,
          cpu_model: i % 2 === 0 ? 'Apple M2' : 'Apple M1',
        });
        const { accounts, devices } = world(60, {
          created: apart,
          machine: (i) => ({ ...own(i), ...mac(i) }),
          who: () => ({ user_agent: SAFARI }),
        });
        return { accounts, devices };
      })(),
    },
  ],
  silent: [
    {
      name: 'four copies',
      tables: world(4, {
        created: together,
        machine: () => ({ machine_id: 'c0ffee00c0ffee00c0ffee00c0ffee00' }),
      }),
    },
    {
      name: 'no ids',
      tables: world(8, { created: together, machine: () => ({ machine_id: '', image_id: null }) }),
    },
    {
      name: 'four with one setup and one browser',
      tables: world(4, {
        created: apart,
        machine: (i) => ({ ...own(i), ...HOST }),
        who: () => ({ user_agent: SAFARI }),
      }),
    },
    {
      name: 'nobody to compare with',
      tables: {
        accounts: ids(20).map((id, i) =>
          account(id, { created_at: when(noise(i)), user_agent: BROWSERS[3] as string }),
        ),
        devices: ids(20).map((id) => device(`d-${id}`, id, HOST)),
      },
    },
    {
      name: 'all Macs there are',
      tables: world(40, {
        created: apart,
        machine: (i) => ({ ...own(i), os: 'macOS 14.3', cpu_model: 'Apple M2' }),
        who: () => ({ user_agent: SAFARI }),
      }),
    },
    {
      name: 'unreadable setups',
      tables: world(12, {
        created: apart,
        machine: () => ({ os: 'N/A', driver_version: '[Not Supported]', cpu_model: 'unknown' }),
        who: () => ({ user_agent: ' ' }),
      }),
    },
  ],
};
