import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from './schema.ts';
import { openWarehouse, type Warehouse } from './warehouse.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '512MB' });
  await createSchema(warehouse);
});
afterAll(() => warehouse.close());

async function each<T>(macro: string, values: readonly string[]): Promise<T[]> {
  const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
  const rows = await warehouse.rows<{ result: T }>(
    `SELECT ${macro}(v) AS result FROM (SELECT unnest([${list}]::VARCHAR[]) AS v, generate_subscripts([${list}]::VARCHAR[], 1) AS i) ORDER BY i`,
  );
  return rows.map(({ result }) => result);
}

/** The other implementation: ipaddr.js, with mapped addresses taken as the IPv4 address that they map. */
function oracle(text: string): string | null {
  const bare = text.replace(/%.*$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  if (bare.includes('.') || !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.IPv6.parse(bare)
    .parts.map((part) => part.toString(16).padStart(4, '0'))
    .join(':');
}

describe('addresses', () => {
  it('agree with a second implementation', async () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const full = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
    const short = fc
      .tuple(fc.array(group, { maxLength: 3 }), fc.array(group, { maxLength: 3 }))
      .map(([head, tail]) => `${head.join(':')}::${tail.join(':')}`);
    const addresses = fc.sample(fc.oneof(fc.ipV4(), full, short), { numRuns: 2000, seed: 7 });
    expect(await each('ip_canonical', addresses)).toEqual(addresses.map(oracle));
  });

  it('refuse what readers disagree about', async () => {
    const refused = [
      '0127.0.0.1',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      ' 1.2.3.4',
      '1::2::3',
      ':::',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      'x',
      '',
    ];
    expect(await each('ip_canonical', refused)).toEqual(refused.map(() => null));
  });

  it('unmap, unzone and lower', async () => {
    expect(await each('ip_canonical', ['::FFFF:1.2.3.4', 'FE80::1%eth0'])).toEqual([
      '1.2.3.4',
      'fe80:0000:0000:0000:0000:0000:0000:0001',
    ]);
  });

  it('know private ranges', async () => {
    const isPrivate = [
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.1.1',
      '172.16.0.1',
      '192.168.1.1',
      '224.0.0.1',
      '0.1.2.3',
      '::1',
      'fe80::1',
      'fd00::1',
    ];
    const isPublic = ['1.1.1.1', '11.0.0.0', '100.128.0.0', '172.32.0.0', '192.169.0.0', '2001:db8::1'];
    expect(await each('ip_is_public', isPrivate)).toEqual(isPrivate.map(() => false));
    expect(await each('ip_is_public', isPublic)).toEqual(isPublic.map(() => true));
  });

  it('fall into blocks and subscribers', async () => {
    expect(await each('ip_block', ['1.2.3.4', '2001:db8:1:2::5'])).toEqual([
      '1.2.3.0/24',
      '2001:0db8:0001::/48',
    ]);
    expect(await each('ip_subscriber', ['1.2.3.4', '2001:db8:1:2::5'])).toEqual([
      '1.2.3.4',
      '2001:0db8:0001:0002::/64',
    ]);
  });
});

describe('identifiers', () => {
  it('placeholders are NULL, real ones keep one spelling', async () => {
    const zeros = 'GPU-00000000-0000-0000-0000-000000000000';
    const manual = 'GPU-12345678-1234-1234-1234-123456789012';
    const real = 'GPU-96d376f4-95fb-0a38-78b0-fbbe5b774d66';
    expect(
      await each('uuid_canonical', ['N/A', zeros, manual, '', real, real.replace('96d', '96D')]),
    ).toEqual([null, null, null, null, real, real]);
    expect(await each('serial_canonical', ['N/A', '0', '000000', '1234567890', '1337955469013'])).toEqual([
      null,
      null,
      null,
      null,
      '1337955469013',
    ]);
  });
});
