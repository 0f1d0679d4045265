/** Who was sold one card as many: the sets, their size, and what the customers lose. */
import { day, grouped, points } from '../../figures.ts';
import { html } from '../html.ts';
import type { ReportMerchant, ReportModel } from '../model.ts';
import { cut, table } from '../table.ts';
import type { Section } from './summary.ts';

const cards = ({ cards_at_least, cards_at_most }: ReportMerchant) =>
  cards_at_least === cards_at_most
    ? grouped(cards_at_least)
    : `${grouped(cards_at_least)} – ${grouped(cards_at_most)}`;

const seen = (at: number | null) => (at === null ? '–' : day(at));

export function merchantsSection({ merchants }: ReportModel): Section {
  const all = merchants[0]?.of ?? 0;
  const body = html`
<p>Machines that answer with the same card, owned by accounts that nothing else links, were sold by one merchant. He is reported here and nobody is excluded for it: the owners may all be customers. They keep their accounts, lose the points of the void machines, and find <code>bought-from-merchant</code> among their reasons. A customer can put in a card of his own before the snapshot. Which machines belong to which merchant stands in <code>merchant_devices.csv</code>.</p>
${table(
  'Merchants of fake cards',
  [
    {
      head: 'Merchant',
      cell: ({ merchant_id, gpu_models, reasons }) =>
        html`<span class="id">${merchant_id}</span><br>${gpu_models.split('|').join(', ')}<br><span class="note">${reasons.split('|').join(', ')}</span>`,
    },
    { head: 'Customers', cell: ({ accounts }) => grouped(accounts), figure: true },
    { head: 'Machines', cell: ({ devices }) => grouped(devices), figure: true },
    { head: 'Void', cell: ({ devices_void }) => grouped(devices_void), figure: true },
    { head: 'Real cards', cell: cards, figure: true },
    { head: 'Points taken', cell: ({ points_taken }) => points(points_taken), figure: true },
    { head: 'From', cell: ({ first_seen }) => seen(first_seen), figure: true },
    { head: 'To', cell: ({ last_seen }) => seen(last_seen), figure: true },
  ],
  merchants,
  'No two void machines of unrelated owners were found on one card.',
)}
${cut(merchants.length, all, 'merchants', 'merchants.csv')}`;
  return { id: 'merchants', title: 'Merchants of fake cards', body };
}
