/** Where an audit writes must lie apart from what it reads. */
import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { GhostcardError } from '../../contracts/errors.ts';

/** The path with every link in it followed, as far as it exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(real(above), basename(path));
  }
}

/**
 * Refuses to write into the dataset: results and cache there would be files of the dataset in the next run,
 * and two equal runs would differ.
 *
 * @throws E_USAGE naming the option.
 */
export function checkApart(options: { dataset: string; out: string; workspace: string }): void {
  const dataset = real(resolve(options.dataset));
  for (const [option, folder] of [
    ['--out', options.out],
    ['--workspace', options.workspace],
  ] as const) {
    if (`${real(resolve(folder))}${sep}`.startsWith(dataset.endsWith(sep) ? dataset : `${dataset}${sep}`)) {
      throw new GhostcardError('E_USAGE', {
        subject: option,
        expected: 'a folder outside the dataset',
        got: folder,
        todo: 'Name another folder; an audit never writes into its input.',
      });
    }
  }
}
