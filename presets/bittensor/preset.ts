import type { Preset } from '../../contracts/preset.ts';

export const preset: Preset = {
  title: 'Bittensor',
  kinds: [
    {
      name: 'metagraph',
      at: ['', 'neurons'],
      has: ['hotkey', 'coldkey', 'uid', 'netuid', 'validator_permit', 'incentive'],
      tables: {
        accounts: {
          distinct: true,
          note: 'A coldkey publicly owns its hotkeys: it is one account, and several hotkeys are no offence.',
          columns: { account_id: 'coldkey', wallet: 'coldkey' },
        },
        points: {
          note: 'One entry per hotkey, in the unit of the file (TAO, or rao = 10⁻⁹ TAO): only shares of the sum count.',
          columns: { account_id: 'coldkey', epoch: 'hotkey', points: 'emission' },
        },
        listings: {
          columns: {
            network: { constant: 'bittensor' },
            listing_id: 'hotkey',
            seen_at: { savedAt: true },
            available: 'active',
            ip: 'axon_info.ip',
          },
        },
      },
      cannot: {
        devices: 'no model of a card is named',
        benchmarks: 'none are published',
        heartbeats: 'last_update is a block, not a time, and no temperature or power is published',
      },
    },
  ],
  sources: ['https://github.com/opentensor/bittensor (neuron_info_lite)'],
};
