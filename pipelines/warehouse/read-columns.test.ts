import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readColumns } from './read-columns.ts';
import { openWarehouse, type Warehouse } from './warehouse.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 2, memory: '256MB' });
});
afterAll(() => warehouse.close());

const NUMBERS = `SELECT i::INTEGER AS i, i / 4 AS quarter, (i % 2)::INTEGER AS odd FROM range(5000) t(i) ORDER BY i`;

describe('stream', () => {
  it('gives columns chunk by chunk, in order, each value as its type says', async () => {
    const sizes: number[] = [];
    const read: [number, string | null, bigint][] = [];
    const sql = `SELECT i::INTEGER, CASE WHEN i % $step = 0 THEN 'x' || i END, i FROM range(5000) t(i) ORDER BY i`;
    for await (const { columns, rowCount } of warehouse.stream<[number, string | null, bigint]>(sql, {
      step: 2,
      unnamed: 1,
    })) {
      const [number, text, whole] = columns;
      sizes.push(rowCount);
      for (let r = 0; r < rowCount; r++) read.push([number[r]!, text[r]!, whole[r]!]);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
    expect(read).toEqual(Array.from({ length: 5000 }, (_, i) => [i, i % 2 ? null : `x${i}`, BigInt(i)]));
  });

  it('gives nothing for no rows, and can be left early', async () => {
    for await (const _ of warehouse.stream('SELECT 1 WHERE false')) expect.unreachable();
    for await (const { rowCount } of warehouse.stream<[number, number, number]>(NUMBERS)) {
      expect(rowCount).toBeGreaterThan(0);
      break;
    }
    expect(await warehouse.row('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('says what the statement lacks when it is first read', async () => {
    const read = async () => {
      for await (const _ of warehouse.stream('SELECT absent FROM range(3)')) expect.unreachable();
    };
    await expect(read()).rejects.toThrow(/absent/);
  });
});

describe('readColumns', () => {
  it('fills an array per column', async () => {
    const [i, quarter, odd] = [new Int32Array(5000), new Float64Array(5000), new Uint8Array(5000)];
    await readColumns(warehouse, NUMBERS, [i, quarter, odd]);
    expect([i[0], i[4999], quarter[4999], odd[4999], odd[4998]]).toEqual([0, 4999, 1249.75, 1, 0]);
  });

  it('does not write beyond the arrays', async () => {
    const short = [new Int32Array(10), new Float64Array(10), new Uint8Array(10)];
    await expect(readColumns(warehouse, NUMBERS, short)).rejects.toThrow(RangeError);
  });
});
