/** Other outputs than -q -x and --query-gpu: read where they give identity, else refused by name. */
import { describe, expect, it } from 'vitest';
import { GhostcardError } from '../contracts/errors.ts';
import { parseInventory } from './read.ts';

const read = (text: string) => parseInventory('box', Buffer.from(text));

describe('nvidia-smi -L', () => {
  const LIST = [
    'GPU 0: NVIDIA A30 (UUID: GPU-1b7e40c9-52ad-4e86-b0f3-8d2c95a7614e)',
    '  MIG 2g.12gb     Device  0: (UUID: MIG-93f0c5d2-7a1b-5e48-8c96-40b7d1e25fa3)',
    '  MIG 1g.6gb      Device  1: (UUID: MIG-0e84b6a7-d35c-5f12-9b70-6c1fa82e94d5)',
    'Unable to determine the device handle for gpu 0000:41:00.0: Unknown Error',
    'GPU 3: NVIDIA A30 (UUID: GPU-d6059f3b-8e17-4c24-a9b8-5f70e31c2d96',
  ].join('\r\n');

  it('gives name, uuid and MIG instances, and says what does not answer', () => {
    const { cards, notes } = read(LIST);
    expect(cards.map(({ index, values }) => [index, values])).toEqual([
      [0, { name: 'NVIDIA A30', gpu_uuid: 'GPU-1b7e40c9-52ad-4e86-b0f3-8d2c95a7614e' }],
      [3, { name: 'NVIDIA A30', gpu_uuid: 'GPU-d6059f3b-8e17-4c24-a9b8-5f70e31c2d96' }],
    ]);
    expect(cards[0]!.instances.map(({ profile, gpu_uuid }) => [profile, gpu_uuid])).toEqual([
      ['2g.12gb', 'MIG-93f0c5d2-7a1b-5e48-8c96-40b7d1e25fa3'],
      ['1g.6gb', 'MIG-0e84b6a7-d35c-5f12-9b70-6c1fa82e94d5'],
    ]);
    expect(notes).toMatchObject([{ line: 4, says: 'a card that does not answer is left out' }]);
  });

  it('twice is the same cards', () => {
    const { cards } = read(`${LIST}\n${LIST}`);
    expect(cards.map(({ index, instances }) => [index, instances.length])).toEqual([
      [0, 2],
      [3, 0],
    ]);
  });

  it('with too many instances is refused', () => {
    const many = Array.from({ length: 65 }, (_, i) => `  MIG 1g.6gb Device ${i}: (UUID: MIG-${i})`).join(
      '\n',
    );
    expect(() => read(`${LIST.split('\r\n')[0]}\n${many}`)).toThrow(/at most 64 instances/);
  });
});

describe('rocm-smi --json', () => {
  it('of a newer release gives identity, model, memory and driver', () => {
    const card = {
      'Device Name': 'AMD Instinct MI210',
      'Device ID': '0x740f',
      'Unique ID': '0x5c1e94b07da2386f',
      'Serial Number': 'N/A',
      'PCI Bus': '0000:C3:00.0',
      'VBIOS version': '113-D6730400-105',
      'Card Series': 'AMD Instinct MI210',
      'Card Model': '0x740f',
      'Subsystem ID': '0x0c34',
      'VRAM Total Memory (B)': '68702699520',
    };
    const text = JSON.stringify({
      card1: card,
      card0: { ...card, 'Unique ID': '0x90ab' },
      system: { 'Driver version': '6.8.5' },
    });
    const { cards } = read(text);
    expect(cards.map(({ index }) => index)).toEqual([0, 1]);
    expect(cards[1]!.values).toEqual({
      name: 'AMD Instinct MI210',
      gpu_uuid: '0x5c1e94b07da2386f',
      pci_bus_id: '0000:C3:00.0',
      pci_device_id: '1002:740f',
      vbios_version: '113-D6730400-105',
      memory_total: '65520 MiB',
      driver_version: '6.8.5',
    });
  });

  it('of an older release, whose words have other letters, too', () => {
    const text =
      '{"card0": {"GPU ID": "0x73bf", "Card series": "N/A", "Card model": "Radeon RX 6800 XT", "Unique ID": "0x3b"}}';
    expect(read(text).cards[0]!.values).toEqual({
      name: 'Radeon RX 6800 XT',
      gpu_uuid: '0x3b',
      pci_device_id: '1002:73bf',
    });
  });

  it.each([
    ['cut off', '{"card0": {"Card Series": "AMD'],
    ['of a card that says nothing', '{"card0": {"Temperature (Sensor edge) (C)": "41.0"}}'],
    ['of other types', '{"card0": [1, {"Card Series": 7}], "card1": null}'],
    ['as deep as a well', `{"card0": ${'['.repeat(50_000)}`],
  ])('%s is refused with the command that gives it', (_, text) => {
    expect(() => read(text)).toThrow(/E_INVENTORY.*rocm-smi --showproductname/);
  });
});

describe('other outputs are refused by name', () => {
  it.each([
    [
      'the table that nvidia-smi shows to people',
      'nvidia-smi -q -x',
      'Fri Feb  7 08:15:10 2025\n+---------+\n| NVIDIA-SMI 550.90.07    Driver Version: 550.90.07    CUDA Version: 12.4 |\n|---+\n|   0  NVIDIA L4    Off |   00000000:0B:00.0 Off |',
    ],
    [
      'the text of nvidia-smi -q',
      'nvidia-smi -q -x',
      '\n==============NVSMI LOG==============\n\nDriver Version : 550.90.07\nGPU 00000000:0B:00.0\n    Product Name : NVIDIA L4\n',
    ],
    [
      'the table that nvidia-smi dmon or pmon shows',
      'nvidia-smi -q -x',
      '# gpu   pwr  temp\n# Idx     W     C\n    0    11    41\n',
    ],
    [
      'the text of rocm-smi',
      '--showuniqueid',
      '\n======= ROCm System Management Interface =======\nGPU[0] : Unique ID: 0x5c1e\n======= End of ROCm SMI Log =======\n',
    ],
    [
      'a table of rocm-smi --csv',
      '--json',
      'device,Card series,Card model,Card SKU\ncard0,AMD Instinct MI210,0x0c34,D67301\n',
    ],
    ['an output of amd-smi', 'rocm-smi', 'GPU: 0\n    BDF: 0000:c3:00.0\n    UUID: 9e\n'],
    [
      'an output of amd-smi',
      'rocm-smi',
      '[\n  {\n    "gpu": 0,\n    "asic": {"market_name": "MI210"}\n  }\n]',
    ],
    ['the message that the tool is not installed', 'driver', 'bash: nvidia-smi: command not found\n'],
  ])('%s', (is, command, text) => {
    for (const fields of [undefined, 'index,name,uuid']) {
      let thrown: unknown;
      try {
        parseInventory('box', Buffer.from(text), fields);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(GhostcardError);
      const { code, detail } = thrown as GhostcardError;
      expect([code, detail.got]).toEqual(['E_INVENTORY', is]);
      expect(detail.todo).toContain(command);
      expect(detail.todo).not.toContain('untouched');
    }
  });
});
