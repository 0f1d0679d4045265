/**
 * What a document of `nvidia-smi -q -x` prints under each card, without a parser of inventories: to compare
 * with.
 */
import { WORDS } from '../../fixtures/captures/table.ts';

export interface PrintedElements {
  gpu_id: string;
  /** Texts by element under `gpu`, in order; null for one with elements in it. */
  texts: ReadonlyMap<string, readonly (string | null)[]>;
}

const TAG = /<(\/?)([A-Za-z_]\w*)([^>/]*)>([^<]*)/g;

/** One published file closes an empty element in its own tag. */
const openedAndClosed = (xml: string) => xml.replace(/<(\w+)\s*\/>/g, '<$1></$1>');

/** Reads what nvidia-smi itself wrote. A hostile file is a matter for `inventory/`. */
export function printedElements(xml: string): PrintedElements[] {
  const cards: { gpu_id: string; texts: Map<string, (string | null)[]> }[] = [];
  const open: { name: string; text: string; parent: boolean }[] = [];
  for (const [, closes, name, attributes, text] of openedAndClosed(xml).matchAll(TAG)) {
    if (closes === '') {
      if (open.length > 0) open.at(-1)!.parent = true;
      if (open.length === 1 && name === 'gpu')
        cards.push({ gpu_id: /id="([^"]*)"/.exec(attributes!)?.[1] ?? '', texts: new Map() });
      open.push({ name: name!, text: text!.trim(), parent: false });
      continue;
    }
    const path = open.map((one) => one.name);
    const last = open.pop()!;
    if (path[1] !== 'gpu' || path.length < 3) continue;
    const element = path.slice(2).join('/');
    const { texts } = cards.at(-1)!;
    texts.set(element, [...(texts.get(element) ?? []), last.parent ? null : last.text]);
  }
  return cards;
}

/** The mark of `elements.csv` for the first text of an element; empty where it is absent. */
export function markOf(texts: readonly (string | null)[] | undefined): string {
  if (texts === undefined) return '';
  const text = texts[0]!;
  if (text === null) return '+';
  return [...WORDS].find(([, word]) => word === text)?.[0] ?? '=';
}
