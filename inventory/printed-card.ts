/**
 * A card as a vendor's tool printed it, before anything is judged: text where a value stands, null where none
 * does.
 */
import type { Claims } from '../contracts/inventory.ts';

/** Fields of a card that the dataset contract or a check of the file uses. */
export const FIELDS = [
  'name',
  'gpu_uuid',
  'serial',
  'gpu_part_number',
  'pci_bus_id',
  'pci_device_id',
  'pci_subsystem_id',
  'memory_total',
  'vbios_version',
  'virtualization_mode',
  'driver_version',
  'gsp_firmware_version',
  'utilization_gpu',
  'power_draw',
  'temperature_gpu',
] as const;

export type Field = (typeof FIELDS)[number];
export type Values = Partial<Record<Field, string>>;

/** Fields that move from one sample of a loop to the next. What a card is stays. */
export const READINGS: ReadonlySet<Field> = new Set(['utilization_gpu', 'power_draw', 'temperature_gpu']);

/** One MIG instance of a card, as `nvidia-smi -q -x` and `-L` list it under its parent. */
export interface PrintedInstance {
  memory_total: string | null;
  sm_count: string | null;
  gpu_uuid: string | null;
  /** `3g.40gb`; `-L` prints it, `-q -x` does not. */
  profile: string | null;
}

/** One row, element or line that shows a card. Samples of a loop show it again and again. */
export interface Sighting {
  /** Line of the file at which it begins. */
  line: number;
  /** As printed, or its place in a list of cards; null where the form has neither. */
  index: number | null;
  values: Values;
  instances: PrintedInstance[];
}

export interface PrintedCard {
  line: number;
  index: number;
  values: Values;
  instances: PrintedInstance[];
  claims: Claims;
}

/** The largest host known has 16 cards; seven instances are the most that MIG makes of one. */
export const MAX_CARDS = 256;
export const MAX_INSTANCES = 64;

/**
 * A number at the start of `24564 MiB`, `145.00 W`, `50 %` or a bare `24564`; null for words such as `N/A`.
 */
export function leadingNumber(text: string | null | undefined, unit: RegExp): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,6})?)(?:\s*([^\d\s].*))?$/.exec((text ?? '').trim());
  if (!match || (match[2] !== undefined && !unit.test(match[2]))) return null;
  return Number(match[1]);
}

/** MiB of a memory field. Drivers before 340 wrote MB and meant the same. */
export function mebibytes(text: string | null | undefined): number | null {
  return leadingNumber(text, /^Mi?B$/);
}
