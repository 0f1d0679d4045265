/** Tables with a caption and scoped headers; figures to the right. */
import { grouped } from '../figures.ts';
import { type Html, type HtmlValue, html } from './html.ts';

export interface Column<Row> {
  head: string;
  cell(row: Row): HtmlValue;
  /** Right-aligned figures. */
  figure?: boolean;
}

/** The first column is the row's header. An empty table is a sentence. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  empty: string,
): Html {
  if (rows.length === 0) return html`<p class="note">${empty}</p>`;
  const kind = (column: Column<Row>) => (column.figure ? 'n' : 't');
  const head = columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.head}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map((column, i) =>
      i === 0
        ? html`<th scope="row" class="${kind(column)}">${column.cell(row)}</th>`
        : html`<td class="${kind(column)}">${column.cell(row)}</td>`,
    );
    return html`<tr>${cells}</tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Says that a list was cut, and where the whole of it stands. */
export function cut(shown: number, all: number, what: string, where: string): Html | null {
  if (shown >= all) return null;
  return html`<p class="note">${grouped(shown)} of ${grouped(all)} ${what} are shown here; all of them stand in <code>${where}</code>.</p>`;
}
