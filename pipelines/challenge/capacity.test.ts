/**
 * The certificate keeps its promise: over many owners with known cards it says too much in at most one of
 * twenty.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../fixtures/worlds/random.ts';
import { PLAIN_NAMES, tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { certifyCapacity } from './capacity.ts';

const ROUNDS = 32;
const OWNERS = 300;
/** As certified as a false record can be: the chance that the certificate allows for. */
const FALSE = 0.01;

interface Certificate {
  id: string;
  claimed: number;
  asked: number;
  cards_low: number;
  cards_low_any_model: number;
}

let warehouse: Warehouse;
const truth = new Map<string, { machines: number; cards: number }>();
const certificates = new Map<string, Certificate>();

beforeAll(async () => {
  warehouse = await tinyWarehouse(PLAIN_NAMES);
  await warehouse.run(`
    CREATE TABLE features.challenge_run (device_id VARCHAR, plan_id VARCHAR, round BIGINT, together BOOLEAN, outcome VARCHAR,
      certified BOOLEAN, memory_mib BIGINT, bandwidth DOUBLE, fp32 DOUBLE);
    CREATE TABLE features.gpu_class (memory_max_mib BIGINT, bandwidth_max_gb_s DOUBLE, fp32_ceiling_tflops DOUBLE);
    INSERT INTO features.gpu_class VALUES (24564, 1008, 90), (183359, 8000, 130)`);
  const rng = new Random('capacity');
  const rows: (string | number | boolean)[][] = [];
  for (let i = 0; i < OWNERS; i++) {
    const machines = 1 + (i % 15);
    const cards = i % 3 === 0 ? machines : rng.int(0, machines);
    truth.set(`holder-${i}`, { machines, cards });
    for (let m = 0; m < machines; m++) {
      const device = `holder-${i}-${m}`;
      await warehouse.run(
        'INSERT INTO loaded.devices (device_id, account_id, registered_at, gpu_model, gpu_count) VALUES ($device, $account, 1, $model, 1)',
        { device, account: `holder-${i}`, model: 'NVIDIA GeForce RTX 4090' },
      );
      for (let round = 1; round <= ROUNDS; round++) {
        const certified = rng.chance(m < cards ? 0.95 : FALSE);
        rows.push([device, 'p', round, true, certified ? 'held' : 'short', certified, 22_080, 940, 76]);
      }
    }
    await warehouse.run('INSERT INTO loaded.accounts (account_id, created_at) VALUES ($account, 1)', {
      account: `holder-${i}`,
    });
  }
  const kinds = ['text', 'text', 'int', 'boolean', 'text', 'boolean', 'int', 'float', 'float'] as const;
  await appendRows(warehouse, 'features', 'challenge_run', kinds, rows);
  await warehouse.run('DROP TABLE verdict.capacity');
  await certifyCapacity(warehouse);
  for (const row of await warehouse.rows<Certificate>(
    "SELECT id, claimed, asked, cards_low, cards_low_any_model FROM verdict.capacity WHERE scope = 'account'",
  ))
    certificates.set(row.id, row);
});
afterAll(() => warehouse.close());

describe('the certificate of an owner', () => {
  it('is given to everybody who was asked', () => {
    expect(certificates.size).toBe(OWNERS);
  });

  it('says more than the truth for at most one owner of twenty', () => {
    const over = [...truth].filter(([id, { cards }]) => certificates.get(id)!.cards_low > cards);
    expect(over.length / OWNERS).toBeLessThanOrEqual(0.05);
  });

  it('never says more than was claimed, and of unnamed cards no more than of named ones', () => {
    for (const [id, { machines }] of truth) {
      const { claimed, asked, cards_low, cards_low_any_model } = certificates.get(id)!;
      expect([claimed, asked]).toEqual([machines, machines]);
      expect(cards_low).toBeLessThanOrEqual(claimed);
      expect(cards_low_any_model).toBeLessThanOrEqual(cards_low);
    }
  });

  it('says at least three quarters of the truth, less one card', () => {
    for (const [id, { cards }] of truth)
      expect(certificates.get(id)!.cards_low).toBeGreaterThanOrEqual(Math.floor(0.75 * cards) - 1);
  });

  it('lets a larger card stand for several where it can: by FP32, 76 of 130', () => {
    const whole = [...truth].filter(([, { machines, cards }]) => machines === 15 && cards === 15);
    for (const [id] of whole)
      expect(certificates.get(id)!.cards_low_any_model).toBeLessThanOrEqual(Math.ceil((15 * 76) / 130));
  });
});

it('is empty without a plan', async () => {
  await warehouse.run('DELETE FROM features.challenge_run');
  await certifyCapacity(warehouse);
  expect(await warehouse.rows('SELECT * FROM verdict.capacity')).toEqual([]);
});
