/** Numbers as people and every parser read them: decimals, never an exponent. */

/** A finite number without exponent: `1e-7` becomes `0.0000001`. Throws RangeError on NaN and infinities. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  return plainDecimal(Object.is(value, -0) ? '0' : String(value));
}

/** A decimal text without its exponent. */
function plainDecimal(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, whole, fraction = '', exponent] = match;
  const digits = whole! + fraction;
  const point = whole!.length + Number(exponent);
  if (point <= 0) return trimZeros(`${sign}0.${'0'.repeat(-point)}${digits}`);
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return trimZeros(`${sign}${digits.slice(0, point)}.${digits.slice(point)}`);
}

function trimZeros(decimal: string): string {
  return decimal.replace(/\.?0+$/, '');
}

/** Exponents larger than any double has would only inflate the text. */
const LARGEST_EXPONENT = 400;

/**
 * JSON text with every number as a plain decimal, else unchanged: no digit is lost by reading it into a
 * double. Text that is not JSON comes back as a JSON string.
 */
export function plainJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return JSON.stringify(text);
  }
  if (!/\d[eE]|\s/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|\s+/g, (token) => {
    if (token[0] === '"') return token;
    if (/^\s/.test(token)) return '';
    const exponent = Math.abs(Number(/[eE](.*)$/.exec(token)?.[1] ?? 0));
    return exponent > LARGEST_EXPONENT ? JSON.stringify(token) : plainDecimal(token);
  });
}
