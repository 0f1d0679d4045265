/** What every verb that works on a dataset may take of the machine. */
import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { wholeNumber } from './numbers.ts';

/**
 * Bytes from `4GiB`, `512MB`, `2g`. Decimal and binary suffixes as IEC 80000-13 has them; bare g, m, k are
 * binary.
 */
function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(k|m|g|t|kb|mb|gb|tb|kib|mib|gib|tib)?$/i.exec(text.trim());
  if (!match) throw new InvalidArgumentError('Expected a size such as 4GiB, 512MiB or 2GB.');
  const unit = (match[2] ?? '').toLowerCase();
  const power = unit === '' ? 0 : 'kmgt'.indexOf(unit[0]!) + 1;
  const base = /^.b$/.test(unit) ? 1000 : 1024;
  const bytes = Math.floor(Number(match[1]) * base ** power);
  if (bytes < 128 * 2 ** 20) throw new InvalidArgumentError('At least 128MiB are needed.');
  return bytes;
}

export const threadsOption = () =>
  new Option('--threads <n>', 'processor threads')
    .argParser(wholeNumber(1, 256))
    .default(Math.min(availableParallelism(), 16), 'one per core, at most 16');

export const memoryOption = () =>
  new Option('--memory <size>', 'memory for the whole process tree, about')
    .argParser(parseSize)
    .default(parseSize('4GiB'), '4GiB');
