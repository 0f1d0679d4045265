/** Text from a dataset made safe for a terminal. */

/**
 * Shows control, format and bidirectional characters as `\u{…}`: an escape sequence in a host name must not
 * move the analyst's cursor, and a right-to-left override must not swap what they read (CVE-2021-42574).
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
