/** A line of evidence.ndjson. */
import { plainJson, plainNumber } from './plain-number.ts';

export interface EvidenceLine {
  subject_type: string;
  subject_id: string;
  detector: string;
  family: string;
  forgeable_by: string;
  reason: string;
  weight: number;
  weight_raw: number;
  /** JSON array of ids. */
  related: string;
  /** JSON object with the detector's numbers. */
  facts: string;
  first_at: string | null;
  last_at: string | null;
}

const text = (value: string | null) => JSON.stringify(value);

/** Keys in the contract's order, times RFC 3339, numbers plain. */
export function evidenceLine(row: EvidenceLine): string {
  const members = [
    `"subject_type":${text(row.subject_type)}`,
    `"subject_id":${text(row.subject_id)}`,
    `"detector":${text(row.detector)}`,
    `"family":${text(row.family)}`,
    `"forgeable_by":${text(row.forgeable_by)}`,
    `"reason":${text(row.reason)}`,
    `"weight":${plainNumber(row.weight)}`,
    `"weight_raw":${plainNumber(row.weight_raw)}`,
    `"related":${row.related}`,
    `"facts":${plainJson(row.facts)}`,
    `"first_at":${text(row.first_at)}`,
    `"last_at":${text(row.last_at)}`,
  ];
  return `{${members.join(',')}}\n`;
}
