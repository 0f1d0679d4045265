/**
 * Scenes for tests of cluster and judge: accounts, devices and findings written by hand, in a database in
 * memory.
 */
import { readFileSync } from 'node:fs';
import type { Finding } from '../contracts/evidence.ts';
import type { Policy } from '../contracts/policy.ts';
import type { AccountRow, DeviceRow } from '../contracts/verdict.ts';
import { cluster } from '../pipelines/cluster/cluster.ts';
import { createRawViews } from '../pipelines/ingest/raw-views.ts';
import type { Decisions } from '../pipelines/judge/decisions-file.ts';
import { type JudgeInput, judge } from '../pipelines/judge/judge.ts';
import { loadPolicy } from '../pipelines/judge/policy.ts';
import { appendRows } from '../pipelines/warehouse/append.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';

export interface Scene {
  accounts: { id: string; at?: number; house?: boolean; country?: string; points?: number }[];
  devices?: {
    id: string;
    account: string;
    cards?: number;
    bins?: number;
    model?: string;
    benchmarked?: boolean;
    /** A card's index for each run that the network measured. */
    runs?: readonly number[];
  }[];
  findings: readonly Finding[];
  /** Levels that say `sameCard`, as detector and level. */
  sameCard?: readonly (readonly [string, string])[];
}

export const SNAPSHOT = 1_000_000;

/** A finding with plain defaults: operator's own act, tested on very many. */
export function finding(subject: string, detector: string, more: Partial<Finding> = {}): Finding {
  return {
    subject_type: 'account',
    subject_id: subject,
    detector,
    family: 'money',
    level: 'strong',
    reason: `${detector}-${more.level ?? 'strong'}`,
    forgeable_by: 'operator',
    links: more.value !== undefined && more.value !== null,
    value: null,
    related: [],
    tested: 1_000_000,
    facts: '{}',
    first_at: 1,
    last_at: 2,
    gpu_index: null,
    facet: null,
    surprise: null,
    ...more,
  };
}

/** The same finding for every account of a group: they share `value`. */
export function shared(
  accounts: readonly string[],
  detector: string,
  value: string,
  more: Partial<Finding> = {},
) {
  return accounts.map((id) => finding(id, detector, { value, ...more }));
}

/**
 * The default policy with other detectors' weights and the changes that a test needs. One cause is enough to
 * hold.
 */
export function policyWith(weights: Policy['weights'], more: Partial<Policy> = {}): Policy {
  const shipped = loadPolicy();
  const holds = { ...shipped.holds, least: 1, alone: {} };
  return { ...shipped, weights, lift: {}, holds, contradictions: { levels: {}, cap: 12 }, ...more };
}

const FINDING_KINDS = [
  ...([
    'text',
    'text',
    'text',
    'text',
    'text',
    'text',
    'text',
    'boolean',
    'text',
    'texts',
    'int',
    'text',
  ] as const),
  ...(['int', 'int', 'int', 'text', 'float'] as const),
];

export async function openScene(scene: Scene): Promise<Warehouse> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  for (const { id, at = 1, house = false, country = null, points } of scene.accounts) {
    await warehouse.run(
      'INSERT INTO loaded.accounts (account_id, created_at, house, country) VALUES ($id, $at, $house, $country)',
      { id, at, house, country },
    );
    if (points !== undefined) {
      await warehouse.run('INSERT INTO loaded.points VALUES ($id, $epoch, $points)', {
        id,
        epoch: '1',
        points,
      });
    }
  }
  await warehouse.run(
    'CREATE TABLE rollup.device_day (device_id VARCHAR, gpu_index BIGINT, day BIGINT, bins BIGINT)',
  );
  await warehouse.run('CREATE TABLE rollup.ping_day (device_id VARCHAR, answered BIGINT)');
  for (const {
    id,
    account,
    cards = 1,
    bins,
    model = 'Card',
    benchmarked = false,
    runs = [],
  } of scene.devices ?? []) {
    await warehouse.run(
      `INSERT INTO loaded.devices (device_id, account_id, registered_at, gpu_model, gpu_count)
       VALUES ($id, $account, 1, $model, $cards)`,
      { id, account, model, cards },
    );
    if (bins !== undefined)
      await warehouse.run('INSERT INTO rollup.device_day VALUES ($id, 0, 1, $bins)', { id, bins });
    if (benchmarked) {
      await warehouse.run(
        `INSERT INTO loaded.benchmarks (benchmark_id, device_id, measured_by, started_at, finished_at)
         VALUES ($id, $id, 'network', 1, 2)`,
        { id },
      );
    }
    for (const [run, card] of runs.entries()) {
      await warehouse.run(
        `INSERT INTO loaded.benchmarks (benchmark_id, device_id, gpu_index, measured_by, started_at, finished_at)
         VALUES ($run, $id, $card, 'network', 1, 2)`,
        { run: `${id}-${run}`, id, card },
      );
    }
  }
  await createRawViews(warehouse, SNAPSHOT);
  await warehouse.run(readFileSync(new URL('../pipelines/detect/tables.sql', import.meta.url), 'utf8'));
  await appendRows(
    warehouse,
    'evidence',
    'finding',
    FINDING_KINDS,
    scene.findings.map((row) => [
      ...[
        row.subject_type,
        row.subject_id,
        row.detector,
        row.family,
        row.level,
        row.reason,
        row.forgeable_by,
      ],
      ...[row.links, row.value, row.related, row.tested, row.facts, row.first_at, row.last_at, row.gpu_index],
      row.facet,
      row.surprise,
    ]),
  );
  await appendRows(warehouse, 'evidence', 'same_card', ['text', 'text'], scene.sameCard ?? []);
  return warehouse;
}

export interface Judged {
  warehouse: Warehouse;
  accounts: Map<string, AccountRow>;
  devices: Map<string, DeviceRow>;
}

/** Runs cluster and judge on a scene and reads the verdicts. */
export async function judgeScene(
  scene: Scene,
  policy: Policy,
  more: Partial<Omit<JudgeInput, 'policy' | 'decisions'>> & { decisions?: Decisions } = {},
): Promise<Judged> {
  const warehouse = await openScene(scene);
  const effects = { warehouse, progress: () => {} };
  await cluster({ policy, snapshot: SNAPSHOT, decisions: more.decisions?.operators ?? [] }, effects);
  await judge({ policy, snapshot: SNAPSHOT, ...more }, effects);
  const accounts = await warehouse.rows<AccountRow>(
    'SELECT * REPLACE (points_before::VARCHAR AS points_before, points_after::VARCHAR AS points_after) FROM verdict.account',
  );
  const devices = await warehouse.rows<DeviceRow>('SELECT * FROM verdict.device');
  return {
    warehouse,
    accounts: new Map(accounts.map((row) => [row.account_id, row])),
    devices: new Map(devices.map((row) => [row.device_id, row])),
  };
}
