/** Machines of several accounts that are copies of one. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Copies of one machine',
  states:
    'Machines of five or more accounts have one machine id, one image, or one system, driver and processor, and their owners ' +
    'agree in what the machines do not say: they registered with the same few browsers (e-value of a Chinese restaurant process ' +
    'against the user agents of everybody else, of those with the same system and of that time), or, for ids and images, together ' +
    "(scan bound, Bonferroni over values). Null: strangers who share an image have everybody's browsers and registered when everybody did. " +
    'Silent below five accounts and with fewer than 30 accounts to compare with.',
  family: 'inventory',
  subject: 'account',
  links: true,
  needs: { devices: ['account_id'] },
  reads: ['features.account_order', 'raw.accounts', 'raw.devices'],
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
