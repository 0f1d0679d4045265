import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One clock behind many machines',
  states:
    'Machines’ clocks agree in offset and drift closer than chance (scan over boxes), and claim more cards than a server holds. Who came first is spared. Silent for disciplined clocks, under 24 readings, two days or three machines.',
  family: 'clock',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_count'], heartbeats: ['sent_at', 'received_at'] },
  reads: ['features.clock_line', 'features.device_claim', 'raw.devices', 'rollup.device_day'],
  params: {
    free_ppm: {
      value: 0.1,
      unit: 'ppm',
      source:
        'RFC 5905: disciplined clocks are corrected every 64 to 1024 seconds; 0.1 ppm is 60 ms a week, which they do not reach',
    },
    wildest_ppm: {
      value: 1000,
      unit: 'ppm',
      source: 'crystals are off by 1 to 100 ppm (Kohno et al. 2005); beyond 1000 it is no clock',
    },
    finest_ppm: {
      value: 0.02,
      unit: 'ppm',
      source: 'chosen: the finest box is the error of a line over a fortnight',
    },
    finest_ms: {
      value: 20,
      unit: 'ms',
      source: 'chosen: the finest box is the error of a line over a fortnight',
    },
    wider: {
      value: 3,
      unit: 'times',
      source: 'chosen: four sizes of box, each about three times the one before',
    },
    wide: {
      value: 10,
      unit: 'times',
      source: 'chosen: four sizes of box, each about three times the one before',
    },
    widest: {
      value: 30,
      unit: 'times',
      source: 'chosen: four sizes of box, each about three times the one before',
    },
    rate_ppm: {
      value: 0.2,
      unit: 'ppm',
      source: 'chosen: width of a strip of drift alone',
    },
    sure: {
      value: 3,
      unit: 'times',
      source: 'chosen: a line must be known to a third of its box',
    },
    reach: {
      value: 8,
      unit: 'boxes',
      source: 'chosen: how far a row, a column and half a region go',
    },
    region: {
      value: 256,
      unit: 'boxes',
      source: 'chosen: sixteen by sixteen boxes',
    },
    layouts: {
      value: 16,
      unit: 'layouts',
      source: 'four sizes of box, each laid four ways',
    },
    least_machines: {
      value: 3,
      unit: 'machines',
      source: 'chosen: two clocks meet too often',
    },
    least_nats: {
      value: 7,
      unit: 'nats',
      source: 'chosen: chance of one in a thousand over boxes and layouts',
    },
    apart: {
      value: 1.25,
      unit: 'times',
      source: 'chosen: twice the box each way holds at most a quarter more',
    },
    far: {
      value: 5,
      unit: 'times',
      source: 'chosen: five times the group’s median distance is no member',
    },
    corner: {
      value: 0.25,
      unit: 'share',
      source: 'chosen: within a quarter of the box everybody is a member',
    },
    most_cards: {
      value: 16,
      unit: 'cards',
      source: 'NVIDIA DGX-2 data sheet: 16 cards; a claim of more counts as 16',
    },
    common_server: {
      value: 10,
      unit: 'cards',
      source: 'NVIDIA HGX data sheets: 8 cards on one board; 10 in a common PCIe server',
    },
    largest_server: {
      value: 20,
      unit: 'cards',
      source: 'Supermicro SYS-6049GP-TRT: 20 cards, the most in one server that we found',
    },
    chance_share: {
      value: 0.05,
      unit: 'share',
      source: 'chosen: where one machine in twenty would be there by chance, nobody is meant',
    },
  },
  levels: {
    overfull: {
      reason: 'clock-shared-beyond-a-server',
      says: 'This machine came to a clock whose machines claim more cards than any one server holds, or its owner’s alone do.',
      forgeableBy: 'operator',
    },
    crowded: {
      reason: 'clock-shared-by-many',
      says: 'This machine came to a clock whose machines claim more cards than a common server holds, or its owner’s alone do.',
      forgeableBy: 'operator',
    },
    'one-host': {
      reason: 'clock-shared-on-one-host',
      says: 'This machine runs on the same clock as others, as guests of one server do.',
      forgeableBy: 'anyone',
    },
    'one-owner': {
      reason: 'clock-shared-in-own-hall',
      says: 'This machine and others of its owner run on the same clock, as machines of one hall or containers of one rig do.',
      forgeableBy: 'operator',
    },
    alike: {
      reason: 'clock-runs-like-others',
      says: 'The clock of this machine gains or loses exactly as fast as those of others; strangers may be among them.',
      forgeableBy: 'anyone',
    },
    first: {
      reason: 'clock-shared-by-later-machines',
      says: 'This machine was on the clock before more cards claimed it than a server holds.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: ['disciplined-clocks', 'time-zone-error', 'crowded-population', 'clocks-set-together'],
  sources: [
    'Kohno, Broido, Claffy, Remote physical device fingerprinting, IEEE TDSC 2 (2005): clock skew tells machines apart, virtual machines of one host share it',
    'Sen, Estimates of the regression coefficient based on Kendall’s tau, JASA 63 (1968), doi:10.1080/01621459.1968.10480934',
    'Naus, The distribution of the size of the maximum cluster of points on a line, JASA 60 (1965), doi:10.1080/01621459.1965.10480810',
    'RFC 5905 (NTP version 4): a disciplined clock is corrected every 64 to 1024 seconds',
    'NVIDIA HGX and DGX data sheets: 8 cards on one board, 16 in DGX-2; Supermicro SYS-6049GP-TRT: 20 cards, the most in one server that we found',
  ],
  appeal:
    'The log of a time service that shows the clock being set, or the address of the hall’s time server and the list of machines behind it; or a simultaneous benchmark of the machines, which shows a card for each.',
};
