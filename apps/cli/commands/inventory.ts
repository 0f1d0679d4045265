import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { columnsOf } from '../../../contracts/dataset.ts';
import { GhostcardError } from '../../../contracts/errors.ts';
import { type Inventory, inventory } from '../../../pipelines/inventory/inventory.ts';
import { type Cell, csvLine } from '../../../reports/csv/csv.ts';
import { tableText } from '../table.ts';
import { parseTime } from './audit.ts';

/** The contract's `gpus` table. Bytes are the machine's own: the dataset is data, not a spreadsheet. */
function csvText({ gpus }: Inventory): string {
  const columns = columnsOf('gpus').map(({ name }) => name);
  const own = new Set(columns.keys());
  const cell = (name: string, value: unknown): Cell =>
    name === 'seen_at' && typeof value === 'number'
      ? new Date(value).toISOString()
      : ((value ?? null) as Cell);
  const rows = gpus.map((row) =>
    csvLine(
      columns.map((name) => cell(name, row[name as keyof typeof row])),
      own,
    ),
  );
  return csvLine(columns, own) + rows.join('');
}

const shown = (value: unknown) => (value === null || value === undefined ? '' : String(value));

function cardsText({ gpus, findings, file_facts }: Inventory): string {
  return tableText({
    head: ['device', 'gpu', 'name', 'MiB', 'device id', 'part', 'vbios', 'mode', 'contradicts'],
    numbers: [1, 3],
    rows: gpus.map((row) => {
      const found = [
        ...findings.filter((one) => one.device_id === row.device_id).map((one) => one.level),
        ...file_facts
          .filter((one) => one.device_id === row.device_id && one.gpu_index === row.gpu_index)
          .map((one) => one.fact),
      ];
      const { device_id, gpu_index, name, memory_total_mib, pci_device_id, gpu_part_number, vbios_version } =
        row;
      const values = [
        device_id,
        gpu_index,
        name,
        memory_total_mib,
        pci_device_id,
        gpu_part_number,
        vbios_version,
      ];
      return [...values, row.mig_profile ?? row.virtualization_mode, [...new Set(found)].join(', ')].map(
        shown,
      );
    }),
  });
}

/** One row for the cards of a host of which the same is said. */
function factRows(found: Inventory['file_facts']): string[][] {
  const rows = new Map<string, { row: string[]; device_id: string; cards: number[] }>();
  for (const { device_id, gpu_index, fact, says, reported, expected } of found) {
    const row = [`file: ${fact}`, says, `reported ${reported}, expected ${expected}`];
    const key = JSON.stringify([device_id, ...row]);
    const known = rows.get(key);
    if (known) known.cards.push(gpu_index);
    else rows.set(key, { row, device_id, cards: [gpu_index] });
  }
  return [...rows.values()].map(({ row, device_id, cards }) => [
    `${device_id} gpu ${cards.join(', ')}`,
    ...row,
  ]);
}

function checkText(result: Inventory): string {
  const facts = (values: Readonly<Record<string, unknown>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${shown(value)}`)
      .join(', ');
  const rows = [
    ...result.findings.map((one) => [
      one.device_id,
      `${one.detector}: ${one.level}`,
      one.says,
      facts(one.facts),
    ]),
    ...factRows(result.file_facts),
  ];
  const silent =
    result.devices.length -
    new Set([...result.findings, ...result.file_facts].map((one) => one.device_id)).size;
  const note = `${silent} of ${result.devices.length} files contradict nothing that is known here. A clean inventory proves nothing: all of it is the machine's own word.\n`;
  return rows.length === 0 ? note : tableText({ head: ['device', 'found by', 'says', 'facts'], rows }) + note;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(resolve(path), text);
  } catch (error) {
    throw new GhostcardError(
      'E_OUT',
      {
        subject: path,
        expected: 'a file that can be written',
        got: error instanceof Error ? error.message : String(error),
        todo: 'Name another file.',
      },
      { cause: error },
    );
  }
}

export function inventoryCommand() {
  return new Command('inventory')
    .description(
      'Turns nvidia-smi -q -x and --query-gpu outputs into the gpus table, and says what they contradict.',
    )
    .argument('<FILE...>', 'outputs of nvidia-smi -q -x, or of --query-gpu=… --format=csv')
    .option('--out <file>', 'the gpus table as CSV (default: standard output, where that is no terminal)')
    .option('--device-id <id>', 'key of the rows of one file (default: its name without extension)')
    .option('--fields <list>', 'columns of a CSV without header, as they were given to --query-gpu')
    .option('--seen-at <time>', 'when the network received it, RFC 3339 (default: left empty)', parseTime)
    .option('--check', 'what the files contradict, with the figures', false)
    .option('--json', 'cards, claims and contradictions as JSON on standard output', false)
    .action(async (files, { out, deviceId, fields, seenAt, check, json }) => {
      const result = await inventory({
        files,
        device_id: deviceId,
        fields,
        seen_at: seenAt,
      });
      if (out !== undefined) write(out, csvText(result));
      if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else if (check) process.stdout.write(checkText(result));
      else if (process.stdout.isTTY === true || out !== undefined) process.stdout.write(cardsText(result));
      else process.stdout.write(csvText(result));
    });
}
