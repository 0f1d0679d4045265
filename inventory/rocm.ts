/** Reads `rocm-smi … --json`: one object a card, whose words differ between releases of ROCm. */
import { namedRefusal, RUN_ROCM } from './forms.ts';
import { cardRoll } from './identity.ts';
import type { Notes } from './notes.ts';
import { isPlaceholder } from './placeholder.ts';
import type { PrintedCard, Values } from './printed-card.ts';
import { refuse } from './refusal.ts';

type Printed = ReadonlyMap<string, string>;

/** Messages stand before and after the object. */
function objectOf(text: string): Record<string, unknown> | undefined {
  const start = text.search(/^[ \t]*\{/m);
  if (start < 0) return undefined;
  try {
    const parsed: unknown = JSON.parse(text.slice(start, text.lastIndexOf('}') + 1));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function printed(card: unknown): Printed {
  if (typeof card !== 'object' || card === null) return new Map();
  return new Map(
    Object.entries(card).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[name.trim().toLowerCase(), String(value).trim()]]
        : [],
    ),
  );
}

/** The first of these names that stands before a value. */
function first(card: Printed, ...names: string[]): string | undefined {
  return names.map((name) => card.get(name)).find((value) => value !== undefined && !isPlaceholder(value));
}

/** `0x744c` of a card by AMD; older releases print the device id as card model, and as GPU ID. */
function deviceId(card: Printed): string | undefined {
  const ids = ['device id', 'gpu id', 'card model'].map((name) => card.get(name) ?? '');
  const hex = ids.map((id) => /^0x([0-9a-f]{4})$/i.exec(id)?.[1]).find((id) => id !== undefined);
  return hex && `1002:${hex.toLowerCase()}`;
}

function valuesOf(card: Printed, driver: string | undefined): Values {
  const bytes = Number(/^\d{1,15}$/.exec(card.get('vram total memory (b)') ?? '')?.[0] ?? Number.NaN);
  const model = first(card, 'card model');
  const found: Record<string, string | undefined> = {
    name: first(card, 'card series', 'device name') ?? (model?.startsWith('0x') ? undefined : model),
    gpu_uuid: first(card, 'unique id'),
    serial: first(card, 'serial number'),
    pci_bus_id: first(card, 'pci bus'),
    pci_device_id: deviceId(card),
    vbios_version: first(card, 'vbios version'),
    memory_total: Number.isNaN(bytes) ? undefined : `${Math.floor(bytes / 2 ** 20)} MiB`,
    driver_version: driver,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Values;
}

export function isRocmJson(text: string): boolean {
  return /^[ \t]*\{/m.test(text) && /"card\d{1,3}"\s*:/.test(text);
}

/** @throws GhostcardError E_INVENTORY */
export function parseRocm(file: string, text: string, notes: Notes): PrintedCard[] {
  const all = objectOf(text);
  if (!all) throw refuse(file, 0, 'one JSON object of rocm-smi', 'text that is none', RUN_ROCM);
  const driver = first(printed(all.system), 'driver version');
  const roll = cardRoll(file, notes);
  for (const [key, card] of Object.entries(all)) {
    const index = /^card(\d{1,3})$/.exec(key)?.[1];
    if (index === undefined) continue;
    const values = valuesOf(printed(card), driver);
    if (Object.keys(values).length === 0) notes.add(0, 'a card of which nothing is printed is left out', key);
    else roll.add({ line: 0, index: Number(index), values, instances: [] });
  }
  const cards = roll.cards();
  if (cards.length > 0) return cards;
  throw namedRefusal(file, text) ?? refuse(file, 0, 'a card that says what it is', 'none', RUN_ROCM);
}
