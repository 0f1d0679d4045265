import type { Preset } from '../../contracts/preset.ts';

const NOT_DATED = 'a score is published without the time at which it was measured';

export const preset: Preset = {
  title: 'Vast.ai',
  kinds: [
    {
      name: 'offers (vastai search offers --raw)',
      at: ['', 'offers'],
      has: ['id', 'machine_id', 'gpu_name', 'num_gpus', 'dph_total', 'rentable'],
      tables: {
        accounts: {
          distinct: true,
          note: 'The owners are the distinct host_id of the offers. When they registered is not published.',
          columns: { account_id: 'host_id' },
        },
        devices: {
          distinct: true,
          names: 'machine',
          note: 'gpu_count stays unknown: num_gpus is what one offer rents out, and gpu_frac < 1 is a declared part.',
          columns: {
            device_id: 'machine_id',
            account_id: 'host_id',
            gpu_model: 'gpu_name',
            driver_version: 'driver_version',
            cpu_model: 'cpu_name',
            net_up_mbps: 'inet_up',
            net_down_mbps: 'inet_down',
          },
        },
        listings: {
          columns: {
            network: { constant: 'vast' },
            listing_id: 'id',
            seen_at: { savedAt: true },
            available: 'rentable',
            gpu_model: 'gpu_name',
            gpu_count: 'num_gpus',
            ip: 'public_ipaddr',
            memory_bandwidth_gb_s: 'gpu_mem_bw',
          },
        },
      },
      cannot: {
        benchmarks: NOT_DATED,
        gpus: 'neither index nor uuid of a card is published',
        heartbeats: 'no temperature, power or load is published over time',
      },
    },
    {
      name: 'machines (vastai show machines --raw)',
      at: ['', 'machines'],
      has: ['id', 'num_gpus', 'gpu_name', 'hostname', 'listed_gpu_cost'],
      tables: {
        listings: {
          columns: {
            network: { constant: 'vast' },
            listing_id: 'id',
            seen_at: { savedAt: true },
            gpu_model: 'gpu_name',
            gpu_count: 'num_gpus',
            ip: 'public_ipaddr',
          },
        },
      },
      cannot: {
        accounts: 'no owner is named: these are the machines of whoever asked',
        devices: 'a machine needs an owner',
      },
    },
    {
      name: 'benchmarks',
      at: ['', 'benchmarks'],
      has: ['contract_id', 'machine_id', 'template_hash', 'value', 'last_update'],
      tables: {},
      cannot: { benchmarks: 'the unit of value is not published' },
    },
  ],
  sources: ['https://github.com/vast-ai/vast-cli (vastai/api/query.py)'],
};
