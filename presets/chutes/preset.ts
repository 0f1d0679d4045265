import type { Preset, TableDraft } from '../../contracts/preset.ts';

const OWNERS: TableDraft = {
  distinct: true,
  note: 'The owners are the distinct hotkeys. The coldkey above them is public; map it to wallet to compare owners.',
  columns: { account_id: 'miner_hotkey' },
};

const INSTANCES: TableDraft = {
  distinct: true,
  names: 'instance',
  note: 'An instance is what was hired; which card served it is in no file of this export.',
  columns: {
    device_id: 'instance_id',
    account_id: 'miner_hotkey',
    gpu_model: { constant: 'not stated' },
  },
};

const NO_CARDS = {
  gpus: 'cards stand in the validator’s list of nodes, which is not here',
  benchmarks: 'none are published',
  heartbeats: 'no temperature, power or load is published',
};

export const preset: Preset = {
  title: 'Chutes',
  kinds: [
    {
      name: 'nodes',
      at: ['', 'nodes'],
      has: ['uuid', 'gpu_identifier', 'server_id', 'miner_hotkey', 'device_index', 'verification_host'],
      tables: {
        accounts: OWNERS,
        devices: {
          distinct: true,
          names: 'server',
          note: 'When a server was registered is not published: created_at is the time of one card.',
          columns: { device_id: 'server_id', account_id: 'miner_hotkey', gpu_model: 'name' },
        },
        gpus: {
          names: 'server',
          note: 'memory is in bytes.',
          columns: {
            device_id: 'server_id',
            gpu_index: 'device_index',
            seen_at: 'created_at',
            gpu_uuid: 'uuid',
            name: 'name',
            memory_total_mib: { from: 'memory', scale: 2 ** -20 },
          },
        },
      },
      cannot: { benchmarks: NO_CARDS.benchmarks, heartbeats: NO_CARDS.heartbeats },
    },
    {
      name: 'instances (audit JSON)',
      at: ['instance_audit', ''],
      has: ['audit_id', 'instance_id', 'chute_id', 'miner_hotkey', 'activated_at', 'billed_to'],
      tables: {
        accounts: OWNERS,
        devices: INSTANCES,
        listings: {
          columns: {
            network: { constant: 'chutes' },
            listing_id: 'instance_id',
            seen_at: 'created_at',
          },
        },
      },
      cannot: NO_CARDS,
    },
    {
      name: 'jobs',
      at: [''],
      has: ['job_id', 'chute_id', 'miner_hotkey', 'miner_coldkey', 'instance_id', 'miner_terminated'],
      tables: { accounts: OWNERS, devices: INSTANCES },
      cannot: { ...NO_CARDS, rentals: 'a job does not name who hired it' },
    },
    {
      name: 'invocations',
      at: [''],
      has: ['invocation_id', 'parent_invocation_id', 'chute_user_id', 'instance_id', 'miner_hotkey'],
      tables: {
        accounts: OWNERS,
        devices: INSTANCES,
        rentals: {
          names: 'instance',
          columns: {
            rental_id: 'invocation_id',
            device_id: 'instance_id',
            renter_id: 'chute_user_id',
            started_at: 'started_at',
            ended_at: 'completed_at',
          },
        },
      },
      cannot: NO_CARDS,
    },
    {
      name: 'reports',
      at: [''],
      has: ['invocation_id', 'user_id', 'timestamp', 'confirmed_by', 'reason'],
      tables: {},
      cannot: { community_reports: 'a report names an invocation, not a machine or an owner' },
    },
    {
      name: 'metagraph',
      at: ['', 'nodes'],
      has: ['hotkey', 'coldkey', 'node_id', 'incentive', 'synced_at', 'real_host'],
      tables: {
        accounts: { ...OWNERS, columns: { account_id: 'hotkey' } },
        listings: {
          columns: {
            network: { constant: 'chutes' },
            listing_id: 'hotkey',
            seen_at: 'synced_at',
            ip: 'ip',
          },
        },
      },
      cannot: { devices: 'no model of a card is named' },
    },
  ],
  sources: [
    'https://github.com/chutesai/chutes-api (audit_exporter.py)',
    'https://github.com/chutesai/chutes-audit (audit.py)',
  ],
};
