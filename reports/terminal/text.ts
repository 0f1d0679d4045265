/** Text for a terminal: colours, columns, line breaks. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style | Style[], text: string) => string;

/** Name and value pairs, the values in one column. */
export function columns(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('');
}

/** Text of at most `width` characters, cut in its middle so that both ends can be compared. */
export function clip(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (width - 1 - head)).join('')}`;
}

/**
 * Lines of at most `width` characters, broken between words; a longer word stands alone. At least one line.
 */
export function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function heading(text: string, paint: Paint): string {
  return `\n${paint('bold', text)}\n`;
}

/** A heading over lines; nothing when there is no line. */
export function listText(title: string, lines: readonly string[], paint: Paint): string {
  return lines.length === 0 ? '' : heading(title, paint) + lines.map((line) => `  ${line}\n`).join('');
}
