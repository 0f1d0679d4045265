/** A lost card, a message, an odd byte cost that value or that card's values, never the file. */
import { describe, expect, it } from 'vitest';
import { GhostcardError } from '../contracts/errors.ts';
import { parseInventory } from './read.ts';
import { UNTOUCHED } from './refusal.ts';

const read = (text: string | Buffer) => parseInventory('box', Buffer.from(text));
const HEAD = 'index, name, uuid, pci.bus_id, memory.total [MiB], vbios_version, driver_version';
const card = (index: number, bus: string, uuid: string) =>
  `${index}, NVIDIA GeForce RTX 3070, GPU-${uuid}-6e0d-4c1f-9b32-5a7d8e4f1c06, 00000000:${bus}:00.0, 8192 MiB, 94.04.3A.40.B1, 535.161.08`;
const [FIRST, THIRD] = [card(0, '04', 'b81d20f5'), card(2, '0A', '3f6ca97e')];
const HANDLE = 'Unable to determine the device handle for GPU0000:07:00.0: Unknown Error';

function refusal(text: string | Buffer) {
  try {
    read(text);
  } catch (error) {
    if (error instanceof GhostcardError) return { code: error.code, ...error.detail };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a lost card', () => {
  it('leaves the others under their own index', () => {
    const lost = Array.from({ length: 7 }, () => '[GPU is lost]').join(', ');
    const { cards, notes } = read([HEAD, FIRST, lost, THIRD].join('\n'));
    expect(cards.map(({ index, values }) => [index, values.memory_total])).toEqual([
      [0, '8192 MiB'],
      [2, '8192 MiB'],
    ]);
    expect(notes).toEqual([{ line: 3, says: 'a card that does not answer is left out', got: '', times: 1 }]);
  });

  it('that still says its index is a row without values', () => {
    const lost = `1, ${Array.from({ length: 6 }, () => '[Unknown Error]').join(', ')}`;
    const { cards } = read([HEAD, FIRST, lost, THIRD].join('\n'));
    expect(cards.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(cards[1]!.values.name).toBe('[Unknown Error]');
  });

  it.each([
    ['after the rows', [HEAD, FIRST, HANDLE]],
    ['before the header', [HANDLE, HEAD, FIRST]],
    ['between', [HEAD, HANDLE, FIRST]],
  ])('that is a message %s is said with its address', (_, lines) => {
    const { cards, notes } = read(lines.join('\n'));
    expect(cards).toHaveLength(1);
    expect(notes).toEqual([
      {
        line: lines.indexOf(HANDLE) + 1,
        says: 'a card that does not answer is left out',
        got: HANDLE,
        times: 1,
      },
    ]);
  });

  it('that loses its values in the middle of a loop keeps those that it had', () => {
    const head = 'index, name, uuid, memory.total [MiB], temperature.gpu';
    const sample = [0, 1].map(
      (i) => `${i}, NVIDIA L4, GPU-0${i}c4d7e2-6e0d-4c1f-9b32-5a7d8e4f1c06, 23034 MiB, 5${i}`,
    );
    const broken = sample[1]!.replace('23034 MiB, 51', '[GPU requires reset], [GPU requires reset]');
    const { cards, notes } = read([head, ...sample, sample[0], broken].join('\n'));
    expect(cards.map(({ values }) => values.memory_total)).toEqual(['23034 MiB', '23034 MiB']);
    expect(notes).toMatchObject([
      { line: 5, says: 'memory_total could not be read by the driver', got: '[GPU requires reset]' },
      { line: 5, says: 'temperature_gpu could not be read by the driver' },
    ]);
  });

  it('that -q -x counts and does not list is said', () => {
    const gpu = '<gpu id="00000000:04:00.0"><product_name>NVIDIA L4</product_name></gpu>';
    const text = (attached: number) =>
      `<?xml version="1.0" ?>\n<nvidia_smi_log>\n<attached_gpus>${attached}</attached_gpus>\n${gpu}\n</nvidia_smi_log>\n`;
    expect(read(text(2)).notes).toMatchObject([{ line: 1, says: '1 of 2 attached cards are listed' }]);
    expect(read(text(1)).notes).toEqual([]);
  });

  it.each([
    ['a message alone', HANDLE],
    ['lost cards alone', `name, uuid\n[GPU is lost], [GPU is lost]`],
    ['no device', 'No devices were found'],
    ['a failure', 'NVIDIA-SMI has failed because it couldn’t communicate with the NVIDIA driver.'],
    [
      'an empty list',
      '<?xml version="1.0"?><nvidia_smi_log><attached_gpus>0</attached_gpus></nvidia_smi_log>',
    ],
    ['a header alone', HEAD],
    ['nothing', '\n'],
  ])('with no other is refused, and nobody is told to hand over what he handed over: %s', (_, text) => {
    const { code, todo } = refusal(text);
    expect(code).toBe('E_INVENTORY');
    expect(todo).not.toBe(UNTOUCHED);
    expect(todo).not.toContain('untouched');
  });
});

describe('a message', () => {
  const WARNING = 'WARNING: infoROM is corrupted at gpu 0000:04:00.0';
  const XML =
    '<?xml version="1.0" ?>\n<nvidia_smi_log>\n<gpu id="00000000:04:00.0"><product_name>NVIDIA L4</product_name></gpu>\n</nvidia_smi_log>';

  it.each([
    ['of a table', [HEAD, FIRST, WARNING, WARNING].join('\n'), 3, 2],
    ['after a listing', `${XML}\n${WARNING}\n`, 5, 1],
    ['before a listing', `${WARNING}\n${XML}\n`, 1, 1],
    ['of a list', `${WARNING}\nGPU 0: NVIDIA L4 (UUID: GPU-b81d20f5-6e0d-4c1f-9b32-5a7d8e4f1c06)`, 1, 1],
    ['of rocm-smi', `${WARNING}\n\n{"card0": {"Card Series": "AMD Instinct MI210"}}`, null, 0],
  ])('%s costs nothing', (_, text, line, times) => {
    const { cards, notes } = read(text);
    expect(cards).toHaveLength(1);
    expect(notes).toMatchObject(line === null ? [] : [{ line, got: WARNING, times }]);
  });

  it.each(['<python3 & co', 'a</gpu><gpu>', '\u0001\u0007', '&#0;&lol;', ']]>'])(
    'in the name of a process costs nothing: %j',
    (name) => {
      const text = XML.replace(
        '</gpu>',
        `<processes><process_info><process_name>${name}</process_name></process_info></processes></gpu>`,
      );
      expect(read(text)).toMatchObject({ cards: [{ values: { name: 'NVIDIA L4' } }], notes: [] });
    },
  );

  it('in bytes of another encoding costs the value in which it stands', () => {
    const odd = (text: string) => Buffer.from(text.replace('ODD', '\u00e9'), 'latin1');
    const process = '<process_name>/opt/ODDtude/train</process_name></gpu>';
    expect(read(odd(XML.replace('</gpu>', process))).notes).toEqual([]);
    const { cards, notes } = read(odd([HEAD, FIRST.replace('RTX 3070', 'RTX ODD'), THIRD].join('\n')));
    expect(cards.map(({ values }) => values.name)).toEqual([undefined, 'NVIDIA GeForce RTX 3070']);
    expect(notes).toMatchObject([{ line: 2, says: expect.stringContaining('name left out') }]);
  });

  it('that is no whole number costs the index', () => {
    const { cards, notes } = read([HEAD, FIRST, THIRD.replace('2,', 'two,')].join('\n'));
    expect(cards.map(({ index }) => index)).toEqual([0, 1]);
    expect(notes).toMatchObject([{ line: 3, got: 'two' }]);
  });

  it('as long as a book costs the value', () => {
    const { cards } = read(['name, serial', `NVIDIA L4, ${'7'.repeat(5_000)}`].join('\n'));
    expect(cards[0]!.values).toEqual({ name: 'NVIDIA L4' });
  });
});
