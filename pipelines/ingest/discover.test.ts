import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { discover } from './discover.ts';
import { formOf, looksLike } from './file-form.ts';
import { parseMapping } from './mapping.ts';

let folders: string[] = [];
afterEach(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  folders = [];
});

function folder(...paths: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'ghostcard-discover-'));
  folders.push(root);
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  return root;
}

const tablesOf = (...paths: string[]) =>
  discover(folder(...paths)).files.map(({ relative, table, form }) => `${relative} ${table} ${form}`);

describe('a file name', () => {
  it('says table and form in any case', () => {
    expect(
      tablesOf(
        'Accounts.CSV',
        'Devices.JSONL',
        'GPUS.Pq',
        'listings.JSON.GZ',
        'pings.tsv.gz',
        'Heartbeats/day=2024-04-01/x.NDJSON',
      ),
    ).toEqual([
      'Accounts.CSV accounts csv',
      'Devices.JSONL devices ndjson',
      'GPUS.Pq gpus parquet',
      'Heartbeats/day=2024-04-01/x.NDJSON heartbeats ndjson',
      'listings.JSON.GZ listings json.gz',
      'pings.tsv.gz pings tsv.gz',
    ]);
  });

  it('in two cases is one table in two files', () => {
    expect(() => tablesOf('accounts.csv', 'Accounts.ndjson')).toThrow(/E_TABLE_AMBIGUOUS accounts/);
    expect(() => tablesOf('devices.pq', 'devices.parquet')).toThrow(/E_TABLE_AMBIGUOUS devices/);
  });

  it('is nothing that an object already has', () => {
    for (const name of ['constructor', '__proto__', 'toString'])
      expect([formOf(`accounts.${name}`), looksLike(`${name}.csv`)]).toEqual([undefined, undefined]);
  });

  it('hidden by its system feeds no table', () => {
    const found = discover(
      folder('accounts.csv', '._accounts.csv', 'heartbeats/.part-0.csv.crc', 'heartbeats/_SUCCESS'),
    );
    expect(found.files.map(({ relative }) => relative)).toEqual(['accounts.csv']);
    expect(found.unread).toEqual([]);
    expect(found.unknown).toEqual(['._accounts.csv', 'heartbeats/.part-0.csv.crc', 'heartbeats/_SUCCESS']);
  });
});

describe('a file that looks like a table and is not read', () => {
  it('is told apart from other files, at any depth and under any suffix', () => {
    const paths = {
      'devices.txt': 'devices',
      'Devices (1).csv': 'devices',
      'heartbeats-2024-04.csv': 'heartbeats',
      'shown_status_old.csv': 'shown_status',
      'accounts.zip': 'accounts',
      pings: 'pings',
      'sub/deep/GPUS.parquet': 'gpus',
      'export/rentals/part-0.csv': 'rentals',
      'points.csv/part-0.csv': 'points',
      'heartbeats/notes.txt': 'heartbeats',
      'ghostcard.yml': 'ghostcard.yaml',
    };
    const found = discover(folder('accounts.csv', 'users.csv', 'notes.md', ...Object.keys(paths)));
    expect(Object.fromEntries(found.unread.map(({ file, looksLike }) => [file, looksLike]))).toEqual(paths);
    expect(found.unread.every(({ why }) => /(Name it|Rename|Give it|Unpack)/.test(why))).toBe(true);
    expect(found.unknown).toEqual(['notes.md', 'users.csv']);
  });

  it('is named when there is no other', () => {
    expect(() => discover(folder('sub/accounts.csv'))).toThrow(
      /E_DATASET_MISSING .*sub\/accounts.csv looks like accounts/,
    );
  });
});

describe('a table in a form that is not read', () => {
  it('stops the run with what to do', () => {
    const advice: Array<[string, RegExp]> = [
      ['devices.csv.zst', /zstd -d/],
      ['Devices.XLSX', /save the sheet as CSV UTF-8/],
      ['devices.zip', /Unpack/],
      ['devices.parquet.gz', /gunzip/],
      ['heartbeats/part-1.csv.bz2', /bunzip2/],
    ];
    for (const [path, todo] of advice) {
      const dataset = folder('accounts.csv', 'heartbeats/part-0.csv', path);
      expect(() => discover(dataset), path).toThrowError(
        expect.objectContaining({
          code: 'E_FILE_FORM',
          exitCode: 3,
          detail: expect.objectContaining({ subject: path, todo: expect.stringMatching(todo) }),
        }),
      );
      // Its advice can be followed.
      rmSync(join(dataset, path));
      expect(discover(dataset).files).toHaveLength(2);
    }
  });

  it('stops it where the mapping names the file', () => {
    const mapping = parseMapping('version: 1\ntables: { accounts: { file: users.dat } }\n');
    expect(() => discover(folder('users.dat'), mapping)).toThrow(/E_FILE_FORM users.dat: .*suffix/);
    const glob = parseMapping('version: 1\ntables: { accounts: { file: "users*" } }\n');
    expect(discover(folder('users.csv', 'users.readme'), glob).unknown).toEqual(['users.readme']);
    expect(() => discover(folder('users.csv', 'users.csv.xz'), glob)).toThrow(/E_FILE_FORM users.csv.xz/);
  });

  it('is no link', () => {
    const dataset = folder('devices.json');
    symlinkSync('/etc/passwd', join(dataset, 'Accounts.JSON'));
    expect(() => discover(dataset)).toThrow(/E_FILE_UNREADABLE Accounts.JSON/);
  });
});

describe('a file that the mapping names for several tables', () => {
  const feeds = (yaml: string, ...paths: string[]) =>
    discover(folder(...paths), parseMapping(`version: 1\ntables:\n${yaml}`)).files.map(
      ({ relative, table }) => `${relative} ${table}`,
    );

  it('feeds each of them, and the table of its name', () => {
    expect(feeds('  accounts: { file: x.json }\n  devices: { file: x.json }\n', 'x.json')).toEqual([
      'x.json accounts',
      'x.json devices',
    ]);
    expect(feeds('  accounts: { file: devices.csv }\n', 'devices.csv')).toEqual([
      'devices.csv accounts',
      'devices.csv devices',
    ]);
  });

  it('does not feed the table of its name where that has a file of its own', () => {
    const yaml = '  accounts: { file: devices.csv }\n  devices: { file: machines.csv }\n';
    expect(feeds(yaml, 'devices.csv', 'machines.csv')).toEqual([
      'devices.csv accounts',
      'machines.csv devices',
    ]);
    const other = '  devices: { file: machines.csv }\n';
    expect(() => feeds(other, 'devices.csv', 'machines.csv')).toThrow(/E_TABLE_AMBIGUOUS/);
  });
});
