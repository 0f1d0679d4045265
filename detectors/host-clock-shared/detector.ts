import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'One clock behind many machines',
  states:
    'Offset and drift of the machines’ own clocks (sent_at against received_at) agree more closely than this network’s free-running clocks fall together by chance: scan bound over boxes of drift and offset at three ' +
    'sizes, and over drift alone, with the rate of the box’s own neighbourhood as the null. What follows depends on how many cards claimed the clock when the machine came to it, and how many are its owner’s: a server holds eight to ten, twenty at the very most. Who was there before stays unaccused. ' +
    'Clocks that drift less than 0.1 ppm follow the Internet’s time servers and are not looked at; whole quarter hours of offset are time zones. Silent with fewer than 24 readings or two days of a clock, and for groups of two.',
  family: 'clock',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_count'], heartbeats: ['sent_at', 'received_at'] },
  reads: ['features.clock_line', 'features.device_claim', 'raw.devices', 'rollup.device_day'],
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
