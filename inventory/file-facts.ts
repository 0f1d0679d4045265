/**
 * What a file of nvidia-smi contradicts in itself, in fields that the dataset contract does not carry. Facts,
 * no judgement. Each says in how many files of real cards it could have spoken and was silent
 * (real-files.ts).
 */

import type { FileFact } from '../contracts/inventory.ts';
import { leadingNumber, mebibytes, type PrintedCard } from './printed-card.ts';
import type { PrintedFile } from './read.ts';

/**
 * What one card says: the reported and the expected text; null for nothing odd, undefined where it cannot
 * tell.
 */
type Check = (
  card: PrintedCard,
  cards: readonly PrintedCard[],
) => readonly [string, string] | null | undefined;

const VERSION = /^\d{3}\.\d{2,3}(\.\d{1,2})?$/;
/** 381.22 still prints four digits of domain, 384.90 eight. */
const LONG_BUS_BRANCH = 384;
/**
 * A GTX 1050 and an RTX 2070 SUPER print `N/A` under 515.65.01 and 516.40; since 525 cards print their chip's
 * number.
 */
const PART_NUMBER_BRANCH = 525;
/** 4 TiB. The largest card of 2026 has 288 GB; drivers that fail to read memory print 17592186044134 MiB. */
const MOST_MIB = 4_194_304;

const busId = (text: string | undefined) => /^([0-9a-f]+):[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.exec(text ?? '');
const branch = (card: PrintedCard) => Number((card.values.driver_version ?? '').split('.')[0]) || 0;
const isVirtual = (card: PrintedCard) => /vgpu/i.test(card.values.virtualization_mode ?? '');

/** The GSP firmware is a part of the driver package and carries its version. */
const firmware: Check = ({ values: { driver_version: driver, gsp_firmware_version: gsp } }) => {
  if (!VERSION.test(driver ?? '') || !VERSION.test(gsp ?? '')) return undefined;
  return gsp === driver ? null : [gsp!, driver!];
};

const shortBus: Check = (card) => {
  const match = busId(card.values.pci_bus_id);
  if (branch(card) < LONG_BUS_BRANCH || !match) return undefined;
  return match[1]!.length === 8 ? null : [card.values.pci_bus_id!, '8 digits of domain'];
};

/** Two idle cards may print the same watts by chance; all of a host, to a hundredth of a watt, do not. */
const sameReadings: Check = (_, cards) => {
  const printed = cards.flatMap(({ values: { power_draw: power, temperature_gpu: temperature } }) =>
    (leadingNumber(power, /^W$/) ?? 0) > 0 && temperature !== undefined ? [`${power}, ${temperature}`] : [],
  );
  if (printed.length < 2) return undefined;
  const one = new Set(printed).size === 1;
  return one ? [`${printed[0]} on each of ${printed.length} cards`, 'readings of its own'] : null;
};

const absurdMemory: Check = ({ values: { memory_total: memory } }) => {
  const digits = /^(\d+)(?:\.\d+)?\s*(?:Mi?B)?$/.exec((memory ?? '').trim())?.[1];
  if (digits === undefined) return undefined;
  return Number(digits) > MOST_MIB ? [memory!, `at most ${MOST_MIB} MiB`] : null;
};

const noPartNumber: Check = (card) => {
  // Only a listing that has the field shows that the driver left it out; a card that is lost prints nothing
  // at all.
  const part = card.values.gpu_part_number?.trim();
  if (part === undefined || isVirtual(card) || mebibytes(card.values.memory_total) === null) return undefined;
  if (branch(card) < PART_NUMBER_BRANCH) return undefined;
  return part === '' || part === 'N/A' || part === '[N/A]' ? [part, 'a part number'] : null;
};

/** A log may show a card before and after it was moved; one listing cannot. */
const manyPlaces: Check = ({ claims: { rows, indices, bus_ids, logged } }) => {
  if (logged) return undefined;
  return rows > 1 ? [`${indices} indices, ${bus_ids} bus addresses`, 'one place'] : null;
};

export const CHECKS: Readonly<Record<string, { says: string; check: Check }>> = {
  'gsp-firmware': {
    says: 'The firmware that the driver loads has another version than the driver.',
    check: firmware,
  },
  'bus-id-form': { says: 'The bus address is not written as nvidia-smi writes it.', check: shortBus },
  'same-readings': { says: 'All cards of the host have the very same readings.', check: sameReadings },
  'memory-absurd': {
    says: 'No card has this much memory: it was made up, or the driver could not read it.',
    check: absurdMemory,
  },
  'no-part-number': {
    says: 'The driver prints no part number, as it does for every real card since branch 525.',
    check: noPartNumber,
  },
  'one-card-many-places': {
    says: 'One card is listed several times, as if it were several cards.',
    check: manyPlaces,
  },
};

export function fileFacts({ device_id, cards }: Pick<PrintedFile, 'device_id' | 'cards'>): FileFact[] {
  return Object.entries(CHECKS).flatMap(([fact, { says, check }]) =>
    cards.flatMap((card) => {
      const found = check(card, cards);
      return found
        ? [{ device_id, gpu_index: card.index, fact, says, reported: found[0], expected: found[1] }]
        : [];
    }),
  );
}
