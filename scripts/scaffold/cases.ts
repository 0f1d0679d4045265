/** cases.ts of a new unit: one case of each kind, to be rewritten. */
import { type Kind, subjectOf } from './kind.ts';

const DEVICE = `import type { DetectorCases } from '../../contracts/detector.ts';
import { account, device } from '../../testing/detectors/rows.ts';

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'say here the plainest form of the attack',
      tables: { accounts: [account('a')], devices: [device('d', 'a', { gpu_count: 9 })] },
      expect: ['d:plain'],
    },
  ],
  honest: [
    {
      name: 'say-here-who-looks-alike',
      tables: { accounts: [account('a')], devices: [device('d', 'a', { gpu_count: 8 })] },
    },
  ],
  silent: [{ name: 'no device', tables: { accounts: [account('a')], devices: [] } }],
};
`;

const ACCOUNT = `import type { DetectorCases } from '../../contracts/detector.ts';
import { account } from '../../testing/detectors/rows.ts';

const at = (...ids: string[]) => ids.map((id) => account(id, { signup_ip: '81.2.3.4' }));

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'say here the plainest form of the attack',
      tables: { accounts: at('a', 'b', 'c') },
      expect: ['a:plain', 'b:plain', 'c:plain'],
    },
  ],
  honest: [{ name: 'say-here-who-looks-alike', tables: { accounts: at('a', 'b') } }],
  silent: [{ name: 'no address', tables: { accounts: [account('a')] } }],
};
`;

export const cases = (kind: Kind): string => (subjectOf(kind) === 'device' ? DEVICE : ACCOUNT);
