/**
 * Reads `nvidia-smi --query-gpu=… --format=csv`, with or without its header and its units, once or in a loop.
 */
import { namedRefusal } from './forms.ts';
import { cardRoll, NO_ANSWER } from './identity.ts';
import type { Notes } from './notes.ts';
import type { Field, PrintedCard, Sighting } from './printed-card.ts';
import { refuse } from './refusal.ts';

/** Names of `nvidia-smi --help-query-gpu` and their older spellings. */
const COLUMNS: Readonly<Record<string, Field | 'index' | 'timestamp'>> = {
  index: 'index',
  timestamp: 'timestamp',
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
  'utilization.gpu': 'utilization_gpu',
  'power.draw': 'power_draw',
  'power.draw.instant': 'power_draw',
  'temperature.gpu': 'temperature_gpu',
};
/** A file must hold one of these: other CSV is no inventory. */
const TELLING: readonly string[] = ['name', 'gpu_uuid', 'serial', 'pci_bus_id', 'memory_total'];
const IDENTIFYING: readonly string[] = ['gpu_uuid', 'pci_bus_id', 'index'];
const MAX_COLUMNS = 512;
const LOST_HANDLE = /unable to determine the device handle/i;

type Columns = ReadonlyArray<Field | 'index' | 'timestamp' | undefined>;

/** Names without their unit: `memory.total [MiB]` is `memory.total`. */
function columnsOf(line: string): Columns {
  return line.split(/, ?/).map((name) => {
    const text = name.trim().toLowerCase();
    const unit = text.endsWith(']') ? text.lastIndexOf('[') : -1;
    const bare = unit < 0 ? text : text.slice(0, unit).trim();
    return Object.hasOwn(COLUMNS, bare) ? COLUMNS[bare] : undefined;
  });
}

const holds = (columns: Columns, some: readonly string[]) =>
  columns.some((column) => column !== undefined && some.includes(column));

/**
 * What stands in rows and is never the name of a column: a word in brackets, a number with or without its
 * unit.
 */
const VALUE = /^(["'[]|-?\d+(\.\d+)?( ?\S{1,3})?$|$)/;
/** Asking for every column makes a header of 4,000 characters. */
const MAX_LINE_CHARS = 16_384;

function isHeader(line: string): boolean {
  if (line.length > MAX_LINE_CHARS || !/name|uuid|serial|bus_id|memory\.total/i.test(line)) return false;
  return holds(columnsOf(line), TELLING) && !line.split(/, ?/).some((cell) => VALUE.test(cell.trim()));
}

function sightingOf(line: number, cells: readonly string[], columns: Columns, notes: Notes): Sighting {
  const sighting: Sighting = { line, index: null, values: {}, instances: [] };
  for (const [i, column] of columns.entries()) {
    const cell = cells[i]!.trim();
    if (column === 'index') {
      if (/^\d{1,4}$/.test(cell)) sighting.index = Number(cell);
      else if (!/^\[/.test(cell)) notes.add(line, 'index left out: it is no whole number', cell);
    } else if (column !== undefined && column !== 'timestamp') sighting.values[column] = cell;
  }
  return sighting;
}

/** The header's line, or the columns that were named; lines before a header are messages of the tool. */
function headOf(file: string, lines: readonly string[], given: string | undefined): [number, Columns] {
  const at = lines.findIndex(isHeader);
  const columns = at >= 0 ? columnsOf(lines[at]!) : columnsOf(given ?? '');
  if (columns.length > MAX_COLUMNS) throw refuse(file, at + 1, `at most ${MAX_COLUMNS} columns`, 'more');
  if (holds(columns, TELLING)) return [at, columns];
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) throw refuse(file, 0, 'a line', 'an empty file', 'Take the inventory again.');
  if (given !== undefined) {
    throw refuse(file, first + 1, 'one of the columns name, uuid, serial, pci.bus_id, memory.total', 'none');
  }
  throw (
    namedRefusal(file, lines.join('\n')) ??
    refuse(file, first + 1, 'the header of --query-gpu, or its columns in --fields', lines[first]!)
  );
}

/** Why no row of a file is a card. */
function noCard(file: string, text: string, notes: Notes): Error {
  const named = namedRefusal(file, text);
  if (named) return named;
  const lost = notes.all().find(({ says }) => says === NO_ANSWER);
  const todo = 'Restart the machine, then take the inventory again.';
  if (lost) return refuse(file, lost.line, 'a card that answers', 'lost cards alone', todo);
  const odd = notes.all()[0];
  return odd
    ? refuse(file, odd.line, 'a row for each card', odd.got)
    : refuse(
        file,
        0,
        'at least one card',
        'a header alone',
        'Check that the driver sees a card, then repeat.',
      );
}

/**
 * `given` names the columns where the file has no header, as they were handed to `--query-gpu`. A line that
 * is no row of the table is a message and is noted; a cell that is no value costs that value.
 * @throws GhostcardError E_INVENTORY, with the line, where no card is left or the rows cannot be told apart.
 */
export function parseQuery(file: string, text: string, notes: Notes, given?: string): PrintedCard[] {
  const lines = text.split(/\r\n|\n|\r/);
  let [head, columns] = headOf(file, lines, given);
  const roll = cardRoll(file, notes);
  let rows = 0;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || i === head) continue;
    const cells = line.length > MAX_LINE_CHARS ? [] : line.split(/, ?/);
    if (isHeader(line)) [head, columns] = [i, columnsOf(line)];
    else if (LOST_HANDLE.test(line)) notes.add(i + 1, NO_ANSWER, line);
    else if (i < head || cells.length !== columns.length) {
      notes.add(i + 1, 'a line that is no row of the table is left out', line);
    } else {
      rows += 1;
      roll.add(sightingOf(i + 1, cells, columns, notes));
    }
  }
  if (rows > 1 && columns.includes('timestamp') && !holds(columns, IDENTIFYING)) {
    const todo = 'Ask --query-gpu for uuid, pci.bus_id or index, too, and take the inventory again.';
    throw refuse(file, head + 1, 'a column that tells the cards of a log apart', 'none', todo);
  }
  const cards = roll.cards();
  if (cards.length === 0) throw noCard(file, text, notes);
  return cards;
}
