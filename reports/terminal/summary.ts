/** What a finished audit prints: what it decided, in a few lines, and where to read on. */
import type { CoverageSummary, RunManifest } from '../../contracts/run.ts';
import { grouped } from '../figures.ts';
import { coverageText, warningsText, wrappedColumns } from './coverage.ts';
import { printable } from './printable.ts';

/** A share as `12.3 %`; nothing when there is nothing to share. */
function share(part: string, whole: string): string {
  return Number(whole) > 0 ? ` (${((100 * Number(part)) / Number(whole)).toFixed(1)} %)` : '';
}

/** Of the clear subjects, of whom nothing was found, of whom something, and who was not looked at. */
function clear(count: number, looked: CoverageSummary['accounts'] | undefined): string {
  if (looked === undefined) return `${grouped(count)} clear`;
  const { clear_found: found, clear_not_looked_at: unseen } = looked;
  const seen =
    found === undefined
      ? `${grouped(count - unseen)} looked at`
      : `${grouped(count - unseen - found)} looked at, nothing found; ${grouped(found)} with something found, too little to hold`;
  return `${grouped(count)} clear: ${seen}; ${grouped(unseen)} not looked at`;
}

/** Lines for people of at most `width` characters; `out` is the run directory as the user named it. */
export function summaryText(manifest: RunManifest, out: string, width = 100): string {
  const { accounts, devices, points, clusters, coverage } = manifest.summary;
  const rows = (name: 'in' | 'loaded' | 'duplicate' | 'rejected') =>
    grouped(manifest.inputs.reduce((sum, file) => sum + file.rows[name], 0));
  const total = (parts: Record<string, number>, names: readonly string[]) =>
    grouped(names.reduce((sum, name) => sum + parts[name]!, 0));
  const of = (value: string) => `${grouped(value)}${share(value, points.before)}`;
  return [
    `\nghostcard ${manifest.ghostcard}  audit as of ${manifest.snapshot}\n\n`,
    warningsText(manifest, width),
    coverage ? `${coverageText(coverage, width)}decided\n` : '',
    wrappedColumns(
      [
        [
          'rows',
          `${rows('in')} in = ${rows('loaded')} loaded + ${rows('duplicate')} duplicate + ${rows('rejected')} rejected`,
        ],
        [
          'accounts',
          `${total(accounts, ['exclude', 'review', 'clear'])}: ${grouped(accounts.exclude)} excluded, ${grouped(accounts.review)} in review, ${clear(accounts.clear, coverage?.accounts)}`,
        ],
        [
          'devices',
          `${total(devices, ['void', 'review', 'clear'])}: ${grouped(devices.void)} void, ${grouped(devices.review)} in review, ${clear(devices.clear, coverage?.devices)}`,
        ],
        ['  unverified', `${grouped(devices.unverified)} devices without network-measured evidence`],
        ['operators', `${grouped(clusters)} clusters of linked accounts`],
        ['points before', grouped(points.before)],
        ['  excluded', of(points.excluded)],
        ['  of void devices', of(points.voided)],
        ['  held for review', of(points.held)],
        ['  payable', of(points.payable)],
        ...(Number(coverage?.points_not_looked_at ?? 0) > 0
          ? [['    not looked at', of(coverage!.points_not_looked_at)] as const]
          : []),
        [
          'inputs',
          manifest.sealed ? 'sealed by MANIFEST.csv' : 'not sealed: the dataset has no MANIFEST.csv',
        ],
      ],
      width,
    ),
    `\nreport      ${printable(out)}/report.html\n`,
  ].join('');
}
