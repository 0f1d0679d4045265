/** Hires that move nothing but points. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Accounts that hire from each other',
  states:
    'Four or more accounts are hired by each other and make half of their hires or more among themselves. Null: renters choose owners by their share of all hires (Chernoff, summed over members). Silent below four.',
  family: 'money',
  subject: 'account',
  links: true,
  needs: { devices: ['account_id'], rentals: ['device_id', 'renter_id', 'started_at'] },
  reads: ['raw.accounts', 'raw.devices', 'raw.rentals', 'rollup.device_grid'],
  params: {
    idle_load: {
      value: 0.02,
      unit: 'utilization, 0..1',
      source: 'chosen: a card that nobody uses',
    },
    least_members: {
      value: 4,
      unit: 'accounts',
      source: 'chosen: three may be a company and a friend',
    },
    least_nats: {
      value: 8,
      unit: 'nats',
      source: 'chosen: chance under 1 in 1,000, after the circles',
    },
    least_metered: {
      value: 4,
      unit: 'hires',
      source: 'chosen: fewer metered hires show no habit',
    },
    idle_share: {
      value: 0.9,
      unit: 'share',
      source: 'chosen: nine hires in ten were left idle',
    },
    idle_elsewhere: {
      value: 0.2,
      unit: 'share',
      source: 'chosen: batch jobs that wait are as common everywhere',
    },
    least_captive: {
      value: 5,
      unit: 'hires',
      source: 'chosen: fewer may be one customer’s trial',
    },
    loyal_hires: {
      value: 3,
      unit: 'hires',
      source: 'chosen: a customer who came back twice',
    },
    least_quarters: {
      value: 4,
      unit: 'quarter hours',
      source: 'chosen: an hour of hire',
    },
    quarter_minutes: {
      value: 15,
      unit: 'minutes',
      source: 'width of a bin of rollup.device_grid',
    },
    ten_thousandths: {
      value: 10000,
      unit: 'hundredths of a percent',
      source: 'rollup.device_grid counts percent in hundredths',
    },
  },
  levels: {
    'circle-idle': {
      reason: 'hires-in-a-circle-idle',
      says: 'The account hires machines of accounts that hire from it in turn, and leaves them idle.',
      forgeableBy: 'operator',
    },
    circle: {
      reason: 'hires-in-a-circle',
      says: 'The account makes most of its hires from accounts that hire from it or from each other in turn.',
      forgeableBy: 'operator',
    },
    self: {
      reason: 'hires-itself',
      says: 'The account hires its own machine.',
      forgeableBy: 'operator',
    },
    kept: {
      reason: 'hired-by-captive-customers',
      says: 'Most hires of the machines of this account are by customers who hire from nobody else and leave them idle.',
      forgeableBy: 'anyone',
    },
  },
  lookAlikes: [
    'loyal-customer',
    'company-and-friend',
    'batch-jobs-wait',
    'owners-who-hire',
    'hired-by-a-ring',
  ],
  sources: [
    'Chernoff, A measure of asymptotic efficiency, Annals of Mathematical Statistics 23 (1952), doi:10.1214/aoms/1177729330',
    'Victor and Weintraud, Detecting and quantifying wash trading on decentralized cryptocurrency exchanges, WWW 2021, doi:10.1145/3442381.3449824 (closed circles of trades)',
  ],
  appeal: 'What the hires were for: a job, its output, and the customer who paid for it.',
};
