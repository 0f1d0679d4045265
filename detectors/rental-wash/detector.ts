/** Hires that move nothing but points. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Accounts that hire from each other',
  states:
    'Four or more accounts are hired by each other and make at least half of their hires among themselves. Null: renters choose owners by ' +
    "the owners' share of all hires (Chernoff bound, summed over the members). Hiring is the renter's own act, being hired is not " +
    "the owner's, so only accounts that do both are in a circle. Load while hired is read where it was metered. Silent below four accounts.",
  family: 'money',
  subject: 'account',
  links: true,
  needs: { devices: ['account_id'], rentals: ['device_id', 'renter_id', 'started_at'] },
  reads: ['raw.accounts', 'raw.devices', 'raw.rentals', 'rollup.device_grid'],
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
