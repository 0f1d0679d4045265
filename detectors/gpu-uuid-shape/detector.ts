import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Card identifiers minted by software',
  states:
    'Of an owner’s distinct cards, or those behind an address, more uuids have the form of an RFC 4122 random uuid than chance (1/64 each) allows; or a uuid is spelled as no driver prints. Silent for slices.',
  family: 'identity',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['gpu_uuid'] },
  reads: ['features.card_identity', 'features.device_claim', 'rollup.device_ip_day'],
  params: {
    one_in: {
      value: 64,
      unit: 'cards',
      source: 'RFC 9562 §5.4: version nibble (1/16) and two variant bits (1/4)',
    },
    minted_nats: {
      value: 12,
      unit: 'nats',
      source: 'chosen: three cards alone, 3 ln 64 = 12.5',
    },
    minted_cards: {
      value: 3,
      unit: 'cards',
      source: 'chosen: three cards alone, 3 ln 64 = 12.5',
    },
    likely_nats: {
      value: 7.5,
      unit: 'nats',
      source: 'chosen: two cards alone, 2 ln 64 = 8.3',
    },
    one_nats: {
      value: 4,
      unit: 'nats',
      source: 'chosen: one card alone, ln 64 = 4.2',
    },
    shared_digits: {
      value: 24,
      unit: 'hexadecimal digits',
      source: 'chosen: silicon shares no 24 of 32 digits, counters do',
    },
    digit_values: {
      value: 16,
      unit: 'values',
      source: 'of a hexadecimal digit',
    },
    zero_bits: {
      value: 32,
      unit: 'bits',
      source: 'eight hexadecimal digits of zeros: chance 2^−32 in silicon',
    },
    dated_one_in: {
      value: 23831,
      unit: 'cards',
      source:
        'RFC 9562 §5.1: 11 values of 16 bits for the years 2018 to 2027, two variant bits: 65536 × 4 / 11',
    },
    least_messages: {
      value: 10,
      unit: 'messages',
      source: 'chosen: fewer on a day may be a passing address',
    },
    habit_share: {
      value: 0.2,
      unit: 'share',
      source: 'chosen: what a fifth of the accounts print is the client’s doing',
    },
  },
  levels: {
    minted: {
      reason: 'card-ids-minted',
      says: 'The identifiers of this owner’s cards have the form that software makes, far more often than chance allows.',
      forgeableBy: 'operator',
    },
    'likely-minted': {
      reason: 'card-ids-likely-minted',
      says: 'The identifiers of this owner’s cards have the form that software makes, more often than chance allows.',
      forgeableBy: 'operator',
    },
    neighbours: {
      reason: 'card-ids-minted-nearby',
      says: 'The identifiers of the cards behind this address have the form that software makes, more often than chance allows.',
      forgeableBy: 'anyone',
    },
    one: {
      reason: 'card-id-minted-form',
      says: 'The identifier of this card has the form that software makes, which one real card in 64 has too.',
      forgeableBy: 'operator',
    },
    'upper-case': {
      reason: 'card-id-spelling',
      says: 'The identifier is written in a way that the driver never prints.',
      forgeableBy: 'operator',
    },
    counted: {
      reason: 'card-ids-counted',
      says: 'The identifiers of this owner’s cards follow one another.',
      forgeableBy: 'operator',
    },
    zeros: {
      reason: 'card-id-zeros',
      says: 'The identifier begins or ends in eight zeros, as those of virtual cards do.',
      forgeableBy: 'operator',
    },
    'time-based': {
      reason: 'card-id-time-based',
      says: 'The identifier holds a date of recent years, as those of virtual cards do.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['one-in-64', 'big-holder', 'upper-casing-client', 'honest-mig', 'neighbour-of-a-fake'],
  sources: [
    'RFC 9562 §5.4: version nibble 4, variant bits 10; §5.1: version 1 holds 60 bits of time',
    '67 uuids of physical cards in public logs: one has that shape (expected 1.05)',
    'NVIDIA/k8s-test-infra mock NVML: counted and upper-case uuids',
    'Chernoff bound of the binomial tail: exp(−n·KL(k/n‖p))',
  ],
  appeal:
    'The output of nvidia-smi -q on the machine while the network benchmarks it, or a photograph of the board with its serial number.',
};
