/** What an audit of offers without owners says before its figures. */
import type { RunManifest } from '../../contracts/run.ts';
import { grouped } from '../figures.ts';
import { printable } from './printable.ts';

/** Empty where the dataset names owners. `out` is the run directory as the user named it. */
export function supplyNote({ inputs }: RunManifest, out: string): string {
  if (inputs.some(({ table }) => table === 'accounts')) return '';
  const offers = inputs
    .filter(({ table }) => table === 'listings')
    .reduce((sum, { rows }) => sum + rows.loaded, 0);
  return [
    `\nSupply report: ${grouped(offers)} rows of listings, no owners, so nobody was judged and nothing here is clean.\n`,
    `offers by network and model: ${printable(out)}/listed.csv\n`,
  ].join('');
}
