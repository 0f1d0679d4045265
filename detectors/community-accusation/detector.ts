/** Accusations by members of the community. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Accused by members of the community',
  states:
    'Unanswered accusations name the account or a machine of it. No statistic: an accusation costs nothing, so it is a lead and a measure of how long people have waited.',
  family: 'report',
  subject: 'account',
  links: false,
  needs: { community_reports: ['subject_type', 'subject_id', 'reporter'] },
  reads: ['raw.accounts', 'raw.community_reports', 'raw.devices'],
  params: {
    several: { value: 3, unit: 'reporters', source: 'chosen: two may be a couple' },
    most_accused: {
      value: 10,
      unit: 'subjects',
      source: 'chosen: whoever accuses more is out on a campaign',
    },
  },
  levels: {
    accused: {
      reason: 'accused',
      says: 'A member of the community has accused this account.',
      forgeableBy: 'anyone',
    },
    several: {
      reason: 'accused-by-several',
      says: 'Three or more members of the community have accused this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['malicious-reporter', 'answered'],
  sources: ['a lead by design: an accusation costs its author nothing'],
  appeal: 'An answer to the accusation, which closes it.',
};
