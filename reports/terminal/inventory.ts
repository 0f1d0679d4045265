/** What `inventory` prints: the table as CSV, the cards, what contradicts them, what was left out. */
import { columnsOf } from '../../contracts/dataset.ts';
import type { Inventory } from '../../contracts/inventory.ts';
import { type Cell, csvLine } from '../csv/csv.ts';
import type { Screen } from './fold.ts';
import { printable } from './printable.ts';
import { tableText } from './table.ts';

/** The contract's `gpus` table. Bytes are the machine's own: the dataset is data, not a spreadsheet. */
export function csvText({ gpus }: Inventory): string {
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

export function cardsText({ gpus, findings, file_facts }: Inventory, screen: Screen): string {
  return tableText(
    {
      head: ['device', 'gpu', 'name', 'MiB', 'device id', 'part', 'vbios', 'mode', 'contradicts'],
      numbers: [1, 3],
      rows: gpus.map((row) => {
        const found = [
          ...findings.filter((one) => one.device_id === row.device_id).map((one) => one.level),
          ...file_facts
            .filter((one) => one.device_id === row.device_id && one.gpu_index === row.gpu_index)
            .map((one) => one.fact),
        ];
        const {
          device_id,
          gpu_index,
          name,
          memory_total_mib,
          pci_device_id,
          gpu_part_number,
          vbios_version,
        } = row;
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
    },
    screen,
  );
}

/** One row for the cards of a host of which the same is said. */
function factRows(found: Inventory['file_facts']): string[][] {
  const rows = new Map<string, { row: string[]; device_id: string; cards: number[] }>();
  for (const one of found) {
    const { device_id, gpu_index, fact, says, reported, expected, real_files, could_speak, silent } = one;
    const tried = `silent on ${silent} of ${real_files} files of real cards, ${could_speak} of which it can tell from`;
    const row = [`file: ${fact}`, says, `reported ${reported}, expected ${expected}; ${tried}`];
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

export function checkText(result: Inventory, screen: Screen): string {
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
  return rows.length === 0
    ? note
    : tableText({ head: ['device', 'found by', 'says', 'facts'], rows }, screen) + note;
}

/** One line for each thing that was left out of a file or lost from it. */
export function notesText({ notes }: Pick<Inventory, 'notes'>): string {
  return notes
    .map(({ file, line, says, got, times }) => {
      const where = line > 0 ? `${file} line ${line}` : file;
      const text = `${where}: ${says}${times > 1 ? ` (${times} times)` : ''}${got ? `: ${got}` : ''}`;
      return `${printable(text)}\n`;
    })
    .join('');
}

/** The files that are no inventory, each as an error of its own would be said. */
export function refusedText({ refused }: Pick<Inventory, 'refused'>): string {
  return refused
    .map(({ code, subject, expected, got, todo }) =>
      [`${code}  ${subject}`, `  expected  ${expected}`, `  got       ${got}`, `  ${todo}`]
        .map((line) => `${printable(line)}\n`)
        .join(''),
    )
    .join('');
}
