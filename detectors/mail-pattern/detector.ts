/** E-mail addresses written by one generator. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'E-mail addresses of one generator',
  states:
    'A set of e-mail addresses spells one mailbox or one name in several ways, counts through numbers behind one name, has ' +
    'one name registered within a window that is too short by chance; or a group that other evidence formed has one form, ' +
    'one ending, letters unlike names or evenly drawn digits throughout. Nulls: numbers are uniform; namesakes register when ' +
    'all others do (scan bound); a group writes as those of its providers and countries do (binomial tail); digits are ' +
    'what people put there (likelihood). Silent below three numbers or spellings, four namesakes, groups of five.',
  family: 'mail',
  subject: 'account',
  links: true,
  needs: { accounts: ['email'] },
  reads: [
    'features.account_order',
    'features.grouping',
    'raw.accounts',
    'reference.confusables',
    'reference.mail_providers',
    'reference.name_trigrams',
  ],
  levels: {
    mailbox: {
      reason: 'mailbox-shared',
      says: 'Other accounts use the same mailbox, spelled differently.',
      forgeableBy: 'anyone',
    },
    sequence: {
      reason: 'mail-sequence',
      says: 'The e-mail address is one of a series that counts.',
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
    similar: {
      reason: 'mail-form-similar',
      says: 'Most addresses of accounts that are alike in other ways have one form, this one too.',
      forgeableBy: 'anyone',
    },
    drawn: {
      reason: 'mail-digits-drawn',
      says: 'The addresses of accounts that are alike in other ways end in numbers as a program draws them.',
      forgeableBy: 'anyone',
    },
    'look-alike': {
      reason: 'mail-look-alike',
      says: 'Several addresses are spelled so that they look like this one.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'common-names',
    'birth-years',
    'national-habits',
    'company-addresses',
    'relay-addresses',
    'influencer-wave',
    'campus',
  ],
  sources: [
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
    'Hoeffding, On the distribution of the number of successes in independent trials, Annals of Mathematical Statistics 27 (1956), doi:10.1214/aoms/1177728178',
    'Gmail Help, "Dots don\'t matter in Gmail addresses", support.google.com/mail/answer/7436150; the other providers: fixtures/catalog/mail_providers.csv',
    'RFC 5233, Sieve: subaddress extension (+tags)',
    'Unicode Technical Standard 39, Unicode security mechanisms: confusable detection',
    'Witten and Bell, The zero-frequency problem, IEEE Transactions on Information Theory 37 (1991), doi:10.1109/18.87000',
  ],
  appeal: 'Proof that the mailbox is older than the series, or that a person of that name uses it.',
};
