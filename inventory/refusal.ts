import { GhostcardError } from '../contracts/errors.ts';

/** For a file in which nothing shows which tool wrote it, or that declares what no tool writes. */
export const UNTOUCHED =
  'Hand over the untouched output of nvidia-smi -q -x, or of nvidia-smi --query-gpu=… --format=csv.';

/** A file that cannot be read as an inventory. `line` counts from 1; 0 where the whole file is meant. */
export function refuse(
  file: string,
  line: number,
  expected: string,
  got: string,
  todo = UNTOUCHED,
): GhostcardError {
  const shown = got.length > 120 ? `${got.slice(0, 120)}…` : got;
  return new GhostcardError('E_INVENTORY', {
    subject: line > 0 ? `${file} line ${line}` : file,
    expected,
    got: shown,
    todo,
  });
}
