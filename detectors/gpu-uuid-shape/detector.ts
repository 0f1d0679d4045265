import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Card identifiers minted by software',
  states:
    'The uuids of an owner’s distinct cards, or of the cards behind one address, are counted for the shape of an RFC 4122 random uuid: chance 1/64 per card in silicon, certain from a library. ' +
    'The binomial tail (Chernoff bound) gives the surprise. Single signs that no driver prints: upper case, counted uuids, runs of zeros, dates. ' +
    'Silent for declared slices, MIG uuids, placeholders and, for upper case, networks whose client upper-cases everything.',
  family: 'identity',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], gpus: ['gpu_uuid'] },
  reads: ['features.device_claim', 'raw.devices', 'raw.gpus', 'rollup.device_ip_day'],
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
