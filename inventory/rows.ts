/**
 * Rows of the contract's `gpus` and `devices` from what nvidia-smi printed. Placeholders are still in them.
 */
import type { Row } from '../contracts/dataset.ts';
import { isPlaceholder } from './placeholder.ts';
import { mebibytes, type PrintedCard, type PrintedInstance } from './printed-card.ts';
import type { PrintedFile } from './read.ts';

/** A MIG profile of the catalogue (`reference.slices`). */
export interface MigProfile {
  parent_model: string;
  profile: string;
  memory_mib: number | null;
  memory_mib_nominal: number;
  sm_count: number | null;
}

/**
 * The profile that an instance has: nvidia-smi -x prints its memory and SMs, -L its name. Usable memory is 85
 * to 100 % of the nominal size (16384 of 18432 MiB for an H200's 1g.18gb). `unknown` where the catalogue
 * holds none or several.
 */
function profileOf(
  parent: string | undefined,
  instance: PrintedInstance,
  profiles: readonly MigProfile[],
): string {
  if (instance.profile !== null) return instance.profile;
  const memory = mebibytes(instance.memory_total);
  const sms = mebibytes(instance.sm_count);
  const fitting = profiles.filter(
    (one) =>
      one.parent_model === parent &&
      (sms === null || one.sm_count === null || one.sm_count === sms) &&
      memory !== null &&
      memory >= one.memory_mib_nominal * 0.85 &&
      memory <= one.memory_mib_nominal,
  );
  const exact = fitting.filter((one) => one.memory_mib === memory);
  const [first, ...others] = exact.length > 0 ? exact : fitting;
  return first && others.length === 0 ? first.profile : 'unknown';
}

function whole(device_id: string, seen_at: number | null, { index, values }: PrintedCard): Row<'gpus'> {
  return {
    device_id,
    gpu_index: index,
    seen_at,
    gpu_uuid: values.gpu_uuid ?? null,
    serial: values.serial ?? null,
    gpu_part_number: values.gpu_part_number ?? null,
    pci_bus_id: values.pci_bus_id ?? null,
    pci_device_id: values.pci_device_id ?? null,
    pci_subsystem_id: values.pci_subsystem_id ?? null,
    name: values.name ?? null,
    memory_total_mib: mebibytes(values.memory_total),
    vbios_version: values.vbios_version ?? null,
    mig_profile: null,
    virtualization_mode: values.virtualization_mode ?? null,
  };
}

/**
 * Whole cards under nvidia-smi's own index; MIG instances after them, since the contract's key is one number.
 */
export function gpuRows(
  { device_id, cards }: PrintedFile,
  seen_at: number | null,
  profiles: readonly MigProfile[],
): Row<'gpus'>[] {
  const rows = cards.map((card) => whole(device_id, seen_at, card));
  let next = Math.max(...cards.map((card) => card.index)) + 1;
  for (const card of cards) {
    const parent = whole(device_id, seen_at, card);
    for (const instance of card.instances) {
      const mig_profile = profileOf(card.values.name, instance, profiles);
      rows.push({
        ...parent,
        gpu_index: next++,
        gpu_uuid: instance.gpu_uuid,
        name: card.values.name === undefined ? null : `${card.values.name} MIG ${mig_profile}`,
        memory_total_mib: mebibytes(instance.memory_total),
        mig_profile,
      });
    }
  }
  return rows;
}

/** How many cards a file lists: one that is listed in several places is sold as several. */
function listed(cards: readonly PrintedCard[]): number {
  const whole = cards.filter(({ values }) => !/^mig-/i.test(values.gpu_uuid ?? ''));
  const places = whole.map(({ claims: { rows, logged } }) => (logged ? 1 : rows));
  return Math.max(
    1,
    places.reduce((sum, count) => sum + count, 0),
  );
}

/**
 * The machine as it would be registered if its file were believed: the first name that is printed, all its
 * whole cards.
 */
export function deviceRow({ device_id, cards }: PrintedFile, registered_at: number): Row<'devices'> {
  const first = (field: 'name' | 'driver_version') =>
    cards.map(({ values }) => values[field]).find((value) => value !== undefined && !isPlaceholder(value));
  return {
    device_id,
    account_id: device_id,
    registered_at,
    gpu_model: first('name') ?? 'unknown',
    gpu_count: listed(cards),
    driver_version: first('driver_version') ?? null,
  };
}
