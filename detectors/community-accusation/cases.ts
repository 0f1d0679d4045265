import type { DetectorCases } from '../../contracts/detector.ts';
import { account, DAY, device, START } from '../../testing/detectors/rows.ts';

const accounts = Array.from({ length: 20 }, (_, i) => account(`a${i}`));
const devices = accounts.map(({ account_id }) => device(`d-${account_id}`, account_id));
const report = (i: number, subject_id: string, reporter: string, resolved_at: number | null = null) => ({
  report_id: `r${i}`,
  occurred_at: START + i * DAY,
  subject_type: subject_id.startsWith('d-') ? 'device' : 'account',
  subject_id,
  reporter,
  resolved_at,
});

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'one accuser of an account, three of a machine',
      tables: {
        accounts,
        devices,
        community_reports: [
          report(0, 'a0', 'ann'),
          report(1, 'd-a1', 'ann'),
          report(2, 'd-a1', 'bob'),
          report(3, 'a1', 'cy'),
        ],
      },
      expect: ['a0:accused', 'a1:accused', 'a1:several'],
    },
  ],
  honest: [
    {
      name: 'malicious-reporter',
      tables: {
        accounts,
        devices,
        community_reports: accounts.slice(0, 12).map((a, i) => report(i, a.account_id, 'mal')),
      },
    },
    {
      name: 'answered',
      tables: { accounts, devices, community_reports: [report(0, 'a0', 'ann', START + 2 * DAY)] },
    },
  ],
  silent: [
    {
      name: 'unknown subject',
      tables: { accounts, devices, community_reports: [report(0, 'nobody', 'ann')] },
    },
    { name: 'table absent', tables: { accounts } },
  ],
};
