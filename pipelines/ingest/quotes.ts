/** Whether the quotes of CSV lines stand where RFC 4180 allows them, on one line each. */

const LF = 10;
const CR = 13;
const QUOTE = 34;

type Place = 'field start' | 'unquoted' | 'quoted' | 'quote in quoted' | 'after return';

/**
 * True when every quote of these whole lines opens a field, closes one, or is doubled inside one, and no
 * quoted field holds a line break. Lines without quotes cost one native search.
 */
export function quotesInPlace(lines: Buffer, delimiter: string): boolean {
  const first = lines.indexOf(QUOTE);
  if (first < 0) return true;
  const separator = delimiter.charCodeAt(0);
  let place: Place = 'field start';
  const start = first === 0 ? 0 : lines.lastIndexOf(LF, first - 1) + 1;
  for (let at = start; at < lines.length; at++) {
    const byte = lines[at]!;
    if (place === 'unquoted') {
      if (byte === QUOTE) return false;
      if (byte === separator || byte === LF) place = 'field start';
    } else if (place === 'quoted') {
      if (byte === QUOTE) place = 'quote in quoted';
      else if (byte === LF) return false;
    } else if (place === 'field start') {
      if (byte === QUOTE) place = 'quoted';
      else if (byte !== separator && byte !== LF) place = 'unquoted';
    } else if (place === 'quote in quoted') {
      if (byte === QUOTE) place = 'quoted';
      else if (byte === separator || byte === LF) place = 'field start';
      else if (byte === CR) place = 'after return';
      else return false;
    } else {
      if (byte !== LF) return false;
      place = 'field start';
    }
  }
  return place !== 'quoted';
}
