import type { Preset } from '../../contracts/preset.ts';

const NO_OWNER = 'no owner is named';
const OWNERLESS = 'a machine needs an owner';

export const preset: Preset = {
  title: 'io.net',
  kinds: [
    {
      name: 'device details (io-explorer /devices/{id}/details)',
      at: ['data', ''],
      has: ['device_id', 'hardware_name', 'hardware_quantity', 'down_percentage'],
      tables: {
        listings: {
          columns: {
            network: { constant: 'io.net' },
            listing_id: 'device_id',
            seen_at: { savedAt: true },
            gpu_model: 'hardware_name',
            gpu_count: 'hardware_quantity',
          },
        },
      },
      cannot: {
        accounts: NO_OWNER,
        devices: OWNERLESS,
        rentals: 'jobs carry no id, and their lengths are minutes, not times',
        shown_status: 'downtime is a share in percent and seconds a day, not times',
      },
    },
    {
      name: 'workers of a block (io-blocks /blocks/{id}/workers/{device})',
      at: ['data', 'data.workers', 'workers', ''],
      has: ['device_id', 'block_id', 'time_and_date', 'processor', 'pow', 'potl', 'uptime_in_minutes'],
      tables: {
        listings: {
          columns: {
            network: { constant: 'io.net' },
            listing_id: 'device_id',
            seen_at: 'time_and_date',
            gpu_model: 'processor',
            gpu_count: 'processor_quantity',
          },
        },
      },
      cannot: {
        accounts: NO_OWNER,
        devices: OWNERLESS,
        benchmarks: 'pow and potl are results without a measured value',
      },
    },
    {
      name: 'device summary',
      at: ['data', ''],
      has: ['device_id', 'connectivity_tier', 'total_compute_hours_served', 'total_jobs'],
      tables: {},
      cannot: { listings: 'no model is named' },
    },
    {
      name: 'proof-of-work summary',
      at: ['data', ''],
      has: ['device_id', 'last_challenge_status', 'pow_jobs_failed', 'pow_jobs_passed'],
      tables: {},
      cannot: { benchmarks: 'passes and failures are counted, without times' },
    },
  ],
  sources: ['https://io.net/docs/reference/io-explorer'],
};
