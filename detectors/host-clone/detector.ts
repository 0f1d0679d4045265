/** Machines of several accounts that are copies of one. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Copies of one machine',
  states:
    'Machines of five or more accounts have one machine id, one image, or one system, driver and processor, and their owners agree in what the machines do not say: few browsers, or registrations close together. Silent without 30 others.',
  family: 'inventory',
  subject: 'account',
  links: true,
  needs: { devices: ['account_id'] },
  reads: ['features.account_order', 'raw.accounts', 'raw.devices'],
  params: {
    shortest_id: {
      value: 8,
      unit: 'characters',
      source: 'chosen: shorter ids are placeholders; machine-id(5) has 32',
    },
    longest: {
      value: 128,
      unit: 'characters',
      source: 'chosen: longer text is no name, and would make comparing slow',
    },
    longest_agent: {
      value: 512,
      unit: 'characters',
      source: 'chosen: longer than any user agent of a browser',
    },
    parts: {
      value: 64,
      unit: 'parts of all registrations',
      source: 'chosen: fine enough to see a new browser version, coarse enough to count',
    },
    series_gap: {
      value: 100,
      unit: 'parts of all registrations',
      source: 'chosen: neighbours of one series come closer than a hundredth of everybody',
    },
    least_gap: {
      value: 5,
      unit: 'registrations',
      source: 'chosen: in small networks a hundredth is less than a family',
    },
    least_tested: { value: 5, unit: 'accounts', source: 'chosen: four are a family with equal machines' },
    least_outside: {
      value: 30,
      unit: 'accounts',
      source: 'chosen: fewer do not show what browsers people use',
    },
    pseudo: {
      value: 20,
      unit: 'accounts',
      source: 'chosen: weight of the shares of all on those of small systems and times',
    },
    larger: {
      value: 4,
      unit: 'times chance',
      source: 'chosen: an agreement explains its members when it is four times what chance gives',
    },
    least_alike: { value: 3, unit: 'accounts', source: 'chosen: two with one browser are usual' },
    least_team_nats: {
      value: 3,
      unit: 'nats',
      source: 'chosen: one group in twenty would pass by chance, the single accounts are tested after',
    },
    crew_margin: {
      value: 3,
      unit: 'nats',
      source: 'chosen: an account is not surer than its browser’s own test by more than a factor of twenty',
    },
    per_address: { value: 3, unit: 'accounts per address', source: 'chosen: an internet cafe, not homes' },
    ends: {
      value: 10,
      unit: 'parts',
      source: 'chosen: the first and the last tenth are not counted: strangers who use the image',
    },
    sure_nats: { value: 7, unit: 'nats', source: 'chosen: one false alarm in a thousand, after Bonferroni' },
    most_share: {
      value: 0.1,
      unit: 'share of registrations',
      source: 'chosen: a popular image spreads wider',
    },
  },
  levels: {
    machine: {
      reason: 'machine-id-copied',
      says: 'A machine of this account carries the machine id of machines of other accounts that registered with it.',
      forgeableBy: 'operator',
    },
    image: {
      reason: 'machine-image-copied',
      says: 'A machine of this account is set up exactly like machines of other accounts that registered with it.',
      forgeableBy: 'operator',
    },
    browser: {
      reason: 'machine-and-browser-copied',
      says: 'A machine of this account is set up like machines of other accounts, which were registered with the same browser.',
      forgeableBy: 'operator',
    },
    likely: {
      reason: 'machine-and-browser-alike',
      says: 'A machine of this account resembles machines of other accounts, several of which were registered with the same browser.',
      forgeableBy: 'operator',
    },
    room: {
      reason: 'machine-of-a-shared-room',
      says: 'This account uses one of several equal machines with equal browsers behind shared addresses.',
      forgeableBy: 'anyone',
    },
    first: {
      reason: 'machine-was-copied',
      says: 'Machines of accounts that registered later are set up like a machine of this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['golden-image', 'default-machine-id', 'big-holder', 'new-browser-version', 'shelf-of-macs'],
  sources: [
    'machine-id(5), freedesktop.org: the id must be reset when an image is cloned',
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
    'Ewens, The sampling theory of selectively neutral alleles, Theoretical Population Biology 3 (1972), doi:10.1016/0040-5809(72)90035-4',
    'Vovk and Wang, E-values: calibration, combination and applications, Annals of Statistics 49 (2021), doi:10.1214/20-AOS2020',
    'Eckersley, How unique is your web browser?, PETS 2010, doi:10.1007/978-3-642-14527-8_1',
  ],
  appeal:
    'The public image that the machines were made from, and the place where the accounts were opened (a shop, a class).',
};
