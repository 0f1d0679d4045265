/** HTML by tagged templates: whatever is put in is text, unless it was made by `html` itself. */
import { printable } from '../terminal/printable.ts';

const MADE = Symbol('html');

/** Markup that `html` made. */
export interface Html {
  readonly [MADE]: string;
}

export type HtmlValue = string | number | Html | null | undefined | false | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Text for element content and quoted attribute values. Control and bidirectional characters become visible.
 */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character]!);
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return escapeHtml(String(value));
  if (Array.isArray(value)) return value.map(render).join('');
  return (value as Html)[MADE];
}

/** Attribute values must stand in double quotes in the template. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return { [MADE]: strings.reduce((text, part, i) => text + render(values[i - 1]) + part) };
}

export function markup(value: Html): string {
  return value[MADE];
}

/** Text that is ours and not markup of any kind: the style sheet. Throws if it could close its element. */
export function ownText(text: string): Html {
  if (text.includes('</')) throw new Error('the style sheet may not hold an end tag');
  return { [MADE]: text };
}
