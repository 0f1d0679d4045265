/** What to do after an audit, as a command of this very run. */
import { shellWord } from './shell-word.ts';

/**
 * A line with the command that explains one case; nothing where no id can be pasted.
 * @param command how this program is called
 * @param out the run directory as the user named it
 * @param ids subjects that are not clear, the gravest first
 */
export function nextSteps(command: string, out: string, ids: readonly string[]): string {
  const run = shellWord(out);
  const id = ids.map((one) => ({ one, word: shellWord(one) })).find(({ word }) => word !== null);
  if (run === null || id === undefined) return '';
  // What begins with a hyphen would be taken for an option.
  const end = out.startsWith('-') || id.one.startsWith('-') ? '-- ' : '';
  return `one case    ${command} explain ${end}${run} ${id.word}\n`;
}
