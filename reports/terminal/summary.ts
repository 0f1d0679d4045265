/** What a finished audit prints: what it decided, in a few lines, and where to read on. */
import type { RunManifest } from '../../contracts/run.ts';
import { grouped } from '../figures.ts';
import { printable } from './printable.ts';
import { columns } from './text.ts';

/** A share as `12.3 %`; nothing when there is nothing to share. */
function share(part: string, whole: string): string {
  return Number(whole) > 0 ? ` (${((100 * Number(part)) / Number(whole)).toFixed(1)} %)` : '';
}

/** Lines for people; `out` is the run directory as the user named it. */
export function summaryText(manifest: RunManifest, out: string): string {
  const { accounts, devices, points, clusters } = manifest.summary;
  const rows = (name: 'in' | 'loaded' | 'duplicate' | 'rejected') =>
    grouped(manifest.inputs.reduce((sum, file) => sum + file.rows[name], 0));
  const total = (parts: Record<string, number>, names: readonly string[]) =>
    grouped(names.reduce((sum, name) => sum + parts[name]!, 0));
  const of = (value: string) => `${grouped(value)}${share(value, points.before)}`;
  return [
    `\nghostcard ${manifest.ghostcard}  audit as of ${manifest.snapshot}\n\n`,
    columns([
      [
        'rows',
        `${rows('in')} in = ${rows('loaded')} loaded + ${rows('duplicate')} duplicate + ${rows('rejected')} rejected`,
      ],
      [
        'accounts',
        `${total(accounts, ['exclude', 'review', 'clear'])}: ${grouped(accounts.exclude)} excluded, ${grouped(accounts.review)} in review, ${grouped(accounts.clear)} clear`,
      ],
      [
        'devices',
        `${total(devices, ['void', 'review', 'clear'])}: ${grouped(devices.void)} void, ${grouped(devices.review)} in review, ${grouped(devices.clear)} clear (${grouped(devices.unverified)} without network-measured evidence)`,
      ],
      ['operators', `${grouped(clusters)} clusters of linked accounts`],
      ['points before', grouped(points.before)],
      ['  excluded', of(points.excluded)],
      ['  of void devices', of(points.voided)],
      ['  held for review', of(points.held)],
      ['  payable', of(points.payable)],
      ['inputs', manifest.sealed ? 'sealed by MANIFEST.csv' : 'not sealed: the dataset has no MANIFEST.csv'],
    ]),
    ...manifest.inputs
      .filter(({ rows: { in: given, rejected } }) => given > 0 && rejected === given)
      .map(
        ({ file, rows: { in: given } }) =>
          `\nWARNING  all ${grouped(given)} rows of ${printable(file)} were rejected: the audit ran as if it were empty.\n` +
          '         rejected.csv says why; ghostcard.yaml maps foreign columns and units (docs/dataset-mapping.md).\n',
      ),
    `\nreport      ${printable(out)}/report.html\n`,
  ].join('');
}
