import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openScene } from '../../testing/scene.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { stopOn } from './brakes.ts';
import { type InputLoss, lossBrakes, lossText, measureLoss, worstLoss } from './input-loss.ts';
import { loadPolicy } from './policy.ts';

const limits = loadPolicy().brakes;
const ids = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

interface Lost {
  table: string;
  column: string;
  type: string;
  id: string;
}

let open: Warehouse | undefined;
afterEach(() => {
  open?.close();
  open = undefined;
});

/** Accounts with one device each (`d-` and the account's id), and whom losses hit. */
async function dataset(accounts: readonly string[], lost: readonly Lost[]): Promise<Warehouse> {
  open?.close();
  open = await openScene({
    accounts: accounts.map((id) => ({ id })),
    devices: accounts.map((id) => ({ id: `d-${id}`, account: id })),
    findings: [],
  });
  for (const row of lost) await lose(open, row);
  return open;
}

const lose = (warehouse: Warehouse, row: Lost) =>
  warehouse.run('INSERT INTO loaded.lost_owner VALUES ($table, $column, $type, $id, 1)', { ...row });

const refuse = (warehouse: Warehouse, table: string) =>
  warehouse.run("INSERT INTO loaded.file VALUES ('x.csv', $table, 'csv', 9, '', 50, 0, 0, 50)", { table });

const lostBy = (id: string, column = 'power_draw_w'): Lost => ({
  table: 'heartbeats',
  column,
  type: 'device',
  id: `d-${id}`,
});

describe('whom lost input hits', () => {
  it('counts an owner once, through accounts and devices, and everybody unknown as one', async () => {
    const people = ids('a', 10);
    const warehouse = await dataset(people, [
      lostBy('a0'),
      lostBy('a0', 'temperature_gpu_c'),
      { table: 'accounts', column: 'wallet_set_at', type: 'account', id: 'a0' },
      lostBy('a1'),
      { table: 'heartbeats', column: '', type: 'device', id: 'nobody' },
      { table: 'heartbeats', column: '', type: 'account', id: 'made-up' },
      { table: 'heartbeats', column: '', type: '', id: '' },
    ]);
    expect(await measureLoss(warehouse)).toEqual({ owners: 11, hit: 3, refused: [] });
  });

  it('is nobody in a dataset that was read whole', async () => {
    const warehouse = await dataset(ids('a', 3), []);
    expect(await measureLoss(warehouse)).toEqual({ owners: 3, hit: 0, refused: [] });
    expect(await worstLoss(warehouse)).toBe('');
  });

  it('is every owner of a device when no heartbeat was loaded, and everybody when no device was', async () => {
    const warehouse = await dataset(ids('a', 4), []);
    await warehouse.run("INSERT INTO loaded.accounts (account_id) VALUES ('no-machine')");
    await refuse(warehouse, 'heartbeats');
    expect(await measureLoss(warehouse)).toEqual({
      owners: 5,
      hit: 4,
      refused: [{ table: 'heartbeats', rows: 50 }],
    });
    await warehouse.run('DELETE FROM loaded.devices');
    await refuse(warehouse, 'devices');
    expect(await measureLoss(warehouse)).toMatchObject({ owners: 5, hit: 5 });
  });

  it('a table that cards can do without is no such table', async () => {
    const warehouse = await dataset(ids('a', 4), []);
    await refuse(warehouse, 'pings');
    expect(await measureLoss(warehouse)).toMatchObject({ hit: 0, refused: [] });
  });

  it('a farm of k accounts raises the count by k, and by one more for all that it makes up', async () => {
    const farm = ids('f', 3);
    const warehouse = await dataset([...ids('h', 6), ...farm], []);
    const own = farm.flatMap((id) => [`device d-${id}`, `account ${id}`]);
    const garbage = fc.record({
      table: fc.constantFrom('accounts', 'devices', 'heartbeats', 'gpus'),
      column: fc.constantFrom('', 'memory_total_mib', 'sent_at'),
      owner: fc.oneof(
        fc.constantFrom(...own),
        fc.string().map((id) => `account made up ${id}`),
        fc.string().map((id) => `device made up ${id}`),
        fc.constant(' '),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(garbage, { maxLength: 20 }), async (rows) => {
        const lost = rows.map(({ owner, ...row }) => {
          const [, type, id] = /^(\w*) ([\s\S]*)$/.exec(owner)!;
          return { ...row, type: type!, id: id! };
        });
        await warehouse.run('DELETE FROM loaded.lost_owner');
        for (const row of [lostBy('h0'), ...lost]) await lose(warehouse, row);
        const { hit } = await measureLoss(warehouse);
        const touched = farm.filter((id) => lost.some((row) => row.id === id || row.id === `d-${id}`));
        const unknown = lost.some(({ type, id }) => !own.includes(`${type} ${id}`));
        expect(hit).toBe(1 + touched.length + (unknown ? 1 : 0));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the brake', () => {
  const loss = (hit: number, owners: number, more: Partial<InputLoss> = {}) =>
    lossBrakes({ hit, owners, refused: [], ...more }, limits);

  it('stops at a fifth of the owners, and never for one owner alone', () => {
    expect(loss(19, 100)).toEqual([]);
    expect(loss(20, 100)).toMatchObject([
      { name: 'input-loss', segment: '', observed: 0.2, allowed: 0.2, total: 100 },
    ]);
    expect(loss(1, 3)).toEqual([]);
    expect(loss(2, 3)).toHaveLength(1);
    expect(loss(0, 0)).toEqual([]);
  });

  it('stops for a table that was refused whole, however few own devices', () => {
    expect(loss(3, 1000, { refused: [{ table: 'heartbeats', rows: 72 }] })).toMatchObject([
      { segment: 'heartbeats', observed: 1, total: 72 },
    ]);
  });

  it('counts owners and names shares in per cent, in one wording', () => {
    const [many] = loss(3, 3);
    expect(lossText(many!)).toEqual({
      got: '3 of 3 owners (100 %) lost a value or a row',
      limit: '20 % stops',
    });
    expect(lossText(loss(2, 3)[0]!).got).toBe('2 of 3 owners (66.7 %) lost a value or a row');
    expect(() => stopOn([many!], ', most in x')).toThrow(
      'expected few owners with lost input: 20 % stops, got 3 of 3 owners (100 %) lost a value or a row, most in x',
    );
    const [whole] = loss(0, 3, { refused: [{ table: 'heartbeats', rows: 72 }] });
    expect(() => stopOn([whole!])).toThrow('got all 72 rows of heartbeats were refused');
  });

  it('names the column that most owners lost and the first refused row', async () => {
    const warehouse = await dataset(ids('a', 3), [lostBy('a0', ''), lostBy('a1'), lostBy('a2')]);
    await warehouse.run(
      "INSERT INTO loaded.rejected VALUES ('heartbeats.csv', 7, 'sent_at', 'R_TIME', 'a time', 'x')",
    );
    await measureLoss(warehouse);
    expect(await worstLoss(warehouse)).toBe(
      ', most in heartbeats.power_draw_w (2 owners), first refused heartbeats.csv line 7, sent_at: the value is not a time with its zone (R_TIME)',
    );
  });
});
