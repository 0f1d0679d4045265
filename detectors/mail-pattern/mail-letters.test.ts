/** How well the character model of names tells names from letters that nobody chose. */
import { readFileSync } from 'node:fs';
import { faker } from '@faker-js/faker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDetector, numbersOf } from '../../pipelines/detect/registry.ts';
import { loadReference } from '../../pipelines/models/reference.ts';
import { withNumbers } from '../../pipelines/warehouse/numbers.ts';
import { createSchema } from '../../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';

let warehouse: Warehouse;
let sql: string;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  await loadReference(warehouse);
  await warehouse.run('CREATE SCHEMA IF NOT EXISTS features');
  const select = readFileSync(new URL('./models/mail_letters.sql', import.meta.url), 'utf8');
  sql = withNumbers(select, numbersOf(await loadDetector('mail-pattern')));
});
afterAll(() => warehouse.close());

/** Share of the stems in each class. */
async function classes(
  stems: readonly string[],
): Promise<{ name?: number; random?: number; walk?: number; odd?: number }> {
  await warehouse.run(
    `CREATE OR REPLACE TABLE own.mail_shape AS SELECT unnest(string_split($all, ' ')) AS stem`,
    { all: stems.join(' ') },
  );
  const rows = await warehouse.rows<{ letters: string; n: number }>(
    `SELECT letters, count(*) AS n FROM (${sql}) GROUP BY letters`,
  );
  const total = rows.reduce((sum, { n }) => sum + n, 0);
  return Object.fromEntries(rows.map(({ letters, n }) => [letters, n / total]));
}

const many = (make: () => string, n = 1000) => Array.from({ length: n }, make);

describe('own.mail_letters', () => {
  it('takes names of people for names', async () => {
    faker.seed(5);
    const names = many(() =>
      `${faker.person.firstName()}${faker.person.lastName()}`.toLowerCase().replace(/[^a-z]/g, ''),
    );
    expect((await classes(names)).name).toBeGreaterThan(0.95);
  });

  it('takes names that it was not fitted on for names', async () => {
    const names = [
      ...[
        'oluwadamilola',
        'chukwuemeka',
        'nguyenvanhung',
        'phamthilan',
        'priyankasharma',
        'rajeshkumar',
        'wojciechkowalczyk',
      ],
      ...[
        'szabolcsnagy',
        'ekaterinasmirnova',
        'mohammedalhassan',
        'abdulrahman',
        'joaopedro',
        'mariafernanda',
        'kimminjun',
      ],
      ...['zhangwei', 'takahashiyuki', 'siobhanmurphy', 'gwendolynjones', 'bjornjohansson', 'mehmetyilmaz'],
    ];
    expect((await classes(names)).name).toBeGreaterThanOrEqual(0.9);
  });

  it('takes letters drawn evenly for random', async () => {
    faker.seed(6);
    const drawn = many(() => faker.string.alpha({ length: { min: 8, max: 12 }, casing: 'lower' }));
    const shares = await classes(drawn);
    expect(shares.random).toBeGreaterThan(0.9);
    expect(shares.name ?? 0).toBeLessThan(0.03);
  });

  it('sees fingers that run along the keyboard', async () => {
    expect(await classes(['qwertyuiop', 'asdfghjkl', 'poiuytre', 'aaaaaa', 'qazwsxedc'])).toEqual({
      walk: 1,
    });
  });
});
