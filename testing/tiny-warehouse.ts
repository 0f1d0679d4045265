/** A warehouse as the judge leaves it, small enough to read: for tests of publish and of explain. */
import { readFileSync } from 'node:fs';
import { createRawViews } from '../pipelines/ingest/raw-views.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { SNAPSHOT } from './tiny-input.ts';

const DAY = 86_400_000;
const START = SNAPSHOT - 20 * DAY;

/** Names that account holders choose; tests put hostile text into each. */
export interface TinyNames {
  /** Ids of five accounts of one operator; the others are honest. */
  ring: readonly string[];
  honest: readonly string[];
  device: string;
  wallet: string;
  model: string;
  metric: string;
  file: string;
  shared: string;
  fact: string;
}

export const PLAIN_NAMES: TinyNames = {
  ring: ['u-ring-1', 'u-ring-2', 'u-ring-3', 'u-ring-4', 'u-ring-5'],
  honest: ['u-ann', 'u-bob', 'u-eve'],
  device: 'dev-fake',
  wallet: 'wallet-ring',
  model: 'NVIDIA GeForce RTX 4090',
  metric: 'gpus_online',
  file: 'accounts.csv',
  shared: '203.0.113.7',
  fact: 'a shared password hint',
};

const text = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

async function fillDataset(names: TinyNames, warehouse: Warehouse): Promise<void> {
  for (const [i, id] of [...names.ring, ...names.honest].entries()) {
    const wallet = i < names.ring.length ? names.wallet : `wallet-${i}`;
    await warehouse.run(
      `INSERT INTO loaded.accounts (account_id, created_at, wallet, country, house)
       VALUES (${text(id)}, ${START + i * DAY}, ${text(wallet)}, 'DE', false)`,
    );
    const device = i === 0 ? names.device : `dev-${i}`;
    await warehouse.run(
      `INSERT INTO loaded.devices (device_id, account_id, registered_at, gpu_model, gpu_count)
       VALUES (${text(device)}, ${text(id)}, ${START + i * DAY}, ${text(names.model)}, 1)`,
    );
    await warehouse.run(
      `INSERT INTO rollup.device_day VALUES (${text(device)}, 0, 19830, 1440, 96, 700, 96, 5000, 96, 20000, 96, 400000)`,
    );
    await warehouse.run(
      `INSERT INTO rollup.ping_day VALUES (${text(device)}, 19830, 96, ${i === 0 ? 0 : 95})`,
    );
    if (i < 6) {
      await warehouse.run(
        `INSERT INTO loaded.benchmarks (benchmark_id, device_id, measured_by, started_at, finished_at)
         VALUES ('b${i}', ${text(device)}, 'network', ${SNAPSHOT - DAY}, ${SNAPSHOT - DAY + 1000})`,
      );
    }
  }
  await warehouse.run("INSERT INTO features.device_claim SELECT device_id, 'nvidia', 24564 FROM raw.devices");
}

async function fillLedger(names: TinyNames, warehouse: Warehouse): Promise<void> {
  await warehouse.run(
    `INSERT INTO loaded.file VALUES (${text(names.file)}, 'accounts', 'csv', 100, '${'ab'.repeat(32)}', 10, 8, 1, 1)`,
  );
  await warehouse.run(
    `INSERT INTO loaded.rejected VALUES (${text(names.file)}, 7, 'created_at', 'R_TIME', 'an RFC 3339 time', ${text(names.fact)})`,
  );
  await warehouse.run(`INSERT INTO loaded.orphan VALUES ('devices', 'account_id', ${text(names.shared)}, 3)`);
  await warehouse.run(
    `INSERT INTO loaded.extra VALUES (${text(names.file)}, 'accounts', ${text(names.metric)})`,
  );
  await warehouse.run(
    `INSERT INTO loaded.unread VALUES (${text(`old/${names.file}`)}, 'devices', ${text(names.fact)})`,
  );
  await warehouse.run(
    `INSERT INTO features.unknown_model VALUES (${text(names.model)}, 2, 1, ['dev-5', 'dev-6'])`,
  );
  await warehouse.run('INSERT INTO verdict.input_loss VALUES (9, 2)');
  await warehouse.run(
    `INSERT INTO verdict.loss VALUES
       (${text(names.honest[0]!)}, 'device', 'dev-5', 'heartbeats', 'power_draw_w', 12),
       (NULL, 'account', ${text(names.shared)}, 'devices', '', 3)`,
  );
  await warehouse.run(
    `INSERT INTO loaded.column_value VALUES ('heartbeats.csv', 'heartbeats', 'power_draw_w', 80, 8, 12)`,
  );
}

async function fillEvidence(names: TinyNames, warehouse: Warehouse): Promise<void> {
  await warehouse.run(
    `INSERT INTO evidence.network VALUES
       ('published-metric-stuck', 'flat', 'metric-stuck', ${text(names.metric)}, ${START}, ${SNAPSHOT}, 500000, 12000.5)`,
  );
  await warehouse.run(
    `INSERT INTO evidence.coverage VALUES
       ('wallet-shared', 'ran', false, '', 8, 8, 5),
       ('benchmark-below-claim', 'ran', false, '', 6, 8, 2),
       ('rtt-twins', 'not-run', false, 'absent: pings.probe_id', 0, 0, 0)`,
  );
  await warehouse.run(
    `INSERT INTO evidence.seen
     SELECT 'account', account_id, unnest(['money', 'network']) FROM raw.accounts WHERE account_id <> ${text(names.honest[2]!)}
     UNION ALL SELECT 'account', ${text(names.honest[1]!)}, 'mail'
     UNION ALL SELECT 'device', device_id, 'benchmark' FROM raw.benchmarks`,
  );
  await warehouse.run(`INSERT INTO operator.hub VALUES ('ip-shared', ${text(names.shared)}, 120, 0.1)`);
}

/**
 * One of the ring and an honest customer bought machines behind which one card stands; a third is under
 * review.
 */
async function fillMerchant(names: TinyNames, warehouse: Warehouse): Promise<void> {
  for (const device of [names.device, 'dev-5', 'dev-6']) {
    await warehouse.run(`INSERT INTO verdict.one_card VALUES (${text(device)}, 0)`);
  }
  await warehouse.run("UPDATE verdict.device SET verdict = 'void', risk = 0.995 WHERE device_id = 'dev-5'");
  await warehouse.run("UPDATE verdict.device SET verdict = 'review', risk = 0.9 WHERE device_id = 'dev-6'");
  await warehouse.run(
    `INSERT INTO verdict.card_set VALUES (0, 'm-0123456789abcdef', true, 3, 3, 2, ${text(names.model)}, ${text(names.model)}, 1, 1,
       ${START}, ${SNAPSHOT}, 'benchmark-shared-card')`,
  );
  await warehouse.run("INSERT INTO verdict.capacity VALUES ('network', '', '', 8, 6, 24, 5, 4, 3)");
  await warehouse.run(`INSERT INTO verdict.supply VALUES (${text(names.model)}, 8, 8, 7, 6, 1, 5, 5.9, 8)`);
}

async function fillVerdicts(names: TinyNames, warehouse: Warehouse): Promise<void> {
  const cluster = 'c-0123456789ab';
  const facts = text(JSON.stringify({ wallet: names.fact, accounts: 5, rate: 1e-7 }));
  await warehouse.run(
    `INSERT INTO operator.cluster VALUES ('${cluster}', 5, 5, 0.95, true, 1.0, ${START}, ${SNAPSHOT})`,
  );
  for (const [i, id] of names.ring.entries()) {
    const others = names.ring.filter((other) => other !== id).sort();
    const related = `[${others.map(text).join(', ')}]::VARCHAR[]`;
    await warehouse.run(`INSERT INTO operator.member VALUES (${text(id)}, '${cluster}', 0.95, 1.0, false)`);
    const verdict = i < 4 ? 'exclude' : 'review';
    await warehouse.run(
      `INSERT INTO verdict.account VALUES (${text(id)}, '${verdict}', ${i < 4 ? 0.9987 : 0.84}, '${cluster}', 1,
         ${i === 0 ? 1 : 0}, 100.5, ${i < 4 ? 0 : 100.5}, 'wallet-shared|signup-burst', ${i < 4 ? "''" : "'prior-slack'"})`,
    );
    await warehouse.run(
      `INSERT INTO verdict.term VALUES
         ('account', ${text(id)}, 'wallet-shared', 'money', 'one', 'wallet-shared', 'operator', ${text(names.wallet)},
          '00000000000000a${i}', 8, 7.5, true, NULL, 4, 4, ${related}, ${facts}, ${START}, ${SNAPSHOT},
          true, false, NULL, NULL),
         ('account', ${text(id)}, 'signup-burst', 'timing', 'burst', 'signup-burst', 'operator', 'day-1',
          '00000000000000b${i}', 4, ${i < 4 ? 3.7 : 0.2}, true, NULL, 4, 4, ${related}, '{"minutes":3}', ${START}, NULL,
          true, false, NULL, NULL),
         ('account', ${text(id)}, 'ip-shared', 'network', 'rare', 'ip-shared', 'anyone', ${text(names.shared)},
          '00000000000000c${i}', 3, 0, false, 'family-cap', 4, 4, ${related}, '{}', NULL, NULL, true, false, NULL, NULL)`,
    );
  }
  const items = text(
    JSON.stringify([{ detector: 'wallet-shared', value: names.wallet, forgeable_by: 'operator', weight: 8 }]),
  );
  for (const other of names.ring.slice(1)) {
    await warehouse.run(
      `INSERT INTO operator.link VALUES (${text(names.ring[0]!)}, ${text(other)}, 8, ${items})`,
    );
  }
  await warehouse.run(
    `INSERT INTO verdict.certificate VALUES (${text(names.ring[0]!)}, 'without-three-accounts', 1, 5.5, 0.9)`,
  );
  for (const [i, id] of names.honest.entries()) {
    await warehouse.run(
      `INSERT INTO verdict.account VALUES (${text(id)}, 'clear', 0.01, NULL, 1, 0, ${1000 + i}.123456, ${1000 + i}.123456, '', '')`,
    );
  }
  for (const [i, id] of [...names.ring, ...names.honest].entries()) {
    const device = text(i === 0 ? names.device : `dev-${i}`);
    await warehouse.run(
      `INSERT INTO verdict.device VALUES (${device}, ${text(id)}, '${i === 0 ? 'void' : 'clear'}', ${i === 0 ? 0.999 : 0.01},
         '${i < 6 ? 'network' : 'unverified'}', ${i === 0 ? "'benchmark-below-claim'" : "''"}, '', 96)`,
    );
  }
  await warehouse.run(
    `INSERT INTO verdict.term VALUES
       ('device', ${text(names.device)}, 'benchmark-below-claim', 'benchmark', 'far', 'benchmark-below-claim', 'nobody',
        NULL, '00000000000000d0', 9, 8.5, true, NULL, NULL, NULL, []::VARCHAR[], '{"ratio":0.5}', ${START}, ${SNAPSHOT},
        false, false, NULL, 'throughput'),
       ('device', ${text(names.device)}, 'gpu-uuid-shape', 'identity', 'minted', 'gpu-uuid-minted', 'operator',
        NULL, '00000000000000d1', 3, 3, true, NULL, NULL, NULL, []::VARCHAR[], '{"p":1e-7}', NULL, NULL, false, false, NULL, NULL)`,
  );
  await warehouse.run(
    `INSERT INTO verdict.cluster VALUES ('${cluster}', 5, 4, 5, 0.99, ${START}, ${SNAPSHOT}, 'wallet-shared', 0.95, 1.0)`,
  );
  await warehouse.run(
    `INSERT INTO verdict.decision VALUES ('account', ${text(names.honest[0]!)}, 'clear', 'analyst', ${START}, NULL,
       ${text(names.fact)}, 'in-force', []::VARCHAR[])`,
  );
  await warehouse.run(
    `INSERT INTO operator.decision VALUES ('pin', '${cluster}', [${names.ring.map(text).join(', ')}]::VARCHAR[], []::VARCHAR[],
       'analyst', ${START}, NULL, ${text(names.fact)}, 'in-force', [${text(names.ring[4]!)}]::VARCHAR[], []::VARCHAR[])`,
  );
}

const TABLES = `
  CREATE TABLE loaded.orphan (table_name VARCHAR, column_name VARCHAR, id VARCHAR, "rows" BIGINT);
  CREATE TABLE loaded.extra (file VARCHAR, table_name VARCHAR, column_name VARCHAR);
  CREATE TABLE loaded.column_value (file VARCHAR, table_name VARCHAR, column_name VARCHAR, kept BIGINT, empty BIGINT, lost BIGINT);
  CREATE TABLE rollup.device_day (device_id VARCHAR, gpu_index BIGINT, day BIGINT, messages BIGINT, bins BIGINT,
    busy BIGINT, temp_n BIGINT, temp_sum_cc BIGINT, power_n BIGINT, power_sum_cw BIGINT, util_n BIGINT, util_sum_cp BIGINT);
  CREATE TABLE rollup.ping_day (device_id VARCHAR, day BIGINT, pings BIGINT, answered BIGINT);
  CREATE TABLE verdict.account (account_id VARCHAR, verdict VARCHAR, risk DOUBLE, cluster_id VARCHAR, devices BIGINT,
    devices_void BIGINT, points_before DECIMAL(38,6), points_after DECIMAL(38,6), reasons VARCHAR, held_by VARCHAR);
  CREATE TABLE verdict.device (device_id VARCHAR, account_id VARCHAR, verdict VARCHAR, risk DOUBLE, verified VARCHAR,
    reasons VARCHAR, held_by VARCHAR, share DOUBLE);
  CREATE TABLE features.card_claim (device_id VARCHAR, gpu_index BIGINT, latest BOOLEAN, gpu_model VARCHAR, claim VARCHAR);
  CREATE TABLE verdict.gpu (device_id VARCHAR, gpu_index BIGINT, verdict VARCHAR, risk DOUBLE, reasons VARCHAR);
  CREATE TABLE features.device_claim (device_id VARCHAR, vendor VARCHAR, memory_min_mib BIGINT);
  CREATE TABLE verdict.capacity (scope VARCHAR, id VARCHAR, gpu_model VARCHAR, claimed BIGINT, asked BIGINT, rounds BIGINT,
    held_at_once BIGINT, cards_low BIGINT, cards_low_any_model BIGINT);
  CREATE TABLE verdict.one_card (device_id VARCHAR, set_no BIGINT);
  CREATE TABLE verdict.card_set (set_no BIGINT, merchant_id VARCHAR, merchant BOOLEAN, accounts BIGINT, devices BIGINT,
    devices_void BIGINT, gpu_models VARCHAR, gpu_model VARCHAR, cards_at_least BIGINT, cards_at_most BIGINT,
    first_seen BIGINT, last_seen BIGINT, reasons VARCHAR);
  CREATE TABLE operator.cluster (cluster_id VARCHAR, accounts BIGINT, devices BIGINT, stability DOUBLE, stable BOOLEAN,
    density DOUBLE, first_seen BIGINT, last_seen BIGINT);
  CREATE TABLE verdict.cluster (cluster_id VARCHAR, accounts BIGINT, excluded BIGINT, devices BIGINT, risk DOUBLE,
    first_seen BIGINT, last_seen BIGINT, reasons VARCHAR, stability DOUBLE, density DOUBLE)`;

/** Opens it in memory. The caller closes it. */
export async function tinyWarehouse(names: TinyNames = PLAIN_NAMES, threads = 1): Promise<Warehouse> {
  const warehouse = await openWarehouse({ path: ':memory:', threads, memory: '512MB' });
  await createSchema(warehouse);
  await createRawViews(warehouse, SNAPSHOT);
  for (const stage of ['detect', 'cluster', 'judge']) {
    await warehouse.run(readFileSync(new URL(`../pipelines/${stage}/tables.sql`, import.meta.url), 'utf8'));
  }
  await warehouse.run(TABLES);
  await fillDataset(names, warehouse);
  await fillLedger(names, warehouse);
  await fillEvidence(names, warehouse);
  await fillVerdicts(names, warehouse);
  await fillMerchant(names, warehouse);
  // One card of a machine of two is void: the other one keeps its share.
  await warehouse.run(`INSERT INTO verdict.gpu SELECT device_id, 0, verdict, risk, reasons FROM verdict.device;
    INSERT INTO verdict.gpu VALUES ('dev-7', 1, 'void', 0.995, 'benchmark-below-claim');
    INSERT INTO features.card_claim SELECT device_id, gpu_index, true, NULL, ${text(names.model)} FROM verdict.gpu`);
  return warehouse;
}
