import type { Preset } from '../../contracts/preset.ts';

const ONLINE = { true: 'online', false: 'offline' };

export const preset: Preset = {
  title: 'Akash',
  kinds: [
    {
      name: 'providers (console API /v1/providers)',
      at: [''],
      has: ['owner', 'hostUri', 'isOnline', 'uptime7d', 'ipCountryCode'],
      tables: {
        accounts: {
          distinct: true,
          note: 'createdHeight is a block, not a time: when an owner registered stays unknown.',
          columns: { account_id: 'owner', email: 'email', wallet: 'owner' },
        },
        devices: {
          rows: 'gpuModels',
          distinct: true,
          names: 'provider',
          note: 'A provider is a cluster of machines. Its first model stands here; listings names each.',
          columns: { device_id: '^.hostUri', account_id: '^.owner', gpu_model: 'model' },
        },
        shown_status: {
          names: 'provider',
          columns: {
            device_id: 'hostUri',
            occurred_at: 'lastCheckDate',
            status: { from: 'isOnline', words: ONLINE },
          },
        },
        pings: {
          rows: 'uptime',
          names: 'provider',
          columns: { device_id: '^.hostUri', occurred_at: 'checkDate', ok: 'isOnline' },
        },
        listings: {
          rows: 'gpuModels',
          note: 'How many cards of a model a provider has is not published here.',
          columns: {
            network: { constant: 'akash' },
            listing_id: '^.hostUri',
            seen_at: '^.lastCheckDate',
            available: '^.isOnline',
            gpu_model: 'model',
          },
        },
      },
      cannot: {
        benchmarks: 'none are published',
        gpus: 'neither index nor uuid of a card is published',
        heartbeats: 'no temperature, power or load is published',
        rentals: 'leases are counted, not listed (their prices are in µAKT, a millionth of an AKT)',
      },
    },
    {
      name: 'GPU breakdown',
      at: [''],
      has: ['date', 'vendor', 'model', 'nodeCount', 'totalGpus', 'leasedGpus'],
      tables: {
        listings: {
          columns: {
            network: { constant: 'akash' },
            listing_id: 'model',
            seen_at: 'date',
            gpu_model: 'model',
            gpu_count: 'totalGpus',
          },
        },
      },
      cannot: { accounts: 'no owner is named', devices: 'a machine needs an owner' },
    },
  ],
  sources: ['https://github.com/akash-network/console (apps/api/src/provider, apps/api/src/gpu)'],
};
