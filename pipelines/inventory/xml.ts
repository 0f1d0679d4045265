/**
 * Reads `nvidia-smi -q -x`. The file comes from the account holder: nothing that it declares is obeyed (no entities of
 * its own, no external subset), and depth, elements and cards are bounded.
 */
import { SaxesParser } from 'saxes';
import { GhostcardError } from '../../contracts/errors.ts';
import {
  type Field,
  MAX_CARDS,
  MAX_INSTANCES,
  type PrintedCard,
  type PrintedInstance,
} from './printed-card.ts';
import { refuse } from './refusal.ts';

/** Real outputs nest 7 deep and hold about 1,300 elements a card (driver 595). */
const MAX_DEPTH = 24;
const MAX_ELEMENTS = 500_000;
const MAX_FIELD_CHARS = 4_096;

/** Elements under `gpu`, by path. Drivers before 530 call the events throttle reasons and the readings power_readings. */
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
  'clocks_event_reasons/clocks_event_reason_gpu_idle': 'idle_reason',
  'clocks_throttle_reasons/clocks_throttle_reason_gpu_idle': 'idle_reason',
  'utilization/gpu_util': 'utilization_gpu',
  'gpu_power_readings/instant_power_draw': 'power_draw',
  'gpu_power_readings/power_draw': 'power_draw',
  'power_readings/power_draw': 'power_draw',
  'temperature/gpu_temp': 'temperature_gpu',
};
const INSTANCE_FIELDS: Readonly<Record<string, keyof PrintedInstance>> = {
  'fb_memory_usage/total': 'memory_total',
  'device_attributes/shared/multiprocessor_count': 'sm_count',
  uuid: 'gpu_uuid',
};
const INSTANCE = 'mig_devices/mig_device';

/** @throws GhostcardError E_INVENTORY, with the line. */
export function parseXml(file: string, text: string): PrintedCard[] {
  const cards: PrintedCard[] = [];
  const path: string[] = [];
  let elements = 0;
  let content = '';
  let driver: string | undefined;
  let card: PrintedCard | undefined;
  let instance: PrintedInstance | undefined;
  const parser = new SaxesParser({ xmlns: false, position: true, fileName: '' });
  const fail = (expected: string, got: string) => refuse(file, parser.line, expected, got);

  parser.on('error', (error) => {
    throw fail('well-formed XML', error.message.replace(/^:?\d+:\d+: /, ''));
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
      card = { line: parser.line, index: cards.length, values: {}, instances: [] };
      // The bus address stands in the attribute, too; trimmed files keep only that.
      if (attributes.id) card.values.pci_bus_id = attributes.id;
      cards.push(card);
    } else if (card && path.slice(2).join('/') === INSTANCE) {
      if (card.instances.length >= MAX_INSTANCES) throw fail(`at most ${MAX_INSTANCES} instances`, 'more');
      instance = { memory_total: null, sm_count: null, gpu_uuid: null };
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

  const seen = new Set<string>();
  parser.on('closetag', ({ name }) => {
    const value = content.trim();
    content = '';
    const at = path.slice(2).join('/');
    path.pop();
    if (path.length === 1 && name === 'driver_version') driver = value;
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
    throw fail('well-formed XML', error instanceof Error ? error.message : String(error));
  }
  if (cards.length === 0) throw refuse(file, 0, 'at least one gpu element', 'none');
  if (driver !== undefined) for (const one of cards) one.values.driver_version = driver;
  return cards;
}
