/** Reads `nvidia-smi --query-gpu=… --format=csv`, with or without its header and its units. */
import { type Field, MAX_CARDS, type PrintedCard } from './printed-card.ts';
import { refuse } from './refusal.ts';

/** Names of `nvidia-smi --help-query-gpu` and their older spellings. */
const COLUMNS: Readonly<Record<string, Field | 'index'>> = {
  index: 'index',
  name: 'name',
  gpu_name: 'name',
  uuid: 'gpu_uuid',
  gpu_uuid: 'gpu_uuid',
  serial: 'serial',
  gpu_serial: 'serial',
  gpu_part_number: 'gpu_part_number',
  'pci.bus_id': 'pci_bus_id',
  gpu_bus_id: 'pci_bus_id',
  'pci.device_id': 'pci_device_id',
  'pci.sub_device_id': 'pci_subsystem_id',
  'memory.total': 'memory_total',
  vbios_version: 'vbios_version',
  virtualization_mode: 'virtualization_mode',
  driver_version: 'driver_version',
  gsp_firmware_version: 'gsp_firmware_version',
  'clocks_event_reasons.gpu_idle': 'idle_reason',
  'clocks_throttle_reasons.gpu_idle': 'idle_reason',
  'utilization.gpu': 'utilization_gpu',
  'power.draw': 'power_draw',
  'power.draw.instant': 'power_draw',
  'temperature.gpu': 'temperature_gpu',
};
/** A file must hold one of these: other CSV is no inventory. */
const TELLING: readonly string[] = ['name', 'gpu_uuid', 'serial', 'pci_bus_id', 'memory_total'];
const MAX_COLUMNS = 512;

/** Names without their unit: `memory.total [MiB]` is `memory.total`. */
function names(line: string): string[] {
  return line.split(/, ?/).map((name) =>
    name
      .replace(/\s*\[[^\]]*\]\s*$/, '')
      .trim()
      .toLowerCase(),
  );
}

function fieldsOf(columns: readonly string[]): Array<Field | 'index' | undefined> {
  return columns.map((name) => (Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined));
}

function isHeader(line: string): boolean {
  return fieldsOf(names(line)).some((field) => field !== undefined && TELLING.includes(field));
}

interface Row {
  line: number;
  cells: string[];
}

function cardOf(
  file: string,
  { line, cells }: Row,
  fields: ReadonlyArray<string | undefined>,
  position: number,
): PrintedCard {
  const card: PrintedCard = { line, index: position, values: {}, instances: [] };
  for (const [i, field] of fields.entries()) {
    const cell = cells[i]!.trim();
    if (field === 'index') {
      if (!/^\d{1,4}$/.test(cell)) throw refuse(file, line, 'a whole number as index', cell);
      card.index = Number(cell);
    } else if (field) card.values[field as Field] = cell;
  }
  return card;
}

/** The same card again, as `--loop` prints it: readings move, what the card is stays. */
function repeats(one: PrintedCard, other: PrintedCard): boolean {
  return (['gpu_uuid', 'name', 'memory_total', 'pci_bus_id', 'serial'] as const).every(
    (field) => one.values[field] === other.values[field],
  );
}

/**
 * `columns` names them where the file has no header, as they were handed to `--query-gpu`.
 * @throws GhostcardError E_INVENTORY, with the line.
 */
export function parseQuery(file: string, text: string, columns?: string): PrintedCard[] {
  const lines = text.split(/\r\n|\n|\r/).map((line, i) => ({ line: i + 1, text: line }));
  const filled = lines.filter((line) => line.text.trim() !== '');
  const head = filled[0];
  if (!head) throw refuse(file, 0, 'a line', 'an empty file');
  const hasHeader = isHeader(head.text);
  if (!hasHeader && columns === undefined) {
    throw refuse(file, head.line, 'the header of --query-gpu, or its columns in --fields', head.text);
  }
  const fields = fieldsOf(names(hasHeader ? head.text : columns!));
  if (fields.length > MAX_COLUMNS) throw refuse(file, head.line, `at most ${MAX_COLUMNS} columns`, 'more');
  if (!fields.some((field) => field !== undefined && TELLING.includes(field))) {
    throw refuse(file, head.line, `one of the columns name, uuid, serial, pci.bus_id, memory.total`, 'none');
  }
  const cards = new Map<number, PrintedCard>();
  for (const [position, { line, text: row }] of filled.slice(hasHeader ? 1 : 0).entries()) {
    const cells = row.split(/, ?/);
    if (cells.length !== fields.length) {
      throw refuse(file, line, `${fields.length} fields`, `${cells.length} in: ${row}`);
    }
    const card = cardOf(file, { line, cells }, fields, position);
    const known = cards.get(card.index);
    if (known && !repeats(known, card)) {
      throw refuse(
        file,
        line,
        `the card that line ${known.line} gives for index ${card.index}`,
        'another card',
      );
    }
    if (!known) cards.set(card.index, card);
    if (cards.size > MAX_CARDS) throw refuse(file, line, `at most ${MAX_CARDS} cards`, 'more');
  }
  if (cards.size === 0) throw refuse(file, 0, 'at least one card', 'a header alone');
  return [...cards.values()].sort((a, b) => a.index - b.index);
}
