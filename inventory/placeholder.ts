/**
 * Which text is a value, as `raw.gpus` decides it (macros `is_placeholder` and `uuid_printed`): here it
 * decides only which rows of a file are one card. A test compares both over the same texts.
 */
const FILLER =
  /^[\t\n\f\r ]*[[(<]?(|n\/?a|null|undefined|not (available|supported|active|found|permitted)|(unknown|err(or)?!?)( error)?|insufficient permissions|requested functionality has been deprecated|gpu (is lost|requires reset)|no (data|permissions?)|function not found|removed|hidden|masked|scrubbed|censored|anonymi[sz]ed|to be filled by o\.?e\.?m\.?|default string)[\])>]?[\t\n\f\r ]*$|^(0x)?([0\t\n\f\r ./:-]+|[x\t\n\f\r ./:-]+|[*#\t\n\f\r ./:-]+|[?\t\n\f\r ./:-]+|[_\t\n\f\r ./:-]+)$|x{6}|\*{3}|#{3}|redacted/i;

/**
 * Manuals, one repeated digit, and the three middle groups of zeros that scrubbed captures and counting mocks
 * have.
 */
const NO_UUID =
  /^(gpu|mig)-(12345678-|([0-]+|[1-]+|[2-]+|[3-]+|[4-]+|[5-]+|[6-]+|[7-]+|[8-]+|[9-]+|[a-]+|[b-]+|[c-]+|[d-]+|[e-]+|[f-]+|[x*#-]+)$)|-0000-0000-0000-/i;

/** What nvidia-smi prints for a card that it sees and cannot reach, as against what this card never had. */
const UNREACHABLE = /^\s*[[(<]?(gpu (is lost|requires reset)|unknown error|err(or)?!?)[\])>]?\s*$/i;

export const isPlaceholder = (text: string) => FILLER.test(text);
export const isUnreachable = (text: string | undefined) => UNREACHABLE.test(text ?? '');

/** One spelling for a uuid that identifies; null for placeholders. */
export function uuidKey(text: string | undefined): string | null {
  const uuid = (text ?? '').trim();
  return isPlaceholder(uuid) || NO_UUID.test(uuid) ? null : uuid.toLowerCase();
}

/**
 * One spelling for a bus address: `00000000:01:00.0`, `0000:01:00.0` and `01:00.0` are one. Null for
 * placeholders.
 */
export function busKey(text: string | undefined): string | null {
  const bus = (text ?? '').trim().toLowerCase();
  if (isPlaceholder(bus)) return null;
  const match = /^(?:([0-9a-f]{1,8}):)?([0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f])$/.exec(bus);
  return match ? `${(match[1] ?? '').replace(/^0+/, '').padStart(4, '0')}:${match[2]}` : bus;
}
