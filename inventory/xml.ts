/**
 * Reads `nvidia-smi -q -x`, once or in a loop. The file comes from the account holder: nothing that it
 * declares is obeyed (no entities of its own, no external subset), and depth, elements and cards are bounded.
 */
import { SaxesParser } from 'saxes';
import { GhostcardError } from '../contracts/errors.ts';
import { namedRefusal } from './forms.ts';
import { cardRoll, NO_ANSWER } from './identity.ts';
import type { Notes } from './notes.ts';
import {
  type Field,
  MAX_CARDS,
  MAX_INSTANCES,
  type PrintedCard,
  type PrintedInstance,
  type Sighting,
} from './printed-card.ts';
import { refuse } from './refusal.ts';

/** Real outputs nest 7 deep and hold about 1,300 elements a card (driver 595). */
const MAX_DEPTH = 24;
const MAX_ELEMENTS = 500_000;
const MAX_FIELD_CHARS = 4_096;

/** Elements under `gpu`, by path. Drivers before 530 call the readings power_readings. */
const CARD_FIELDS: Readonly<Record<string, Field>> = {
  product_name: 'name',
  uuid: 'gpu_uuid',
  serial: 'serial',
  gpu_part_number: 'gpu_part_number',
  vbios_version: 'vbios_version',
  gsp_firmware_version: 'gsp_firmware_version',
  'pci/pci_bus_id': 'pci_bus_id',
  'pci/pci_device_id': 'pci_device_id',
  'pci/pci_sub_system_id': 'pci_subsystem_id',
  'fb_memory_usage/total': 'memory_total',
  'gpu_virtualization_mode/virtualization_mode': 'virtualization_mode',
  'utilization/gpu_util': 'utilization_gpu',
  'gpu_power_readings/instant_power_draw': 'power_draw',
  'gpu_power_readings/power_draw': 'power_draw',
  'power_readings/power_draw': 'power_draw',
  'temperature/gpu_temp': 'temperature_gpu',
};
const INSTANCE_FIELDS: Readonly<Record<string, Exclude<keyof PrintedInstance, 'profile'>>> = {
  'fb_memory_usage/total': 'memory_total',
  'device_attributes/shared/multiprocessor_count': 'sm_count',
  uuid: 'gpu_uuid',
};
const INSTANCE = 'mig_devices/mig_device';

const AGAIN = 'Run nvidia-smi -q -x again and hand over the file as it is.';
const CUT = 'Hand over the beginning of the log: one sample shows every card.';
/** A week of samples, one a minute. */
const MAX_DOCUMENTS = 10_000;
const END = '</nvidia_smi_log>';

/** The document that starts at line `base` + 1 of the file. */
function parseDocument(file: string, text: string, base: number, notes: Notes): Sighting[] {
  const cards: Sighting[] = [];
  const path: string[] = [];
  const seen = new Set<string>();
  let elements = 0;
  let content = '';
  let driver: string | undefined;
  let attached = 0;
  let card: Sighting | undefined;
  let instance: PrintedInstance | undefined;
  const parser = new SaxesParser({ xmlns: false, position: true, fileName: '' });
  const fail = (expected: string, got: string, todo?: string) =>
    refuse(file, base + parser.line, expected, got, todo);

  parser.on('error', (error) => {
    throw fail('well-formed XML', error.message.replace(/^:?\d+:\d+: /, ''), AGAIN);
  });
  parser.on('doctype', (doctype) => {
    if (/[[\]<>]/.test(doctype))
      throw fail('no declarations in the file', 'a document type with its own subset');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (path.length === 0 && name !== 'nvidia_smi_log') throw fail('the element nvidia_smi_log', name);
    if (++elements > MAX_ELEMENTS) throw fail(`at most ${MAX_ELEMENTS} elements`, 'more');
    if (path.push(name) > MAX_DEPTH) throw fail(`at most ${MAX_DEPTH} levels`, 'more');
    content = '';
    if (path.length === 2 && name === 'gpu') {
      if (cards.length >= MAX_CARDS) throw fail(`at most ${MAX_CARDS} cards`, 'more');
      card = { line: base + parser.line, index: cards.length, values: {}, instances: [] };
      // The bus address stands in the attribute, too; trimmed files keep only that.
      if (attributes.id) card.values.pci_bus_id = attributes.id;
      cards.push(card);
    } else if (card && path.slice(2).join('/') === INSTANCE) {
      if (card.instances.length >= MAX_INSTANCES) throw fail(`at most ${MAX_INSTANCES} instances`, 'more');
      instance = { memory_total: null, sm_count: null, gpu_uuid: null, profile: null };
      card.instances.push(instance);
    }
  });
  const take = (chunk: string) => {
    content += chunk;
    if (content.length <= MAX_FIELD_CHARS || content.trim() === '') return;
    // Long text stands only where nothing is read from, such as a process name.
    content = content.slice(0, MAX_FIELD_CHARS);
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', ({ name }) => {
    const value = content.trim();
    content = '';
    const at = path.slice(2).join('/');
    path.pop();
    if (path.length === 1 && name === 'driver_version') driver = value;
    if (path.length === 1 && name === 'attached_gpus' && /^\d{1,4}$/.test(value)) attached = Number(value);
    if (path.length === 1 && name === 'gpu') {
      card = undefined;
      seen.clear();
    }
    if (!card) return;
    if (instance && at === INSTANCE) {
      instance = undefined;
      return;
    }
    const field = instance ? undefined : CARD_FIELDS[at];
    if (field) {
      if (seen.has(at)) throw fail(`one ${at} in a card`, 'two');
      seen.add(at);
      card.values[field] = value;
    }
    const part = instance ? INSTANCE_FIELDS[at.slice(INSTANCE.length + 1)] : undefined;
    if (instance && part) instance[part] = value;
  });

  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof GhostcardError) throw error;
    throw fail('well-formed XML', error instanceof Error ? error.message : String(error), AGAIN);
  }
  // A card that fell off the bus is counted and not listed; so is one that -i left out.
  if (cards.length > 0 && cards.length < attached) {
    notes.add(base + 1, `${cards.length} of ${attached} attached cards are listed`);
  }
  if (driver !== undefined) for (const one of cards) one.values.driver_version = driver;
  return cards;
}

/**
 * Names of processes are read by nothing, and nvidia-smi prints them as they are: `<`, `&`, bytes of any
 * encoding.
 */
function withoutProcessNames(text: string): string {
  const [open, close] = ['<process_name>', '</process_name>'];
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf(open, from);
    const end = start < 0 ? -1 : text.indexOf(close, start);
    if (end < 0) break;
    const lines = text.slice(start, end).replace(/[^\n]/g, '');
    kept.push(text.slice(from, start), open, lines, close);
    from = end + close.length;
  }
  return kept.join('') + text.slice(from);
}

/** Text beside the documents: what the tool says. Anything with a mark of XML in it is more than that. */
function noteMessages(file: string, text: string, base: number, notes: Notes): void {
  for (const [i, line] of text.split('\n').entries()) {
    if (line.includes('<')) {
      throw refuse(file, base + i + 1, 'nothing but messages beside the element nvidia_smi_log', line);
    }
    if (/unable to determine the device handle/i.test(line)) notes.add(base + i + 1, NO_ANSWER, line.trim());
    else if (line.trim() !== '')
      notes.add(base + i + 1, 'a message beside the list is left out', line.trim());
  }
}

/** The samples of a loop and what stands before, between and after them, in order. */
function* partsOf(text: string): Generator<{ sample: boolean; text: string }> {
  let from = 0;
  do {
    const next = text.slice(from).search(/<(\?xml|!DOCTYPE|nvidia_smi_log)/);
    const start = next < 0 ? text.length : from + next;
    yield { sample: false, text: text.slice(from, start) };
    if (next < 0) return;
    const end = text.indexOf(END, start);
    from = end < 0 ? text.length : end + END.length;
    yield { sample: true, text: text.slice(start, from) };
  } while (from < text.length);
}

/** @throws GhostcardError E_INVENTORY, with the line. */
export function parseXml(file: string, given: string, notes: Notes): PrintedCard[] {
  const text = withoutProcessNames(given);
  const roll = cardRoll(file, notes);
  let line = 0;
  let i = -1;
  for (const part of partsOf(text)) {
    if (++i >= MAX_DOCUMENTS * 2)
      throw refuse(file, line + 1, `at most ${MAX_DOCUMENTS} samples`, 'more', CUT);
    if (!part.sample) noteMessages(file, part.text, line, notes);
    else if (i > 1 && !part.text.endsWith(END)) {
      notes.add(line + 1, 'the last sample of a loop is cut off and left out');
    } else for (const card of parseDocument(file, part.text, line, notes)) roll.add(card);
    line += part.text.split('\n').length - 1;
  }
  const cards = roll.cards();
  if (cards.length > 0) return cards;
  throw (
    namedRefusal(file, text) ??
    refuse(file, 0, 'at least one gpu element', 'none', 'Check that the driver sees a card, then repeat.')
  );
}
