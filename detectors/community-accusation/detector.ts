/** Accusations by members of the community. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Accused by members of the community',
  states:
    'Unanswered accusations name the account or a machine of it. No statistic: an accusation costs nothing, so it is a lead and ' +
    'a measure of how long people have waited. Reporters of more than ten subjects are not counted.',
  family: 'report',
  subject: 'account',
  links: false,
  needs: { community_reports: ['subject_type', 'subject_id', 'reporter'] },
  reads: ['raw.accounts', 'raw.community_reports', 'raw.devices'],
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
