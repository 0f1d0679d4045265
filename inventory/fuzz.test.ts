/** One broken byte never throws anything but a coded error, and never makes two cards of one. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GhostcardError } from '../contracts/errors.ts';
import { captureNamed } from '../fixtures/captures/table.ts';
import { xmlOf } from '../fixtures/captures/write.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { isPlaceholder, uuidKey } from './placeholder.ts';
import { parseInventory } from './read.ts';

const capture = (name: string) => Buffer.from(xmlOf(captureNamed(`telegraf/${name}.xml`)));
const A = 'GPU-7c1f0b52-94de-4a3b-8f60-2d9e5ab10c47';
const B = 'GPU-e0a95d13-2b7c-4f18-a6d4-91c3f7520be8';
const sample = (watts: number) =>
  [A, B]
    .map((uuid, i) => `${i}, NVIDIA L4, ${uuid}, 00000000:${i}B:00.0, 23034 MiB, ${watts}.1${i} W`)
    .join('\n');
const LOG = `index, name, uuid, pci.bus_id, memory.total [MiB], power.draw [W]\n${[31, 32, 33].map(sample).join('\n')}\n`;
const LIST = `GPU 0: NVIDIA L4 (UUID: ${A})\n  MIG 1g.6gb  Device  0: (UUID: MIG-93f0c5d2-7a1b-5e48-8c96-40b7d1e25fa3)\nGPU 1: NVIDIA L4 (UUID: ${B})\n`;
const ROCM =
  '{"card0": {"Card Series": "AMD Instinct MI210", "Unique ID": "0x5c1e"}, "card1": {"Card Series": "AMD Instinct MI210", "Unique ID": "0x90ab"}}';

const FILES: ReadonlyArray<readonly [string, Buffer, number]> = [
  ['two cards of -q -x', capture('dual_2070-v13'), 60],
  ['MIG instances of -q -x', capture('a100-sxm4-v12'), 60],
  ['a loop of -q -x', Buffer.from(capture('gtx-1070-ti').toString().repeat(2)), 150],
  ['a loop of --query-gpu', Buffer.from(LOG), 1_500],
  ['-L', Buffer.from(LIST), 500],
  ['rocm-smi --json', Buffer.from(ROCM), 500],
];

/** Cards and instances, or the code of the refusal. */
function counted(bytes: Buffer): number | string {
  try {
    const { cards } = parseInventory('fuzzed', bytes);
    return cards.reduce((sum, { instances }) => sum + 1 + instances.length, 0);
  } catch (error) {
    if (error instanceof GhostcardError) return error.code;
    throw error;
  }
}

describe('one broken byte', () => {
  it.each(FILES)('in %s', (_, bytes, numRuns) => {
    const whole = counted(bytes);
    expect(whole).toBeTypeOf('number');
    const broken = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(broken, ([at, flip]) => {
        const copy = Buffer.from(bytes);
        copy[at] = copy[at]! ^ flip;
        const found = counted(copy);
        if (typeof found === 'string') expect(found).toBe('E_INVENTORY');
        else expect(found).toBeLessThanOrEqual(whole as number);
      }),
      { numRuns },
    );
  });

  it.each(FILES)('at the end of %s, which is cut off', (_, bytes, numRuns) => {
    const whole = counted(bytes);
    fc.assert(
      fc.property(fc.nat(bytes.length), (length) => {
        const found = counted(bytes.subarray(0, length));
        if (typeof found === 'string') expect(found).toBe('E_INVENTORY');
        else expect(found).toBeLessThanOrEqual(whole as number);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });
});

describe('a file made to be slow', () => {
  // Each took minutes, or would, if a pattern read from every place to the end of the file.
  it.each([
    ['newlines', '\n', 12_000_000],
    ['openings of process names', '<process_name>', 1_000_000],
    ['names of a tool', 'nvidia-smi ', 1_000_000],
    ['commas', ',', 12_000_000],
    ['spaces before a bracket', `GPU 0: a (UUID: ${' '.repeat(500_000)}(`, 24],
    ['empty documents', '<nvidia_smi_log></nvidia_smi_log>', 400_000],
    ['nested objects', '{"card0":', 1_200_000],
  ])('of %s is refused with a code', (_, piece, times) => {
    const head = piece.startsWith('<process') ? '<nvidia_smi_log>' : '';
    const text = head + piece.repeat(times);
    expect(counted(Buffer.from(text))).toBe('E_INVENTORY');
  });
});

describe('a placeholder', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openWarehouse({ path: ':memory:', threads: 1, memory: '256MB' });
    await createSchema(warehouse);
  });
  afterAll(() => warehouse.close());

  const word = fc.constantFrom(
    ...[
      '',
      'N/A',
      '[N/A]',
      ' n/a ',
      '[Not Supported]',
      'Unknown Error',
      'ERR!',
      '[GPU is lost]',
      'GPU requires reset',
      'REDACTED',
      '0x0000',
      '00000000:00:00.0',
      '---',
      '***',
      'xxxxxx',
      'masked',
      'NVIDIA L4',
      '0',
      A,
      B,
      A.toLowerCase(),
    ],
    ...[
      'GPU-12345678-1234-1234-1234-123456789012',
      'GPU-00000000-0000-0000-0000-000000000000',
      'GPU-ab12cd34-0000-0000-0000-000000000001',
      'MIG-11111111-1111',
      'GPU-xxxxxxxx',
      '(removed)',
      '<unknown>',
      '0x5c1e94b07da2386f',
    ],
  );
  const text = fc.oneof(
    word,
    fc.tuple(word, fc.constantFrom('', ' ', ']', 'x', '-', '0'), word).map((parts) => parts.join('')),
    fc.string({ maxLength: 12 }),
  );

  it('is the same here and in the warehouse', async () => {
    const texts = fc.sample(text, { numRuns: 600, seed: 20 }).filter((one) => !one.includes('\0'));
    const rows = await warehouse.rows<{ t: string; empty: boolean; uuid: string | null }>(
      `SELECT t, is_placeholder(t) AS empty, uuid_printed(t) AS uuid FROM (SELECT unnest(CAST($texts AS JSON)::VARCHAR[]) AS t)`,
      { texts: JSON.stringify(texts) },
    );
    expect(rows.length).toBe(texts.length);
    for (const { t, empty, uuid } of rows) {
      expect([t, isPlaceholder(t)]).toEqual([t, empty]);
      expect([t, uuidKey(t) === null]).toEqual([t, uuid === null]);
    }
    expect(new Set(rows.map(({ empty }) => empty)).size).toBe(2);
  });
});
