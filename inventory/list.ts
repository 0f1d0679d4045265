/** Reads `nvidia-smi -L`: name and uuid of each card, and of its MIG instances. */
import { cardRoll, NO_ANSWER } from './identity.ts';
import type { Notes } from './notes.ts';
import { MAX_INSTANCES, type PrintedCard, type Sighting } from './printed-card.ts';
import { refuse } from './refusal.ts';

const CARD = /^\s*GPU (\d{1,4}): (.*?) \(UUID: ([^()]*)\)?\s*$/;
const INSTANCE = /^\s*MIG (\S+)\s+Device\s+\d+: \(UUID: ([^()]*)\)?\s*$/;

/** Names have at most 96 characters, uuids 60: a longer line is none of nvidia-smi's. */
const MAX_LINE_CHARS = 1_024;
const linesOf = (text: string) =>
  text.split(/\r\n|\n|\r/).map((line) => (line.length > MAX_LINE_CHARS ? `… ${line.slice(0, 100)}` : line));

export function isList(text: string): boolean {
  return linesOf(text).some((line) => CARD.test(line));
}

/** @throws GhostcardError E_INVENTORY, with the line. */
export function parseList(file: string, text: string, notes: Notes): PrintedCard[] {
  const roll = cardRoll(file, notes);
  let card: Sighting | undefined;
  for (const [i, line] of linesOf(text).entries()) {
    const [, index, name, gpu_uuid] = CARD.exec(line) ?? [];
    const [, profile, mig_uuid] = INSTANCE.exec(line) ?? [];
    if (index !== undefined) {
      if (card) roll.add(card);
      card = {
        line: i + 1,
        index: Number(index),
        values: { name: name!, gpu_uuid: gpu_uuid! },
        instances: [],
      };
    } else if (card && profile !== undefined) {
      if (card.instances.length >= MAX_INSTANCES) {
        throw refuse(file, i + 1, `at most ${MAX_INSTANCES} instances`, 'more');
      }
      card.instances.push({ memory_total: null, sm_count: null, gpu_uuid: mig_uuid!, profile });
    } else if (/unable to determine the device handle/i.test(line)) notes.add(i + 1, NO_ANSWER, line);
    else if (line.trim() !== '') notes.add(i + 1, 'a line that is no card is left out', line);
  }
  if (card) roll.add(card);
  return roll.cards();
}
