/** Holds one document of `nvidia-smi -q -x` to the tables of captures. */
import { expect } from 'vitest';
import { drawn, fits } from '../../fixtures/captures/identifiers.ts';
import { CARD_COLUMNS, type Capture, ELEMENTS } from '../../fixtures/captures/table.ts';
import { markOf, printedElements } from './printed-elements.ts';

/** Elements, words, values and repetitions. `made` says that the identifiers were drawn for it. */
export function holdDocument(capture: Capture, xml: string, made: boolean): void {
  const head = (name: string) => new RegExp(`^\\s+<${name}>(.*)</${name}>$`, 'm').exec(xml)?.[1] ?? '';
  expect(/nvsmi_device_v(\d+)\.dtd/.exec(xml)?.[1] ?? null).toBe(capture.dtd?.toString() ?? null);
  for (const name of ['timestamp', 'driver_version', 'cuda_version', 'attached_gpus'] as const)
    expect(head(name), name).toBe(capture[name]);
  const cards = printedElements(xml);
  expect(cards).toHaveLength(capture.cards.length);
  const known = new Set(ELEMENTS.map(({ element }) => element));
  for (const [i, { gpu_id, texts }] of cards.entries()) {
    const card = capture.cards[i]!;
    expect(gpu_id).toBe(card.gpu_id);
    expect([...texts.keys()].filter((element) => !known.has(element))).toEqual([]);
    const marks = ELEMENTS.map(({ element }) => `${element} ${markOf(texts.get(element))}`);
    expect(marks).toEqual(ELEMENTS.map((one) => `${one.element} ${one.marks[card.shape]}`));
    for (const [element, column] of Object.entries(CARD_COLUMNS)) {
      const [text, pattern] = [texts.get(element)?.[0], card.values[column]];
      if (typeof text !== 'string' || markOf([text]) !== '=') continue;
      if (made) expect(text, element).toBe(drawn(pattern, card.card));
      else expect(fits(pattern, text), `${element}: ${text}`).toBe(true);
    }
    const times = (element: string) => texts.get(element)?.length ?? 0;
    const clocks = card.supported_clocks.reduce((sum, count) => sum + count, 0);
    expect(times('processes/process_info')).toBe(card.processes);
    expect(times('supported_clocks/supported_mem_clock')).toBe(card.supported_clocks.length);
    expect(times('supported_clocks/supported_mem_clock/supported_graphics_clock')).toBe(clocks);
    expect(times('mig_devices/mig_device')).toBe(card.instances.length);
  }
}
