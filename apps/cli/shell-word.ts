/** Words that a POSIX shell reads back as they were. */
import { printable } from '../../reports/terminal/printable.ts';

/** The text as one word, quoted where it must be; null for a text that a terminal cannot show as it is. */
export function shellWord(text: string): string | null {
  if (text === '' || printable(text) !== text) return null;
  if (/^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
