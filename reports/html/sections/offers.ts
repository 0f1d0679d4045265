/** What other networks list: a count of supply, no verdict. */
import { grouped } from '../../figures.ts';
import { html } from '../html.ts';
import type { ReportModel } from '../model.ts';
import { cut, table } from '../table.ts';
import type { Section } from './summary.ts';

export function offersSection({ listed, run, cap }: ReportModel): Section {
  const { accounts } = run.summary;
  const judged = accounts.exclude + accounts.review + accounts.clear;
  const shown = listed.toSorted(
    (a, b) =>
      (a.network < b.network ? -1 : a.network > b.network ? 1 : 0) ||
      b.offers - a.offers ||
      (a.gpu_model < b.gpu_model ? -1 : 1),
  );
  const nobody =
    judged > 0
      ? ''
      : 'The dataset names no owners, so this is a supply report: nobody was judged, and nothing here was looked at for fraud. ';
  const body = html`
<p>${nobody}Each listing counts as it was last seen. Networks that rent out parts of a machine list it more than once, so offers overlap and their cards are no count of machines. A listing is its owner’s word.</p>
${table(
  'Listings by network and model',
  [
    { head: 'Network', cell: ({ network }) => network },
    { head: 'Listed model', cell: ({ gpu_model }) => gpu_model },
    { head: 'Listings', cell: ({ listings }) => grouped(listings), figure: true },
    { head: 'Offers', cell: ({ offers }) => grouped(offers), figure: true },
    { head: 'Available', cell: ({ offers_available }) => grouped(offers_available), figure: true },
    { head: 'Cards in them', cell: ({ cards }) => grouped(cards), figure: true },
    {
      head: 'Without a count',
      cell: ({ offers_without_count }) => grouped(offers_without_count),
      figure: true,
    },
    { head: 'Last seen', cell: ({ last_seen }) => last_seen.slice(0, 10) },
  ],
  shown.slice(0, cap),
  'No listing was in the input.',
)}
${cut(Math.min(cap, shown.length), shown.length, 'models', 'listed.csv')}`;
  return { id: 'offers', title: 'On offer elsewhere', body };
}
