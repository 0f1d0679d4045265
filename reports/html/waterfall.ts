/**
 * The waterfall of evidence as inline SVG: one bar per term, from the running total before it to the one
 * after.
 */
import { type Html, html } from './html.ts';

export interface Scale {
  low: number;
  high: number;
}

const WIDTH = 240;
const HEIGHT = 14;

/** A scale in nats that holds the prior, the threshold and every running total. */
export function waterfallScale(values: readonly number[]): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const margin = Math.max((high - low) * 0.03, 0.1);
  return { low: low - margin, high: high + margin };
}

const place = (value: number, { low, high }: Scale) => ((value - low) / (high - low)) * WIDTH;
const fixed = (value: number) => value.toFixed(1);

/**
 * `from` and `to` in nats; `threshold` is drawn as a line. Decoration: the numbers stand beside it as text.
 */
export function waterfallBar(from: number, to: number, threshold: number, scale: Scale): Html {
  const left = place(Math.min(from, to), scale);
  const width = Math.max(place(Math.max(from, to), scale) - left, 1.5);
  const line = place(threshold, scale);
  const kind = to < from ? 'for' : 'against';
  return html`<svg class="fall" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true" focusable="false"><line class="zero" x1="${fixed(place(0, scale))}" x2="${fixed(place(0, scale))}" y1="0" y2="${HEIGHT}"/><line class="threshold" x1="${fixed(line)}" x2="${fixed(line)}" y1="0" y2="${HEIGHT}"/><rect class="${kind}" x="${fixed(left)}" y="3" width="${fixed(width)}" height="8" rx="1"/></svg>`;
}

export interface Part {
  label: string;
  value: number;
  /** Class of the colour. */
  kind: 'bad' | 'hold' | 'good' | 'none' | 'seen' | 'thin' | 'little' | 'unseen';
}

/** One bar divided by shares, with its parts named in the text alternative. */
export function shareBar(parts: readonly Part[], title: string): Html {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  if (total <= 0) return html``;
  let at = 0;
  const bars = parts.map(({ value, kind }) => {
    const width = (value / total) * 1000;
    const bar = html`<rect class="${kind}" x="${fixed(at)}" y="0" width="${fixed(Math.max(width - 2, value > 0 ? 1 : 0))}" height="12"/>`;
    at += width;
    return bar;
  });
  return html`<svg class="share" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="${title}">${bars}</svg>`;
}
