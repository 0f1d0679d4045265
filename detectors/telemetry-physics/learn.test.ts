import { afterEach, describe, expect, it } from 'vitest';
import type { Cell } from '../../contracts/learner.ts';
import { numbersOf } from '../../pipelines/detect/registry.ts';
import { fillLearned, tensors } from '../../pipelines/models/learn.ts';
import { appendRows } from '../../pipelines/warehouse/append.ts';
import { createSchema } from '../../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { mulberry32 } from '../../statistics/prng.ts';
import { meta } from './detector.ts';
import { learner } from './learn.ts';

interface Model {
  limit: number;
  idle: number;
  loaded: number;
  heat: number;
}

const MODELS: readonly Model[] = [
  { limit: 300, idle: 0.06, loaded: 0.85, heat: 38 },
  { limit: 350, idle: 0.055, loaded: 0.87, heat: 40 },
  { limit: 450, idle: 0.05, loaded: 0.9, heat: 42 },
];

interface Card extends Model {
  name: string;
  /** 0 or 1: one half or the other of the trusted owners. */
  fold: number | null;
}

let open: Warehouse[] = [];
afterEach(() => {
  for (const warehouse of open) warehouse.close();
  open = [];
});

const COLUMNS = `device_id VARCHAR, gpu_index BIGINT, load_class INTEGER, load DOUBLE, power_share DOUBLE, heat DOUBLE, account_id VARCHAR,
  architecture VARCHAR, limit_w DOUBLE, memory_mib DOUBLE, sms DOUBLE, bandwidth DOUBLE, fp32 DOUBLE, overclockable BOOLEAN`;

/** What is learned of cards that scatter by a tenth about what is told, each of its own owner. */
async function judged(cards: readonly Card[]): Promise<Map<string, Record<string, number>>> {
  const warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  open.push(warehouse);
  await createSchema(warehouse);
  await warehouse.run(`CREATE TABLE own.telemetry_load (${COLUMNS})`);
  await warehouse.run(
    'CREATE TABLE features.telemetry_anchor (device_id VARCHAR, account_id VARCHAR, fold BIGINT)',
  );
  const random = mulberry32(9);
  const about = (value: number) => value * (0.9 + 0.2 * random());
  const loads: Cell[][] = cards.flatMap((card) => {
    const own = [about(card.idle), about(card.loaded)] as const;
    const heat = about(card.heat);
    return [0, 1].map((busy) => [
      card.name,
      0,
      3 * busy,
      0.95 * busy,
      own[busy]!,
      heat,
      `owner-${card.name}`,
      'Ada Lovelace',
      card.limit,
      16_384,
      card.limit / 4,
      card.limit * 2,
      card.limit / 6,
      true,
    ]);
  });
  const [t, i, f] = ['text', 'int', 'float'] as const;
  await appendRows(
    warehouse,
    'own',
    'telemetry_load',
    [t, i, i, f, f, f, t, t, f, f, f, f, f, 'boolean'],
    loads,
  );
  const anchors = cards
    .filter(({ fold }) => fold !== null)
    .map(({ name, fold }): Cell[] => [name, `owner-${name}`, fold]);
  await appendRows(warehouse, 'features', 'telemetry_anchor', [t, t, i], anchors);
  const { backend } = tensors();
  await fillLearned(warehouse, 'own', learner, { snapshot: 0, params: numbersOf({ meta }), backend });
  const rows = await warehouse.rows<{ device_id: string; metric: string; deviation: number }>(
    'SELECT device_id, metric, deviation FROM own.telemetry_physics ORDER BY ALL',
  );
  const found = new Map<string, Record<string, number>>();
  for (const { device_id, metric, deviation } of rows)
    found.set(device_id, { ...found.get(device_id), [metric]: deviation });
  return found;
}

const trusted = (count: number, of = (k: number): Model => MODELS[k % MODELS.length]!): Card[] =>
  Array.from({ length: count }, (_, k) => ({ ...of(k), name: `t${k}`, fold: k % 2 }));
const small: Card = { limit: 450, idle: 0.015, loaded: 0.15, heat: 250, name: 'small', fold: null };
const plain: Card = { ...MODELS[2]!, name: 'plain', fold: null };

describe('own.telemetry_physics', () => {
  it('puts a smaller card far outside and a card of the kind inside', async () => {
    const found = await judged([...trusted(90), small, plain]);
    const { 'idle-power': idle, 'loaded-power': loaded, heat } = found.get('small')!;
    expect([idle! < -1.3, loaded! < -1.3, heat! > 1.3]).toEqual([true, true, true]);
    expect(Object.values(found.get('plain')!).every((deviation) => Math.abs(deviation) < 1.3)).toBe(true);
  });

  it('learns the same twice', async () => {
    const cards = [...trusted(48), small, plain];
    expect(await judged(cards)).toEqual(await judged(cards));
  });

  it('accuses nobody of the claimed kind when half of the trusted machines are fakes', async () => {
    const fakes = trusted(90, (k) => (k % 4 < 2 ? MODELS[k % 3]! : small));
    const found = await judged([...fakes, plain]);
    expect(found.size).toBeGreaterThan(0);
    expect(Object.values(found.get('plain')!).every((deviation) => Math.abs(deviation) < 1.3)).toBe(true);
  });

  it('says nothing below forty trusted cards, or of a size that none of them has', async () => {
    expect((await judged([...trusted(39), small])).size).toBe(0);
    const tiny: Card = { ...small, limit: 75, name: 'tiny' };
    expect([...(await judged([...trusted(90), tiny])).keys()]).not.toContain('tiny');
  });
});
