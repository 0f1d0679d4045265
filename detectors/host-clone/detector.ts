/** Machines of several accounts that are copies of one. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Copies of one machine',
  states:
    'Five or more accounts run machines with one machine id, or from one image with host names of one template, and the ' +
    'accounts registered together. Null: strangers who share a golden image or a default id registered when everybody did ' +
    '(scan bound, Bonferroni over values). Silent below five accounts.',
  family: 'inventory',
  subject: 'account',
  links: true,
  needs: { devices: ['machine_id'] },
  reads: ['features.account_order', 'raw.devices'],
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
    first: {
      reason: 'machine-was-copied',
      says: 'Machines of accounts that registered later are copies of a machine of this account.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['golden-image', 'default-machine-id', 'big-holder'],
  sources: [
    'machine-id(5), freedesktop.org: the id must be reset when an image is cloned',
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
  ],
  appeal: 'The public image that the machines were made from.',
};
