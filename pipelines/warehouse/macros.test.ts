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

/**
 * The other implementation: ipaddr.js, which unmaps; zones dropped, dotted tails with leading zeros refused.
 */
function oracle(text: string): string | null {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  if (tail.includes('.') && !ipaddr.IPv4.isValidFourPartDecimal(tail)) return null;
  if (!text.includes(':')) return ipaddr.IPv4.isValidFourPartDecimal(text) ? text : null;
  if (!ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (address.kind() === 'ipv4') return address.toString();
  return (address as ipaddr.IPv6).parts.map((part) => part.toString(16).padStart(4, '0')).join(':');
}

describe('addresses', () => {
  it('agree with a second implementation', async () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const full = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
    const short = fc
      .tuple(fc.array(group, { maxLength: 3 }), fc.array(group, { maxLength: 3 }))
      .map(([head, tail]) => `${head.join(':')}::${tail.join(':')}`);
    const mapped = fc
      .tuple(
        fc.constantFrom('::ffff:', '::FFFF:', '0:0:0:0:0:ffff:', '0::ffff:', '64:ff9b::', '1:2:3:4:5:6:'),
        fc.ipV4(),
      )
      .map(([head, tail]) => head + tail);
    const hexMapped = fc.tuple(group, group).map(([a, b]) => `::ffff:${a}:${b}`);
    const zoned = fc.tuple(short, fc.constantFrom('%eth0', '%1', '%', '%a-b')).map((parts) => parts.join(''));
    // What is nearly an address: characters of addresses in any order.
    const near = fc.string({ unit: fc.constantFrom('0', '1', 'f', 'g', ':', '::', '.', '%'), maxLength: 14 });
    const forms = fc.oneof(fc.ipV4(), full, short, mapped, hexMapped, zoned, near);
    const addresses = fc.sample(forms, { numRuns: 4000, seed: 7 });
    expect(await each('ip_canonical', addresses)).toEqual(addresses.map(oracle));
  });

  it('refuse what readers disagree about', async () => {
    const refused = [
      '0127.0.0.1',
      '::ffff:01.2.3.4',
      '1.2.3.4%eth0',
      '::ffff:1.2.3.4.5',
      ':1::2',
      '1::2:',
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
    const mapped = ['::FFFF:1.2.3.4', '::ffff:102:304', '0:0:0:0:0:ffff:1.2.3.4', '::ffff:1.2.3.4%eth0'];
    expect(await each('ip_canonical', mapped)).toEqual(mapped.map(() => '1.2.3.4'));
    expect(await each('ip_block', mapped)).toEqual(mapped.map(() => '1.2.3.0/24'));
    expect(await each('ip_is_public', ['::ffff:10.0.0.1', '::ffff:808:808'])).toEqual([false, true]);
    expect(await each('ip_canonical', ['FE80::1%eth0'])).toEqual(['fe80:0000:0000:0000:0000:0000:0000:0001']);
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

  it('scrubbed uuids and serials are no identifiers', async () => {
    const scrubbed = [
      'GPU-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
      'GPU-00000003-0000-0000-0000-000000000003',
      'GPU-b200b200-0000-0000-0000-000000000001',
      'GPU-12345678-aaaa-bbbb-cccc-0123456789ab',
      '[REDACTED]',
      '[N/A]',
      'Unknown Error',
    ];
    expect(await each('uuid_printed', scrubbed)).toEqual(scrubbed.map(() => null));
    expect(await each('uuid_canonical', scrubbed)).toEqual(scrubbed.map(() => null));
    const serials = ['REDACTED', '0123456789012', '1234567890123', '1650000000001', 'xxxxxxxx', 'FFFFFFFF'];
    expect(await each('serial_canonical', serials)).toEqual(serials.map(() => null));
    const real = ['1650522003820', '0322218049033', '1562520014486', '0424418054852'];
    expect(await each('serial_canonical', real)).toEqual(real);
  });

  it('a uuid in a form of its own stays, for detectors to see', async () => {
    const odd = [
      'GPU-9A9A6C50-2A47-2F51-A902-B82C3B127E94',
      'MIG-GPU-9a3d7e18-5b60-2c94-a71f-4e8d02c6b935/3/0',
      'GPU-zzzz',
    ];
    expect(await each('uuid_printed', odd)).toEqual(odd);
  });

  it('words and fillers are no values, real ones stay', async () => {
    const words = [
      '',
      ' ',
      'N/A',
      '[N/A]',
      'n/a',
      '[Not Supported]',
      'Unknown Error',
      'ERR!',
      'GPU is lost',
      '000-00000-0000-000',
      '??',
      '***',
      'Requested functionality has been deprecated',
      '[GPU requires reset]',
      'xx-xx',
    ];
    expect(await each('printed', words)).toEqual(words.map(() => null));
    const values = [
      '2684-301-A1',
      '900-2G183-0000-001',
      '00000000:01:00.0',
      'Pass-Through',
      'None',
      'NVIDIA TITAN X (Pascal)',
      'Graphics Device',
    ];
    expect(await each('printed', values)).toEqual(values);
    expect(await each('vbios_printed', ['00.00.00.00.00', 'N/A', '95.02.3C.40.14'])).toEqual([
      '00.00.00.00.00',
      null,
      '95.02.3C.40.14',
    ]);
  });

  it('PCI ids come in two forms, and with zeros where they are scrubbed', async () => {
    expect(
      await each('pci_id', [
        '268410DE',
        '0x268410de',
        '10DE:2684',
        '000000DE',
        '000010DE',
        '10de:0000',
        '[REDACTED]',
        'x',
      ]),
    ).toEqual(['10de:2684', '10de:2684', '10de:2684', null, null, null, null, null]);
  });

  it('a wallet has one key per kind of chain, and blanks or burnt money have none', async () => {
    const evm = '0x7A58c0Be72BE218B41C608b7Fe7C5bB630736C71';
    const solana = '7tQmPz9LfVwVJ4K1oXGm3cN8yRb2sHdE5uAaZkW6jCxT';
    const ss58 = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
    const bech32 = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';
    const same = [evm, evm.toLowerCase(), evm.toUpperCase(), ` ${evm} `];
    expect(await each('wallet_key', same)).toEqual(same.map(() => evm.toLowerCase()));
    expect(await each('wallet_key', [bech32, bech32.toUpperCase()])).toEqual([bech32, bech32]);
    const cased = [solana, solana.toLowerCase(), ss58, ss58.toLowerCase()];
    expect(await each('wallet_key', cased)).toEqual(cased);
    const nobody = [
      '',
      '  ',
      `0x${'0'.repeat(40)}`,
      '1'.repeat(32),
      `0x${'0'.repeat(36)}dEaD`,
      'w'.repeat(257),
      String.raw`\N`,
      'NULL',
      'n/a',
      '--',
    ];
    expect(await each('wallet_key', nobody)).toEqual(nobody.map(() => null));
  });
});
