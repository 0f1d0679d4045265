/**
 * What reaches one mailbox, by hand-written examples of each provider's rule and against validator.js as
 * oracle.
 */
import fc from 'fast-check';
import validator from 'validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRawViews } from '../../pipelines/ingest/raw-views.ts';
import { loadReference } from '../../pipelines/models/reference.ts';
import { createSchema } from '../../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { buildOwn } from '../../testing/tables.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '1GB' });
  await createSchema(warehouse);
  await loadReference(warehouse);
  await createRawViews(warehouse, 0);
});
afterAll(() => warehouse.close());

interface Address {
  mailbox: string | null;
  kind: string | null;
  name: string;
}

/** What the model makes of each address; undefined where it leaves it out. */
async function read(emails: readonly string[]): Promise<(Address | undefined)[]> {
  await warehouse.run('TRUNCATE loaded.accounts');
  await warehouse.run(
    `INSERT INTO loaded.accounts (account_id, created_at, email)
     SELECT 'a' || i, 0, emails[i]
     FROM (SELECT emails, unnest(generate_series(1, len(emails))) AS i FROM (SELECT string_split($all, chr(10)) AS emails))`,
    { all: emails.join('\n') },
  );
  await buildOwn(warehouse, 'mail-pattern', ['own.mail_address']);
  const rows = await warehouse.rows<Address & { account_id: string }>('SELECT * FROM own.mail_address');
  const byId = new Map(rows.map((row) => [row.account_id, row]));
  return emails.map((_, i) => byId.get(`a${i + 1}`));
}

const mailboxes = async (emails: readonly string[]) =>
  (await read(emails)).map((row) => row?.mailbox ?? null);

describe('own.mail_address', () => {
  it('follows each provider: ignored separators, tags, domains that are one', async () => {
    const expected: Readonly<Record<string, string | null>> = {
      'A.Da+x@GoogleMail.com': 'ada@gmail.com',
      ' ada@gmail.com ': 'ada@gmail.com',
      'a.da+x@outlook.com': 'a.da@outlook.com',
      'ada@hotmail.com': 'ada@hotmail.com',
      'ada-shop@yahoo.com': 'ada@yahoo.com',
      'ada.x-y@ya.ru': 'ada.x.y@yandex.ru',
      'ada.x.y+z@yandex.com': 'ada.x.y@yandex.ru',
      'a_d.a-x+y@pm.me': 'adax@proton.me',
      'ada+x@me.com': 'ada@icloud.com',
      'shop@ada.fastmail.com': 'ada@fastmail.com',
      'ada+shop@fastmail.com': 'ada@fastmail.com',
      'a.da@qq.com': 'a.da@qq.com',
      'ada+x@kellygroup.example': null,
    };
    expect(await mailboxes(Object.keys(expected))).toEqual(Object.values(expected));
  });

  it('knows relays, of which one person may hold many, and their subdomains', async () => {
    const relays = [
      'x@privaterelay.appleid.com',
      'x@duck.com',
      'x@passmail.net',
      'x@ada.anonaddy.com',
      'x@a.mozmail.com',
    ];
    expect((await read(relays)).map((row) => [row?.kind, row?.mailbox])).toEqual(
      relays.map(() => ['relay', null]),
    );
  });

  it('leaves out what is no address', async () => {
    const broken = [
      '@',
      'ada',
      'a@b',
      'a@b@c.de',
      'a b@gmail.com',
      '.a@gmail.com',
      'a.@gmail.com',
      'a..b@gmail.com',
      '+x@gmail.com',
    ];
    expect(await read([...broken, `${'a'.repeat(65)}@gmail.com`])).toEqual(
      Array.from({ length: 10 }, () => undefined),
    );
  });

  // Left out here because validator.js does less: Yandex's hyphens and tags, mac.com, Proton, Fastmail, one
  // domain for iCloud.
  it('agrees with validator.js where that has rules', async () => {
    const domain = fc.constantFrom(
      'gmail.com',
      'googlemail.com',
      'outlook.com',
      'hotmail.co.uk',
      'yahoo.com',
      'ymail.com',
      'icloud.com',
      'yandex.ru',
      'ya.ru',
    );
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
    const local = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom('.', '_'), fc.option(word))
      .map(([words, separator, tag]) => ({ local: words.join(separator), tag }));
    const sign = (at: string) => (/^(yahoo|ymail)/.test(at) ? '-' : at.startsWith('ya') ? '' : '+');
    const address = fc
      .tuple(local, domain)
      .map(([name, at]) => `${name.local}${name.tag && sign(at) ? sign(at) + name.tag : ''}@${at}`);
    const emails = fc.sample(address, { numRuns: 2000, seed: 7 });
    expect(await mailboxes(emails)).toEqual(emails.map((email) => validator.normalizeEmail(email)));
  });
});
