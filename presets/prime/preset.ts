import type { Preset } from '../../contracts/preset.ts';

export const preset: Preset = {
  title: 'Prime Intellect',
  kinds: [
    {
      name: 'availability',
      at: ['items', ''],
      has: ['cloudId', 'gpuType', 'socket', 'provider', 'gpuCount', 'stockStatus'],
      tables: {
        listings: {
          columns: {
            network: 'provider',
            listing_id: 'cloudId',
            seen_at: { savedAt: true },
            available: {
              from: 'stockStatus',
              words: { Available: 'true', High: 'true', Medium: 'true', Low: 'true', Unavailable: 'false' },
            },
            gpu_model: 'gpuType',
            gpu_count: 'gpuCount',
          },
        },
      },
      cannot: {
        accounts: 'no owner is named, only the provider that resells the machine',
        devices: 'a machine needs an owner',
        benchmarks: 'none are published',
        heartbeats: 'no temperature, power or load is published',
      },
    },
  ],
  sources: ['https://github.com/PrimeIntellect-ai/prime (packages/prime/tests/data)'],
};
