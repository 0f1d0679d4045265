/** Which rows of a file are one card. */
import { describe, expect, it } from 'vitest';
import { parseInventory } from './read.ts';

const read = (text: string, fields?: string) => parseInventory('log', Buffer.from(text), fields);
const A = 'GPU-7c1f0b52-94de-4a3b-8f60-2d9e5ab10c47';
const B = 'GPU-e0a95d13-2b7c-4f18-a6d4-91c3f7520be8';
const uuids = (text: string) => read(text).cards.map(({ index, values }) => [index, values.gpu_uuid]);

describe('samples of a loop', () => {
  it('of two cards without index or uuid are two cards, told apart by their bus address', () => {
    const head =
      'timestamp, name, pci.bus_id, driver_version, pstate, temperature.gpu, utilization.gpu [%], memory.total [MiB]';
    const sample = (second: number) =>
      ['0B', '83'].map(
        (bus, i) =>
          `2025/02/07 08:15:${second}.${310 + i}, NVIDIA RTX A5000, 00000000:${bus}:00.0, 550.90.07, P2, ${58 + (second % 3)}, 9${i} %, 24564 MiB`,
      );
    const { cards, notes } = read([head, ...[10, 15, 20].flatMap(sample)].join('\n'));
    expect(cards.map(({ index, values }) => [index, values.pci_bus_id])).toEqual([
      [0, '00000000:0B:00.0'],
      [1, '00000000:83:00.0'],
    ]);
    expect(cards.map(({ claims }) => claims)).toEqual([
      { rows: 3, indices: 0, bus_ids: 1, logged: true },
      { rows: 3, indices: 0, bus_ids: 1, logged: true },
    ]);
    expect(notes).toEqual([]);
  });

  it('over five hours are one card', () => {
    const rows = Array.from({ length: 300 }, (_, i) => {
      const time = new Date(Date.UTC(2025, 1, 7, 8, i)).toISOString().slice(0, 19).replace('T', ' ');
      return `${time.replaceAll('-', '/')}.044, NVIDIA RTX A5000, 00000000:0B:00.0, 24564 MiB`;
    });
    const { cards } = read(['timestamp, name, pci.bus_id, memory.total [MiB]', ...rows].join('\n'));
    expect(cards).toHaveLength(1);
    expect(cards[0]!.claims.rows).toBe(300);
  });

  it('are one card by its uuid, and with the header of a second run between them', () => {
    const head = 'timestamp, uuid, name, memory.total [MiB], utilization.gpu [%]';
    const row = (minute: number) =>
      `2025/02/07 08:0${minute}:00.044, ${A}, NVIDIA RTX A5000, 24564 MiB, ${minute} %`;
    expect(uuids([head, row(0), row(1), row(2)].join('\n'))).toEqual([[0, A]]);
    expect(uuids([head, row(0), head, row(1)].join('\r\n'))).toEqual([[0, A]]);
  });

  it('of nvidia-smi -q -x are one card, and the last may be cut off', () => {
    const sample = (watts: number) =>
      `<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>\n<gpu id="00000000:0B:00.0"><uuid>${A}</uuid><gpu_power_readings><power_draw>${watts}.10 W</power_draw></gpu_power_readings></gpu>\n</nvidia_smi_log>\n`;
    const whole = sample(41) + sample(43);
    expect(read(whole).cards).toMatchObject([
      { line: 4, values: { power_draw: '41.10 W' }, claims: { rows: 2 } },
    ]);
    const cut = read(whole + sample(44).slice(0, 150));
    expect(cut.cards).toHaveLength(1);
    expect(cut.notes).toMatchObject([
      { line: 11, says: 'the last sample of a loop is cut off and left out' },
    ]);
  });

  it('are refused where no column tells their cards apart', () => {
    const log =
      'timestamp, name, temperature.gpu\n2025/02/07 08:00:00.001, NVIDIA L4, 41\n2025/02/07 08:00:05.001, NVIDIA L4, 42';
    expect(() => read(log)).toThrow(/tells the cards of a log apart.*uuid, pci\.bus_id or index/);
  });

  it('keep what a card is when a later sample lost it, and learn what an earlier one lacked', () => {
    const head = 'index, uuid, pci.bus_id, memory.total [MiB]';
    const lost = `0, ${A}, [GPU is lost], [GPU is lost]`;
    const whole = `0, ${A}, 00000000:0B:00.0, 24564 MiB`;
    for (const text of [
      [head, whole, lost],
      [head, lost, whole],
    ].map((lines) => lines.join('\n'))) {
      expect(read(text).cards).toMatchObject([
        {
          values: { pci_bus_id: '00000000:0B:00.0', memory_total: '24564 MiB' },
          claims: { rows: 2, bus_ids: 1 },
        },
      ]);
    }
  });
});

describe('one card', () => {
  it('is the same uuid under any index and address, and how many claimed it is kept and said', () => {
    const rows = Array.from({ length: 8 }, (_, i) => `${i}, NVIDIA L4, ${A}, 00000000:1${i}:00.0`);
    const { cards, notes } = read(['index, name, uuid, pci.bus_id', ...rows].join('\n'));
    expect(cards.map(({ index, claims }) => [index, claims])).toEqual([
      [0, { rows: 8, indices: 8, bus_ids: 8, logged: false }],
    ]);
    expect(notes.map(({ says }) => says)).toContain('card 0 is shown under 8 indices and 8 bus addresses');
  });

  it('is a bus address however it is spelt, where no uuid is printed', () => {
    const text = [
      'name, uuid, pci.bus_id',
      'NVIDIA L4, [N/A], 00000000:0b:00.0',
      'NVIDIA L4, [N/A], 0000:0B:00.0',
    ];
    expect(read(text.join('\n')).cards).toHaveLength(1);
  });

  it('is not what shares a placeholder with another', () => {
    const hidden = 'GPU-12345678-1234-1234-1234-123456789012';
    const text = ['uuid, pci.bus_id', `${hidden}, 00000000:0B:00.0`, `${hidden}, 00000000:83:00.0`];
    expect(read(text.join('\n')).cards).toHaveLength(2);
  });

  it('with another uuid is another card, whatever index or address it claims', () => {
    const head = 'index, uuid, pci.bus_id';
    const text = [head, `0, ${A}, 00000000:0B:00.0`, `0, ${B}, 00000000:0B:00.0`].join('\n');
    expect(uuids(text)).toEqual([
      [0, A],
      [1, B],
    ]);
  });

  it('is a MIG instance by its own uuid, beside its parent at the same address', () => {
    const mig = (n: number) => `MIG-5d0c7a1${n}-3e8f-5b29-9a64-c18e7f20d3b5`;
    const text = [A, mig(1), mig(2), mig(1)].map((uuid) => `0, ${uuid}, 00000000:0B:00.0`);
    expect(
      read(['index, uuid, pci.bus_id', ...text].join('\n')).cards.map(({ values }) => values.gpu_uuid),
    ).toEqual([A, mig(1), mig(2)]);
  });

  it('with one broken character in its uuid at the same place is still that card', () => {
    const text = [A, A.replace('7c1f', '7c1e'), A.slice(0, -1)].map((uuid) => `0, ${uuid}`);
    expect(uuids(['index, uuid', ...text].join('\n'))).toEqual([[0, A]]);
    const elsewhere = ['index, uuid', `0, ${A}`, `1, ${A.replace('7c1f', '7c1e')}`].join('\n');
    expect(read(elsewhere).cards).toHaveLength(2);
  });

  it('is each row of a listing that says nothing to tell them apart', () => {
    expect(read('name\nNVIDIA L4\nNVIDIA L4\n').cards.map(({ index }) => index)).toEqual([0, 1]);
  });
});
