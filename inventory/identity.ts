/**
 * Which rows of one file are one card: those with the same uuid, else bus address, else index. Samples of a
 * loop are one card, MIG instances are told apart by their own uuid, and how many places one card claims is
 * kept.
 */
import type { Notes } from './notes.ts';
import { busKey, isPlaceholder, uuidKey } from './placeholder.ts';
import {
  FIELDS,
  MAX_CARDS,
  MAX_INSTANCES,
  type PrintedCard,
  type PrintedInstance,
  READINGS,
  type Sighting,
  type Values,
} from './printed-card.ts';
import { readable, readableInstances } from './readable.ts';
import { refuse } from './refusal.ts';

/** Said of a row in which nothing is printed but that the card is lost. */
export const NO_ANSWER = 'a card that does not answer is left out';

interface Known {
  line: number;
  uuid: string | null;
  values: Values;
  instances: PrintedInstance[];
  indices: Set<number>;
  buses: Set<string>;
  rows: number;
}

export interface Roll {
  /** @throws GhostcardError E_INVENTORY for more cards than a machine has. */
  add: (sighting: Sighting) => void;
  /** The cards by index. */
  cards: () => PrintedCard[];
}

const GPU_UUID = /^gpu(-[0-9a-f]{8})(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isMig = (uuid: string | null) => uuid?.startsWith('mig-') === true;

/** One character odd, or gone at an end: two random uuids are that close once in 2^115. */
function isNear(one: string, other: string): boolean {
  if (!(GPU_UUID.test(one) || GPU_UUID.test(other))) return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (long.length - short.length === 1) return long.startsWith(short) || long.endsWith(short);
  if (long.length !== short.length) return false;
  let differing = 0;
  for (let i = 0; i < long.length; i++) if (long[i] !== short[i]) differing += 1;
  return differing === 1;
}

/** The place where both are: true, false, or null where they share no way of naming it. */
function samePlace(known: Known, bus: string | null, index: number | null): boolean | null {
  if (bus !== null && known.buses.size > 0) return known.buses.has(bus);
  return index !== null && known.indices.size > 0 ? known.indices.has(index) : null;
}

function find(all: readonly Known[], uuid: string | null, bus: string | null, index: number | null) {
  return all.find((one) => {
    const place = samePlace(one, bus, index);
    if (uuid !== null && one.uuid !== null) return place !== false && isNear(uuid, one.uuid);
    return place === true && !isMig(uuid) && !isMig(one.uuid);
  });
}

function merge(known: Known, values: Values, line: number, notes: Notes): void {
  for (const field of FIELDS) {
    const had = known.values[field];
    const has = values[field];
    if (has === undefined || had === has) continue;
    if (had === undefined || (isPlaceholder(had) && !isPlaceholder(has))) known.values[field] = has;
    else if (!READINGS.has(field) && field !== 'pci_bus_id' && !isPlaceholder(has)) {
      notes.add(line, `${field} of one card changes: the first one is kept`, has);
    }
  }
}

/** Shown more often than it has places: one listing shows each place once. */
const isLogged = ({ rows, indices, buses }: Known) => rows > Math.max(1, indices.size, buses.size);

/**
 * The index that a card was first shown under; where another has it, or none was shown, the smallest free
 * one.
 */
function numbered(all: readonly Known[]): Array<readonly [number, Known]> {
  const taken = new Set<number>();
  const first = all.map((one) => {
    const index = [...one.indices][0];
    if (index === undefined || taken.has(index)) return undefined;
    taken.add(index);
    return index;
  });
  let free = 0;
  return all.map((one, i) => {
    const index = first[i];
    if (index !== undefined) return [index, one] as const;
    while (taken.has(free)) free += 1;
    taken.add(free);
    return [free, one] as const;
  });
}

export function cardRoll(file: string, notes: Notes): Roll {
  const all: Known[] = [];
  const byUuid = new Map<string, Known>();
  const nameless: Array<readonly [Sighting, Values]> = [];

  const enter = (sighting: Sighting, values: Values, uuid: string | null, bus: string | null) => {
    if (all.length >= MAX_CARDS) {
      const todo = 'Hand over one file a machine. A log needs the column uuid, pci.bus_id or index.';
      throw refuse(file, sighting.line, `at most ${MAX_CARDS} cards`, 'more', todo);
    }
    const { line } = sighting;
    const sets = { indices: new Set<number>(), buses: new Set<string>() };
    const known: Known = { line, uuid, values: {}, instances: [], rows: 0, ...sets };
    all.push(known);
    note(known, sighting, values, bus);
  };
  const note = (known: Known, sighting: Sighting, values: Values, bus: string | null) => {
    const { line, index } = sighting;
    known.uuid ??= uuidKey(values.gpu_uuid);
    if (known.uuid !== null) byUuid.set(known.uuid, known);
    known.rows += 1;
    if (index !== null) known.indices.add(index);
    if (bus !== null) known.buses.add(bus);
    merge(known, values, line, notes);
    const shown = new Set(known.instances.map(({ gpu_uuid }) => uuidKey(gpu_uuid ?? undefined)));
    const seen = readableInstances(sighting, notes);
    const fresh =
      known.instances.length === 0
        ? seen
        : seen.filter(({ gpu_uuid }) => !shown.has(uuidKey(gpu_uuid ?? undefined)));
    known.instances = [...known.instances, ...fresh].slice(0, MAX_INSTANCES);
  };

  return {
    add(sighting) {
      const lost = sighting.index === null && Object.values(sighting.values).every(isPlaceholder);
      if (lost) return notes.add(sighting.line, NO_ANSWER);
      const values = readable(sighting, notes);
      const [uuid, bus] = [uuidKey(values.gpu_uuid), busKey(values.pci_bus_id)];
      if (uuid === null && bus === null && sighting.index === null) {
        if (Object.values(values).every(isPlaceholder)) notes.add(sighting.line, NO_ANSWER);
        else if (nameless.length <= MAX_CARDS) nameless.push([sighting, values]);
        return;
      }
      const known = byUuid.get(uuid ?? '') ?? find(all, uuid, bus, sighting.index);
      if (known) note(known, sighting, values, bus);
      else enter(sighting, values, uuid, bus);
    },
    cards() {
      // In a log such a row is one more sample of a card that is known, or of one that nothing tells from the
      // others.
      const logged = all.some(isLogged);
      for (const [sighting, values] of nameless) {
        if (logged)
          notes.add(sighting.line, 'a row that names no card (no uuid, bus address or index) is left out');
        else enter(sighting, values, null, null);
      }
      return numbered(all)
        .map(([index, known]): PrintedCard => {
          const { line, values, instances, rows, indices, buses } = known;
          if (indices.size > 1 || buses.size > 1) {
            const says = `card ${index} is shown under ${indices.size} indices and ${buses.size} bus addresses`;
            notes.add(line, says);
          }
          const claims = { rows, indices: indices.size, bus_ids: buses.size, logged: isLogged(known) };
          return { line, index, values, instances, claims };
        })
        .sort((a, b) => a.index - b.index);
    },
  };
}
