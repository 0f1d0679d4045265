/**
 * What a file of nvidia-smi contradicts in itself, in fields that the dataset contract does not carry. Facts, no
 * judgement: each was silent on 25 real captures (one of them redacted) of drivers 418 to 595 and, but for
 * `memory-absurd`, spoke on outputs of a mock driver.
 */
import { leadingNumber, mebibytes, type PrintedCard } from './printed-card.ts';
import type { PrintedFile } from './read.ts';

export interface FileFact {
  device_id: string;
  gpu_index: number;
  fact: string;
  says: string;
  reported: string;
  expected: string;
}

/** What one card says: the reported and the expected text, or null for nothing odd. */
type Check = (card: PrintedCard, cards: readonly PrintedCard[]) => readonly [string, string] | null;

const VERSION = /^\d{3}\.\d{2,3}(\.\d{1,2})?$/;
/** Above idle noise: the counter is an average of up to a second, the reason is of the moment. */
const BUSY_PCT = 20;
/** Since 515 the open kernel module and the printing of part numbers go together on every capture at hand. */
const PART_NUMBER_BRANCH = 515;
/** 4 TiB. The largest card of 2026 has 288 GB; drivers that fail to read memory print 17592186044134 MiB. */
const MOST_MIB = 4_194_304;

const busId = (text: string | undefined) => /^([0-9a-f]+):[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.exec(text ?? '');
const branch = (card: PrintedCard) => Number((card.values.driver_version ?? '').split('.')[0]) || 0;
const isVirtual = (card: PrintedCard) => /vgpu/i.test(card.values.virtualization_mode ?? '');

/** The GSP firmware is a part of the driver package and carries its version. */
const firmware: Check = ({ values: { driver_version: driver, gsp_firmware_version: gsp } }) =>
  VERSION.test(driver ?? '') && VERSION.test(gsp ?? '') && gsp !== driver ? [gsp!, driver!] : null;

/** NVML prints the domain in eight digits since driver 375; four is its legacy field, which nvidia-smi does not print. */
const shortBus: Check = (card) => {
  const match = busId(card.values.pci_bus_id);
  return branch(card) >= 375 && match && match[1]!.length !== 8
    ? [card.values.pci_bus_id!, '8 digits of domain']
    : null;
};

const idleAndBusy: Check = ({ values }) => {
  const busy = leadingNumber(values.utilization_gpu, /^%$/);
  return values.idle_reason === 'Active' && busy !== null && busy >= BUSY_PCT
    ? [`idle, ${values.utilization_gpu}`, 'idle or busy']
    : null;
};

/** Two cards of one host rarely draw the same power to a hundredth of a watt at the same temperature. */
const sameReadings: Check = (card, cards) => {
  const { power_draw: power, temperature_gpu: temperature } = card.values;
  const watts = leadingNumber(power, /^W$/);
  if (watts === null || watts <= 0 || temperature === undefined) return null;
  const twin = cards.find(
    (other) =>
      other !== card && other.values.power_draw === power && other.values.temperature_gpu === temperature,
  );
  return twin ? [`${power}, ${temperature} on several cards`, 'readings of its own'] : null;
};

const absurdMemory: Check = ({ values: { memory_total: memory } }) => {
  const digits = /^(\d+)(?:\.\d+)?\s*(?:Mi?B)?$/.exec((memory ?? '').trim())?.[1];
  return digits !== undefined && Number(digits) > MOST_MIB ? [memory!, `at most ${MOST_MIB} MiB`] : null;
};

const noPartNumber: Check = (card) => {
  const part = (card.values.gpu_part_number ?? 'N/A').trim();
  const hasPart = part !== '' && part !== 'N/A' && part !== '[N/A]';
  // Only a full listing shows that the driver left it out: --query-gpu prints what was asked for.
  if (hasPart || card.values.gpu_part_number === undefined || isVirtual(card)) return null;
  return branch(card) >= PART_NUMBER_BRANCH && mebibytes(card.values.memory_total) !== null
    ? [part, 'a part number']
    : null;
};

const CHECKS: Readonly<Record<string, { says: string; check: Check }>> = {
  'gsp-firmware': {
    says: 'The firmware that the driver loads has another version than the driver.',
    check: firmware,
  },
  'bus-id-form': { says: 'The bus address is not written as nvidia-smi writes it.', check: shortBus },
  'idle-and-busy': { says: 'The card says that it is idle and that it is at work.', check: idleAndBusy },
  'same-readings': { says: 'Several cards have the very same readings.', check: sameReadings },
  'memory-absurd': {
    says: 'No card has this much memory: it was made up, or the driver could not read it.',
    check: absurdMemory,
  },
  'no-part-number': {
    says: 'The driver prints no part number, as it does for every real card.',
    check: noPartNumber,
  },
};

export function fileFacts({ device_id, cards }: PrintedFile): FileFact[] {
  return Object.entries(CHECKS).flatMap(([fact, { says, check }]) =>
    cards.flatMap((card) => {
      const found = check(card, cards);
      return found
        ? [{ device_id, gpu_index: card.index, fact, says, reported: found[0], expected: found[1] }]
        : [];
    }),
  );
}
