/** E-mail addresses written by one generator. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'E-mail addresses of one generator',
  states:
    'One generator wrote a set of addresses: one mailbox or name in several spellings, numbers that count, one name in a window too short for chance, or one form, ending or evenly drawn digits throughout a group formed otherwise.',
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
  params: {
    shortest_domain: { value: 3, unit: 'characters', source: 'a.b, the shortest domain' },
    longest_address: { value: 254, unit: 'characters', source: 'RFC 5321, errata 1690' },
    longest_local: { value: 64, unit: 'characters', source: 'RFC 5321, 4.5.3.1.1' },
    longest_domain: {
      value: 190,
      unit: 'characters',
      source: 'what is left of 254 without a full local part',
    },
    year_digits: { value: 4, unit: 'digits', source: 'a year has four' },
    shortest_stem: {
      value: 5,
      unit: 'letters',
      source: 'chosen: shorter stems are initials; a model of three letters says nothing of them',
    },
    longest_stem: { value: 40, unit: 'letters', source: 'chosen: longer stems are no names' },
    even_centinats: { value: 326, unit: 'hundredths of a nat', source: 'ln 26, one letter drawn evenly' },
    centinats: { value: 100, unit: 'per nat', source: 'scale of reference.name_trigrams' },
    walk_share: {
      value: 0.6,
      unit: 'share of letters',
      source: 'chosen: most of the name runs along the keyboard',
    },
    random_centinats: {
      value: 150,
      unit: 'hundredths of a nat per letter',
      source: 'evenly drawn letters reach it in nine of ten stems of eight (mail-letters.test.ts)',
    },
    least_team: { value: 5, unit: 'accounts', source: 'chosen: four of a family share habits' },
    least_reference: {
      value: 200,
      unit: 'accounts',
      source: 'chosen: fewer in no group do not show what is usual: then everybody does',
    },
    alike_share: {
      value: 0.6,
      unit: 'share of a group',
      source: 'chosen: one generator wrote most of it, strangers may stand in it',
    },
    pseudo: {
      value: 5,
      unit: 'accounts',
      source: 'chosen: weight of everybody’s share on those of small providers and countries',
    },
    facets: { value: 4, unit: 'kinds of trait', source: 'form, tail, letters, unlike' },
    even_year: { value: 0.011, unit: 'share', source: '110 of 10,000 numbers are 1930 to 2039' },
    even_date: { value: 0.0573, unit: 'share', source: 'counted over all 10,000 numbers' },
    even_pattern: { value: 0.0211, unit: 'share', source: 'counted over all 10,000 numbers' },
    even_other: { value: 0.9106, unit: 'share', source: 'counted over all 10,000 numbers' },
    even_pseudo: {
      value: 10,
      unit: 'numbers',
      source: 'chosen: so that a kind of number that nobody chose yet is not impossible',
    },
    least_letters: { value: 3, unit: 'letters', source: 'chosen: two letters are initials' },
    least_spellings: { value: 3, unit: 'spellings', source: 'chosen: two can be two people of one name' },
    least_skeleton: { value: 6, unit: 'letters', source: 'chosen: short names look alike by themselves' },
    decimal: { value: 10, unit: 'digits', source: 'the base of decimal numbers' },
    hexadecimal: { value: 16, unit: 'digits', source: 'the base of hexadecimal numbers' },
    most_step: { value: 100, unit: 'difference', source: 'chosen: who counts seldom leaves out more' },
    least_steps: {
      value: 4,
      unit: 'differences',
      source: 'chosen: three equal steps come by chance among many names',
    },
    same_step_short: {
      value: 0.05,
      unit: 'probability',
      source:
        'chosen: bound for two strangers with numbers of one or two digits: birth years lie within decades',
    },
    same_step_long: {
      value: 0.02,
      unit: 'probability',
      source: 'chosen: bound for longer numbers, which people choose near round ones',
    },
    series_nats: {
      value: 3,
      unit: 'nats',
      source: 'chosen: one series in twenty, after Bonferroni: it counts little',
    },
    team_nats: {
      value: 5,
      unit: 'nats',
      source: 'chosen: one false alarm in 150, after Bonferroni over groups and traits',
    },
    most_strangers: {
      value: 0.05,
      unit: 'share of those named',
      source: 'chosen: one in twenty of those named may be a stranger',
    },
    least_rest: {
      value: 1e-6,
      unit: 'share',
      source: 'keeps the quotient finite where everybody has the trait',
    },
  },
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
