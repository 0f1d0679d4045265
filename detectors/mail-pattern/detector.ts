/** E-mail addresses written by one generator. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'E-mail addresses of one generator',
  states:
    'A set of e-mail addresses spells one mailbox in several ways, counts through consecutive numbers behind one stem, or ' +
    'has one stem registered within a window that is too short by chance, or has one form throughout a group that other ' +
    'evidence formed. Nulls: numbers are uniform; namesakes register when all others do (scan bound); a group has the ' +
    'forms that everybody has (binomial tail). Silent below three numbers, four namesakes or groups of five.',
  family: 'mail',
  subject: 'account',
  links: true,
  needs: { accounts: ['email'] },
  reads: ['features.account_group', 'features.account_order', 'features.mail_shape'],
  levels: {
    mailbox: {
      reason: 'mailbox-shared',
      says: 'Another account uses the same mailbox, spelled differently.',
      forgeableBy: 'anyone',
    },
    sequence: {
      reason: 'mail-sequence',
      says: 'The e-mail address is one of a series that counts upwards.',
      forgeableBy: 'anyone',
    },
    stem: {
      reason: 'mail-stem-burst',
      says: 'Many addresses with the same name registered at about the same time.',
      forgeableBy: 'anyone',
    },
    uniform: {
      reason: 'mail-form-uniform',
      says: 'The addresses of accounts that are alike in other ways all have the same unusual form.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['common-names', 'birth-years', 'company-addresses', 'relay-addresses', 'influencer-wave'],
  sources: [
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
    'Gmail Help, "Dots don\'t matter in Gmail addresses", support.google.com/mail/answer/7436150',
    'RFC 5233, Sieve: subaddress extension (+tags)',
  ],
  appeal: 'Proof that the mailbox is older than the series, or that a person of that name uses it.',
};
