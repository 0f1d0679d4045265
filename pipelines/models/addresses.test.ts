import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildFeatures } from '../../testing/tables.ts';
import { openWarehouse, type Warehouse } from '../warehouse/warehouse.ts';

const DAY = 86_400_000;
let warehouse: Warehouse;

beforeEach(async () => {
  warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '500MB' });
  await warehouse.run(readFileSync(new URL('../warehouse/macros.sql', import.meta.url), 'utf8'));
  await warehouse.run(`CREATE SCHEMA features; CREATE SCHEMA raw; CREATE SCHEMA rollup;
    CREATE TABLE raw.accounts (account_id VARCHAR, created_at BIGINT, signup_ip VARCHAR, country VARCHAR);
    CREATE TABLE raw.devices (device_id VARCHAR, account_id VARCHAR, hypervisor VARCHAR);
    CREATE TABLE raw.addresses (cidr VARCHAR, asn BIGINT, organisation VARCHAR, country VARCHAR, class VARCHAR);
    CREATE TABLE rollup.device_ip_day (device_id VARCHAR, ip VARCHAR, day BIGINT, messages BIGINT, first_at BIGINT, last_at BIGINT)`);
});
afterEach(() => warehouse.close());

/** An account with one machine that speaks from one address a day. */
async function account(
  id: string,
  createdDay: number,
  signup: string,
  country: string,
  ips: readonly string[],
) {
  await warehouse.run(
    `INSERT INTO raw.accounts VALUES ('${id}', ${Math.floor(createdDay * DAY)}, '${signup}', '${country}');
     INSERT INTO raw.devices VALUES ('d-${id}', '${id}', 'none')`,
  );
  for (const [day, ip] of ips.entries())
    await warehouse.run(
      `INSERT INTO rollup.device_ip_day VALUES ('d-${id}', '${ip}', ${100 + day}, 9, ${(100 + day) * DAY}, ${(101 + day) * DAY - 1})`,
    );
}

async function accounts(
  n: number,
  one: (i: number) => [number, string, string, readonly string[]],
  prefix = 'a',
) {
  for (let i = 0; i < n; i++) await account(`${prefix}${i}`, ...one(i));
}

/** People of their own networks, who joined evenly over the hundred days before. */
const crowd = () => accounts(40, (i) => [i * 2.5, `81.${i}.7.9`, 'FR', [`81.${i}.7.9`, `81.${i}.7.9`]], 'p');

const classes = async () => {
  await buildFeatures(warehouse, ['features.address_class']);
  const rows = await warehouse.rows<{ block: string; class: string | null; given: boolean }>(
    'SELECT block, class, given FROM features.address_class ORDER BY block',
  );
  return new Map(rows.map(({ block, ...row }) => [block, row]));
};

const three = (ip: string) => [ip, ip, ip];
const COUNTRIES = ['IN', 'US', 'VN', 'BR'];

describe('classes estimated from use', () => {
  test('homes and a hoster: settled guests of several countries who registered elsewhere', async () => {
    await crowd();
    await accounts(8, (i) => [i * 9, `90.${i}.1.2`, COUNTRIES[i % 4]!, three(`51.68.${i % 3}.${9 + i}`)]);
    const found = await classes();
    expect(found.get('51.68.1.0/24')).toEqual({ class: 'hosting', given: false });
    expect(found.get('81.3.7.0/24')?.class).toBe('residential');
  });

  test('homes whose addresses change daily make no hoster, nor do one country’s', async () => {
    await crowd();
    await accounts(
      8,
      (i) => [i * 9, `78.${i}.1.2`, COUNTRIES[i % 4]!, [0, 1, 2].map((d) => `60.7.${i}.${d}`)],
      'churn',
    );
    await accounts(8, (i) => [i * 9, `79.${i}.1.2`, 'DE', three(`61.7.3.${i}`)], 'one-country');
    const found = await classes();
    expect(found.get('60.7.1.0/24')?.class).toBeNull();
    expect(found.get('61.7.3.0/24')?.class).toBeNull();
  });

  test('virtual machines of several accounts make a hoster, Windows with Hyper-V does not', async () => {
    await crowd();
    await accounts(6, (i) => [i * 9, `45.7.3.${i}`, 'DE', three(`45.7.3.${i}`)], 'kvm');
    await accounts(6, (i) => [i * 9, `46.7.3.${i}`, 'DE', three(`46.7.3.${i}`)], 'home');
    await warehouse.run(
      `UPDATE raw.devices SET hypervisor = CASE WHEN account_id LIKE 'kvm%' THEN 'KVM' ELSE 'hyperv' END WHERE account_id NOT LIKE 'p%'`,
    );
    const found = await classes();
    expect(found.get('45.7.3.0/24')?.class).toBe('hosting');
    expect(found.get('46.7.3.0/24')?.class).toBe('residential');
  });

  test('a carrier, a campus and a VPN exit', async () => {
    await crowd();
    const wander = (i: number) => [0, 1, 2].map((d) => `106.1.1.${(i + d) % 3}`);
    await accounts(20, (i) => [(i * 37) % 100, `106.1.1.${i % 3}`, 'IN', wander(i)], 'carrier');
    await accounts(20, (i) => [(i * 37) % 100, '166.1.1.9', 'CN', three('166.1.1.9')], 'campus');
    await accounts(20, (i) => [(i * 37) % 100, '146.1.1.9', COUNTRIES[i % 4]!, three('146.1.1.9')], 'vpn');
    const found = await classes();
    expect(found.get('106.1.1.0/24')?.class).toBe('mobile');
    expect(found.get('166.1.1.0/24')?.class).toBe('campus');
    expect(found.get('146.1.1.0/24')?.class).toBe('vpn');
  });

  test('a farm of one evening makes no campus, and two old accounts beside it do not help it', async () => {
    await crowd();
    await accounts(12, (i) => [50 + i / 100, '85.1.1.9', 'DE', three('85.1.1.9')], 'farm');
    await accounts(2, (i) => [3 + i, '85.1.1.9', 'DE', three('85.1.1.9')], 'bought');
    expect((await classes()).get('85.1.1.0/24')?.class).not.toBe('campus');
  });
});

describe('the user’s table', () => {
  test('refines and overrides: the longest range holds, host bits and zones of the text do not matter', async () => {
    await crowd();
    await accounts(3, (i) => [i, `81.3.7.${40 + i}`, 'FR', three(`::ffff:81.3.7.${40 + i}`)]);
    await accounts(1, () => [1, '2001:db8:9:1::5', 'FR', three('2001:db8:9:1::5%eth0')], 'six');
    await warehouse.run(`INSERT INTO raw.addresses VALUES
      ('81.0.0.0/8', 7, NULL, NULL, 'mobile'), ('81.3.7.200/24', 8, NULL, NULL, 'campus'), ('81.3.8.0/33', 9, NULL, NULL, 'vpn'),
      ('2001:db8::/32', 10, NULL, NULL, 'hosting'), ('81.3.07.0/24', 11, NULL, NULL, 'vpn'), ('not a range', 12, NULL, NULL, 'vpn')`);
    const found = await classes();
    expect(found.get('81.3.7.0/24')).toEqual({ class: 'campus', given: true });
    expect(found.get('81.9.7.0/24')).toEqual({ class: 'mobile', given: true });
    expect(found.get('2001:0db8:0009::/48')).toEqual({ class: 'hosting', given: true });
    const networks = await warehouse.rows<{ network: string }>(
      "SELECT DISTINCT network FROM features.address_spelling WHERE ip LIKE '%81.3.7.%' ORDER BY 1",
    );
    expect(networks).toEqual([{ network: 'AS8' }]);
  });
});

describe('IPv6 prefixes by habit of the network', () => {
  const bits = async () => {
    await buildFeatures(warehouse, ['features.account_address']);
    const rows = await warehouse.rows<{ wide: string; bits: number }>(
      'SELECT wide, bits FROM features.address_prefix ORDER BY wide',
    );
    return Object.fromEntries(rows.map((row) => [row.wide, Number(row.bits)]));
  };

  test('/56 where machines move within it, /48 where they move wider, else /64', async () => {
    const days = (of: (d: number) => string) => [0, 1, 2].map(of);
    await accounts(4, (i) => [i, '9.9.9.9', 'DE', days((d) => `2001:100:${i}:1${d}::1`)], 'x');
    await accounts(4, (i) => [i, '9.9.9.9', 'DE', days((d) => `2001:200:${i}:${d}00::1`)], 'y');
    await accounts(4, (i) => [i, '9.9.9.9', 'DE', days(() => `2001:300:${i}:1::1`)], 'z');
    await accounts(1, (i) => [i, '9.9.9.9', 'DE', days((d) => `2001:400:${i}:${d}::1`)], 'w');
    expect(await bits()).toEqual({ '2001:0100': 56, '2001:0200': 48, '2001:0400': 64 });
    const held = await warehouse.rows<{ account_id: string; address: string }>(
      "SELECT account_id, address FROM features.account_address WHERE account_id IN ('x1', 'y1', 'z1') AND messages > 0 ORDER BY ALL",
    );
    expect(held).toEqual([
      { account_id: 'x1', address: '2001:0100:0001:0000::/56' },
      { account_id: 'y1', address: '2001:0200:0001::/48' },
      { account_id: 'z1', address: '2001:0300:0001:0001::/64' },
    ]);
  });

  test('neighbours with /64s of their own in one /56 are not merged', async () => {
    await accounts(3, (i) => [i, '9.9.9.9', 'DE', [0, 1].map((d) => `2001:500:7:1${i}${d}::1`)], 'm');
    await accounts(6, (i) => [i, '9.9.9.9', 'DE', [0, 1].map(() => `2001:500:8:${i}::1`)], 'n');
    expect(await bits()).toEqual({ '2001:0500': 64 });
  });
});
