import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { GhostcardError } from '../contracts/errors.ts';
import { inventory } from './inventory.ts';
import { takeNotes } from './notes.ts';
import { parseQuery } from './query.ts';
import { readInventory } from './read.ts';
import { REAL_FILES } from './real-files.gen.ts';
import { parseXml } from './xml.ts';

const folder = mkdtempSync(join(tmpdir(), 'ghostcard-inventory-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const card = (inner: string, id = '00000000:01:00.0') => `<gpu id="${id}">${inner}</gpu>`;
const log = (inner: string, before = '') =>
  `<?xml version="1.0"?>\n${before}\n<nvidia_smi_log>\n${inner}\n</nvidia_smi_log>\n`;
const RTX = '<product_name>NVIDIA GeForce RTX 4090</product_name>';

const xmlCards = (text: string) => parseXml('a.xml', text, takeNotes());
const queryCards = (text: string, fields?: string) => parseQuery('a.csv', text, takeNotes(), fields);

/** The refusal's code and line. */
function refusal(act: () => unknown): { code: string; line: number; got: string } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof GhostcardError)) throw error;
    const line = Number(/line (\d+)$/.exec(error.detail.subject)?.[1] ?? 0);
    return { code: error.code, line, got: error.detail.got };
  }
  throw new Error('nothing was refused');
}

describe('nvidia-smi -q -x', () => {
  it('keeps what is printed', () => {
    const text = log(
      `<driver_version>550.54.14</driver_version>\n${card(`${RTX}<fb_memory_usage><total>24564 MiB</total></fb_memory_usage>`)}`,
    );
    expect(xmlCards(text)).toEqual([
      {
        line: 5,
        index: 0,
        instances: [],
        claims: { rows: 1, indices: 1, bus_ids: 1, logged: false },
        values: {
          name: 'NVIDIA GeForce RTX 4090',
          memory_total: '24564 MiB',
          pci_bus_id: '00000000:01:00.0',
          driver_version: '550.54.14',
        },
      },
    ]);
  });

  it.each([
    ['its own entities', log(card('<uuid>&lol9;</uuid>'), '<!DOCTYPE x [<!ENTITY lol9 "lol">]>'), 2],
    [
      'entities from outside',
      log(card('<uuid>&a;</uuid>'), '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
      2,
    ],
    ['an entity that nothing declares', log(card('<uuid>&lol;</uuid>')), 4],
    ['another root', '<html>\n<body/></html>', 1],
    ['an open end', '<nvidia_smi_log>\n<gpu id="0">', 2],
    ['markup beside the list', `${log(card(RTX))}<!-- <nvidia_smi_log> -->`, 6],
    ['crossed elements', log('<gpu><a></gpu></a>'), 4],
    ['a field given twice', log(card(`${RTX}\n${RTX}`)), 5],
    ['no card', log('<attached_gpus>0</attached_gpus>'), 0],
    ['a well of elements', log('<a>'.repeat(30)), 4],
    ['too many cards', log(card(RTX).repeat(257)), 4],
    ['too many instances', log(card(`<mig_devices>${'<mig_device/>'.repeat(65)}</mig_devices>`)), 4],
  ])('refuses %s with its line', (_, text, line) => {
    expect(refusal(() => xmlCards(text))).toMatchObject({ code: 'E_INVENTORY', line });
  });

  it('opens no file and no socket for a document type', () => {
    const text = log(card(RTX), '<!DOCTYPE nvidia_smi_log SYSTEM "http://127.0.0.1:9/nvsmi_device_v12.dtd">');
    expect(xmlCards(text)).toHaveLength(1);
  });

  it('reads a text of megabytes where nothing is read from', () => {
    const name = `<processes><process_info><process_name>${'x'.repeat(3_000_000)}</process_name></process_info></processes>`;
    expect(xmlCards(log(card(RTX + name)))[0]!.values.name).toBe('NVIDIA GeForce RTX 4090');
  });

  it('answers any text with cards or with a refusal', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '&',
      '<gpu>',
      '</gpu>',
      '<uuid>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '"',
      'é',
      '\u0000',
      '<nvidia_smi_log>',
      '&#x0;',
      '&#xFFFF;',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (parts) => {
        // A second field of one name at the end: whatever stood before, this text is never accepted.
        const text = log(`${parts.join('')}${card(RTX + RTX)}`);
        expect(refusal(() => xmlCards(text)).code).toBe('E_INVENTORY');
      }),
    );
  });
});

describe('nvidia-smi --query-gpu', () => {
  const HEADER =
    'index, name, uuid, pci.bus_id, pci.device_id, memory.total [MiB], vbios_version, driver_version';
  const FIRST =
    '0, NVIDIA GeForce RTX 4090, GPU-9a3d7e18-5b60-2c94-a71f-4e8d02c6b935, 00000000:01:00.0, 0x268410DE, 24564 MiB, 95.02.3C.40.14, 550.54.14';

  it('is the same with and without header and units', () => {
    const full = queryCards(`${HEADER}\r\n${FIRST}\r\n`);
    const bare = queryCards(FIRST.replace(' MiB', ''), HEADER.replace(' [MiB]', '').replaceAll(' ', ''));
    expect(full[0]!.values).toMatchObject({ name: 'NVIDIA GeForce RTX 4090', memory_total: '24564 MiB' });
    expect(bare[0]!.values).toEqual({ ...full[0]!.values, memory_total: '24564' });
  });

  it.each([
    ['no header', FIRST, undefined, 1],
    ['too few fields', `${HEADER}\n0, NVIDIA L4`, undefined, 2],
    ['another table', 'a,b\n1,2', 'a,b', 1],
    ['a header alone', HEADER, undefined, 0],
    ['nothing', '\n \n', undefined, 0],
    [
      'the words of a failure',
      'NVIDIA-SMI has failed because it could not talk to the driver.',
      undefined,
      1,
    ],
  ])('refuses %s', (_, text, fields, line) => {
    expect(refusal(() => queryCards(text, fields))).toMatchObject({ code: 'E_INVENTORY', line });
  });

  it('survives any cell', () => {
    fc.assert(
      fc.property(fc.string(), (cell) => {
        const text = `name, memory.total [MiB]\n${cell.replace(/[\r\n,]/g, '')}, 1`;
        expect(queryCards(text)[0]!.values.memory_total).toBe('1');
      }),
    );
  });
});

describe('files', () => {
  it('may be the UTF-16 of PowerShell', () => {
    const text = log(card(RTX)).replace('<?xml version="1.0"?>\n', '');
    const path = file(
      'powershell.xml',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    );
    expect(readInventory(path)).toMatchObject({ device_id: 'powershell', cards: [{ index: 0 }] });
  });

  it.each([
    ['E_INVENTORY', 'other bytes', file('latin.csv', Buffer.from([0x6e, 0xe9, 0x0a]))],
    ['E_INVENTORY', 'a NUL byte', file('nul.csv', 'name\n\0')],
    ['E_INVENTORY', 'more than 16 MiB', file('large.csv', Buffer.alloc(16 * 2 ** 20 + 1, 0x20))],
    ['E_FILE_UNREADABLE', 'a folder', folder],
    ['E_FILE_UNREADABLE', 'no file', join(folder, 'nowhere.xml')],
    ['E_USAGE', 'a name with a line break', file('a\nvictim,0.csv', 'name\nNVIDIA L4\n')],
  ])('%s for %s', (code, _, path) => {
    expect(refusal(() => readInventory(path)).code).toBe(code);
  });
});

describe('text that would break a line of CSV', () => {
  const L4 = file('l4.csv', 'name\nNVIDIA L4\n');
  const xml = (inner: string, id?: string) => file('evil.xml', log(card(inner, id)));

  it.each([
    ['name', '<product_name>NVIDIA L4&#10;victim,0,,&#10;x</product_name>'],
    ['vbios_version', '<vbios_version>95&#13;02</vbios_version>'],
    ['serial', '<serial>1&#x85;2</serial>'],
    ['gpu_part_number', '<gpu_part_number>900&#x2028;1</gpu_part_number>'],
    ['pci_bus_id', '<pci><pci_bus_id>0&#x2029;1</pci_bus_id></pci>'],
    ['memory_total', '<fb_memory_usage><total>24\u0001564 MiB</total></fb_memory_usage>'],
  ] as const)('costs %s and nothing else', (field, inner) => {
    const other = '<uuid>GPU-0b6ab7cf-1c1b-5b0c-9d4c-7a5b9c1f2e3d</uuid>';
    const { cards, notes } = readInventory(xml(other + inner));
    expect(cards[0]!.values[field]).toBeUndefined();
    expect(cards[0]!.values.gpu_uuid).toBe('GPU-0b6ab7cf-1c1b-5b0c-9d4c-7a5b9c1f2e3d');
    expect(notes).toMatchObject([{ line: 4, times: 1 }]);
    expect(notes[0]!.says).toContain(field);
  });

  it('is left out in the attribute of a card, in the driver, in an instance and in a cell', () => {
    const driver = file('driver.xml', log(`<driver_version>550&#10;54</driver_version>${card(RTX)}`));
    const mig = '<mig_devices><mig_device><uuid>MIG-1\n2</uuid></mig_device></mig_devices>';
    const cell = file('cell.csv', 'name, serial\nNVIDIA L4, 1\u20282\n');
    expect(readInventory(xml(RTX, '00&#10;00')).cards[0]!.values).toEqual({
      name: 'NVIDIA GeForce RTX 4090',
    });
    expect(readInventory(driver).cards[0]!.values.driver_version).toBeUndefined();
    expect(readInventory(xml(RTX + mig)).cards[0]!.instances).toMatchObject([{ gpu_uuid: null }]);
    expect(readInventory(cell).cards[0]!.values).toEqual({ name: 'NVIDIA L4' });
  });

  it('may stand where nothing is kept', () => {
    expect(readInventory(xml(`${RTX}<process_name>a&#10;b</process_name>`)).cards).toHaveLength(1);
  });

  it('is refused in a given id, which may stand in for a bad name', () => {
    expect(refusal(() => readInventory(L4, { device_id: 'a\nb' })).code).toBe('E_USAGE');
    const broken = file('c\nd.csv', 'name\nNVIDIA L4\n');
    expect(readInventory(broken, { device_id: 'c' }).device_id).toBe('c');
  });
});

describe('inventory', () => {
  const kit = file(
    'kit.csv',
    'index, name, uuid, serial, pci.device_id, memory.total [MiB], driver_version\n' +
      '0, GeForce RTX 4090, GPU-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx, [N/A], 0x268410DE, 24576 MiB, 535.00\n',
  );

  it('gives the contract’s rows with placeholders as null, and what they contradict', async () => {
    const result = await inventory({ files: [kit], seen_at: Date.UTC(2026, 0, 2) });
    expect(result.gpus).toEqual([
      expect.objectContaining({
        device_id: 'kit',
        gpu_index: 0,
        seen_at: Date.UTC(2026, 0, 2),
        gpu_uuid: null,
        serial: null,
        pci_device_id: '10de:2684',
        name: 'GeForce RTX 4090',
        memory_total_mib: 24_576,
      }),
    ]);
    expect(result.findings.map(({ level }) => level)).toEqual(['driver', 'memory-unlisted', 'name-spelling']);
    expect(result.findings.every(({ says }) => says.endsWith('.'))).toBe(true);
  });

  it('does not take the name of the file for evidence', async () => {
    const other = await inventory({ files: [kit], device_id: 'honest' });
    expect(other.gpus[0]!.device_id).toBe('honest');
    expect(other.findings.map(({ level }) => level)).toEqual(['driver', 'memory-unlisted', 'name-spelling']);
  });

  it('holds absurd memory without a verdict', async () => {
    const path = file(
      'absurd.csv',
      'name, memory.total [MiB]\nNVIDIA GeForce RTX 4090, 17592186044134 MiB\nNVIDIA GeForce RTX 4090, -1 MiB\nNVIDIA GeForce RTX 4090, 99999999999999999999 MiB\n',
    );
    const result = await inventory({ files: [path] });
    expect(result.gpus.map((row) => row.memory_total_mib)).toEqual([17_592_186_044_134, null, null]);
    expect(result.findings).toEqual([]);
    expect(result.file_facts).toMatchObject([
      { gpu_index: 0, fact: 'memory-absurd', reported: '17592186044134 MiB' },
      { gpu_index: 2, fact: 'memory-absurd', reported: '99999999999999999999 MiB' },
    ]);
  });

  it('says nothing of real cards that print no part number and of a laptop with more memory', async () => {
    const listing = (
      name: string,
      pci: string,
      vbios: string,
      memory: number,
      driver: string,
      load: string,
    ) =>
      log(
        `<driver_version>${driver}</driver_version>\n<gpu id="00000000:02:00.0"><product_name>${name}</product_name>
        <uuid>GPU-5b2f7c90-1d4e-2a83-36c5-0e9f3a718d24</uuid><vbios_version>${vbios}</vbios_version><gpu_part_number>N/A</gpu_part_number>
        <gsp_firmware_version>N/A</gsp_firmware_version><pci><pci_device_id>${pci}</pci_device_id></pci>
        <clocks_throttle_reasons><clocks_throttle_reason_gpu_idle>Active</clocks_throttle_reason_gpu_idle></clocks_throttle_reasons>
        <fb_memory_usage><total>${memory} MiB</total></fb_memory_usage><utilization><gpu_util>${load}</gpu_util></utilization></gpu>`,
      );
    const laptop = listing(
      'NVIDIA GeForce GTX 1050',
      '1C8D10DE',
      '86.07.59.00.2B',
      4096,
      '515.86.01',
      '30 %',
    );
    const desktop = listing(
      'NVIDIA GeForce RTX 2070 SUPER',
      '1E8410DE',
      '90.04.7A.00.1F',
      8192,
      '516.94',
      '4 %',
    );
    const result = await inventory({ files: [file('laptop.xml', laptop), file('desktop.xml', desktop)] });
    expect([...result.findings, ...result.file_facts]).toEqual([]);
    expect(result.gpus.map(({ memory_total_mib }) => memory_total_mib)).toEqual([8192, 4096]);
  });

  it('still says that a driver of today prints no part number, and on how many real files that was silent', async () => {
    const path = file(
      'bare.xml',
      log(
        `<driver_version>550.54.14</driver_version>${card(`${RTX}<gpu_part_number>N/A</gpu_part_number><fb_memory_usage><total>24564 MiB</total></fb_memory_usage>`)}`,
      ),
    );
    const { file_facts } = await inventory({ files: [path] });
    const { files, facts } = REAL_FILES;
    expect(file_facts).toMatchObject([
      { fact: 'no-part-number', reported: 'N/A', real_files: files, ...facts['no-part-number'] },
    ]);
  });

  it('counts more real files where a folder of them is named, and each file once', async () => {
    const more = mkdtempSync(join(folder, 'captures-'));
    const [bare, copied] = ['bare.xml', 'copied.xml'].map((name) => join(more, name));
    writeFileSync(bare!, log(card(RTX)));
    writeFileSync(copied!, log(card(RTX)));
    const options = { files: [file('absurd.csv', 'name, memory.total [MiB]\nNVIDIA L4, 99999999999 MiB\n')] };
    const [plain, wider] = [await inventory(options), await inventory({ ...options, captures: more })];
    const of = ({ file_facts }: typeof plain) =>
      file_facts.map((one) => [one.fact, one.real_files, one.silent]);
    expect(of(plain)).toEqual([['memory-absurd', REAL_FILES.files, REAL_FILES.files]]);
    expect(of(wider)).toEqual([['memory-absurd', REAL_FILES.files + 1, REAL_FILES.files + 1]]);
    const nowhere = { ...options, captures: join(more, 'nowhere') };
    await expect(inventory(nowhere)).rejects.toMatchObject({ code: 'E_FILE_UNREADABLE' });
  });

  it('holds one card that is listed eight times as one card, which claims to be eight', async () => {
    const uuid = 'GPU-5b2f7c90-1d4e-4a83-b6c5-0e9f3a718d24';
    const rows = Array.from({ length: 8 }, (_, i) => `${i}, NVIDIA L4, ${uuid}, 00000000:1${i}:00.0`);
    const { gpus, devices, claims, file_facts } = await inventory({
      files: [file('eight.csv', ['index, name, uuid, pci.bus_id', ...rows].join('\n'))],
    });
    expect(gpus).toHaveLength(1);
    expect(devices).toMatchObject([{ gpu_count: 8 }]);
    expect(claims).toMatchObject([{ gpu_index: 0, rows: 8, indices: 8, bus_ids: 8 }]);
    expect(file_facts).toMatchObject([
      { fact: 'one-card-many-places', reported: '8 indices, 8 bus addresses' },
    ]);
  });

  it('gives the instances of nvidia-smi -L their profile and uuid', async () => {
    const list = file(
      'list.txt',
      'GPU 0: NVIDIA A30 (UUID: GPU-1b7e40c9-52ad-4e86-b0f3-8d2c95a7614e)\n  MIG 2g.12gb  Device  0: (UUID: MIG-93f0c5d2-7a1b-5e48-8c96-40b7d1e25fa3)\n',
    );
    const { gpus, devices } = await inventory({ files: [list] });
    expect(gpus.map(({ gpu_index, name, mig_profile }) => [gpu_index, name, mig_profile])).toEqual([
      [0, 'NVIDIA A30', null],
      [1, 'NVIDIA A30 MIG 2g.12gb', '2g.12gb'],
    ]);
    expect(devices).toMatchObject([{ gpu_count: 1 }]);
  });

  it('reads the good files, lists the bad ones and refuses one that stands alone', async () => {
    const bad = file('bad.txt', 'something else\n');
    const absent = join(folder, 'absent.xml');
    const { gpus, refused } = await inventory({ files: [bad, kit, absent] });
    expect(gpus.map(({ device_id }) => device_id)).toEqual(['kit']);
    expect(refused).toMatchObject([
      { file: bad, code: 'E_INVENTORY', todo: expect.stringContaining('nvidia-smi -q -x') },
      { file: absent, code: 'E_FILE_UNREADABLE' },
    ]);
    await expect(inventory({ files: [bad] })).rejects.toMatchObject({ code: 'E_INVENTORY' });
  });

  it.each([
    ['one id for two files', { files: [kit, file('b.csv', 'name\nNVIDIA L4\n')], device_id: 'x' }],
    ['two files of one name', { files: [kit, kit] }],
  ])('refuses %s', async (_, options) => {
    await expect(inventory(options)).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});
