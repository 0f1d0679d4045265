import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { GhostcardError } from '../../contracts/errors.ts';
import { inventory } from './inventory.ts';
import { parseQuery } from './query.ts';
import { readInventory } from './read.ts';
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
    expect(parseXml('a.xml', text)).toEqual([
      {
        line: 5,
        index: 0,
        instances: [],
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
    ['two documents', log(card(RTX)) + log(card(RTX)), 6],
    ['crossed elements', log('<gpu><a></gpu></a>'), 4],
    ['a field given twice', log(card(`${RTX}\n${RTX}`)), 5],
    ['no card', log('<attached_gpus>0</attached_gpus>'), 0],
    ['a well of elements', log('<a>'.repeat(30)), 4],
    ['too many cards', log(card(RTX).repeat(257)), 4],
    ['too many instances', log(card(`<mig_devices>${'<mig_device/>'.repeat(65)}</mig_devices>`)), 4],
  ])('refuses %s with its line', (_, text, line) => {
    expect(refusal(() => parseXml('a.xml', text))).toMatchObject({ code: 'E_INVENTORY', line });
  });

  it('opens no file and no socket for a document type', () => {
    const text = log(card(RTX), '<!DOCTYPE nvidia_smi_log SYSTEM "http://127.0.0.1:9/nvsmi_device_v12.dtd">');
    expect(parseXml('a.xml', text)).toHaveLength(1);
  });

  it('reads a text of megabytes where nothing is read from', () => {
    const name = `<processes><process_info><process_name>${'x'.repeat(3_000_000)}</process_name></process_info></processes>`;
    expect(parseXml('a.xml', log(card(RTX + name)))[0]!.values.name).toBe('NVIDIA GeForce RTX 4090');
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
        expect(refusal(() => parseXml('a.xml', text)).code).toBe('E_INVENTORY');
      }),
    );
  });
});

describe('nvidia-smi --query-gpu', () => {
  const HEADER =
    'index, name, uuid, pci.bus_id, pci.device_id, memory.total [MiB], vbios_version, driver_version';
  const FIRST =
    '0, NVIDIA GeForce RTX 4090, GPU-9a9a6c50-2a47-2f51-a902-b82c3b127e94, 00000000:01:00.0, 0x268410DE, 24564 MiB, 95.02.3C.40.14, 550.54.14';

  it('is the same with and without header and units', () => {
    const full = parseQuery('a.csv', `${HEADER}\r\n${FIRST}\r\n`);
    const bare = parseQuery(
      'a.csv',
      FIRST.replace(' MiB', ''),
      HEADER.replace(' [MiB]', '').replaceAll(' ', ''),
    );
    expect(full[0]!.values).toMatchObject({ name: 'NVIDIA GeForce RTX 4090', memory_total: '24564 MiB' });
    expect(bare[0]!.values).toEqual({ ...full[0]!.values, memory_total: '24564' });
  });

  it('takes a loop’s repetitions as one card, and another card under its index as an error', () => {
    expect(parseQuery('a.csv', [HEADER, FIRST, FIRST].join('\n'))).toHaveLength(1);
    const other = FIRST.replace('4090', '3060');
    expect(refusal(() => parseQuery('a.csv', [HEADER, FIRST, other].join('\n')))).toMatchObject({
      code: 'E_INVENTORY',
      line: 3,
    });
  });

  it.each([
    ['no header', FIRST, undefined, 1],
    ['too few fields', `${HEADER}\n0, NVIDIA L4`, undefined, 2],
    ['an index that is none', `${HEADER}\n${FIRST.replace('0,', 'x,')}`, undefined, 2],
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
    expect(refusal(() => parseQuery('a.csv', text, fields))).toMatchObject({ code: 'E_INVENTORY', line });
  });

  it('survives any cell', () => {
    fc.assert(
      fc.property(fc.string(), (cell) => {
        const text = `name, memory.total [MiB]\n${cell.replace(/[\r\n,]/g, '')}, 1`;
        expect(parseQuery('a.csv', text)[0]!.values.memory_total).toBe('1');
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
    ['U+000A', '<product_name>NVIDIA L4&#10;victim,0,,&#10;x</product_name>'],
    ['U+000D', '<vbios_version>95&#13;02</vbios_version>'],
    ['U+0085', '<serial>1&#x85;2</serial>'],
    ['U+2028', '<gpu_part_number>900&#x2028;1</gpu_part_number>'],
    ['U+2029', '<pci><pci_bus_id>0&#x2029;1</pci_bus_id></pci>'],
    ['U+000A', '<mig_devices><mig_device><uuid>MIG-1\n2</uuid></mig_device></mig_devices>'],
  ])('%s is refused in %s', (got, inner) => {
    const path = xml(RTX.replace('product_name', 'other').replace('/product_name', '/other') + inner);
    expect(refusal(() => readInventory(path))).toEqual({ code: 'E_INVENTORY', line: 4, got });
  });

  it('is refused in the attribute of a card, in the driver and in a cell', () => {
    const driver = log(`<driver_version>550&#10;54</driver_version>${card(RTX)}`);
    const cell = file('cell.csv', 'name, serial\nNVIDIA L4, 1\u20282\n');
    for (const path of [xml(RTX, '00&#10;00'), file('driver.xml', driver), cell]) {
      expect(refusal(() => readInventory(path)).code).toBe('E_INVENTORY');
    }
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

  it.each([
    ['one id for two files', { files: [kit, file('b.csv', 'name\nNVIDIA L4\n')], device_id: 'x' }],
    ['two files of one name', { files: [kit, kit] }],
  ])('refuses %s', async (_, options) => {
    await expect(inventory(options)).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});
