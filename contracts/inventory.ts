/** What outputs of nvidia-smi and rocm-smi say of machines. */
import type { Row } from './dataset.ts';
import type { ErrorCode, ErrorDetail } from './errors.ts';

export interface Note {
  /** First line of the file at which it was met; 0 where the whole file is meant. */
  line: number;
  says: string;
  /** The text that stood there, cut; empty where it is not to be shown. */
  got: string;
  times: number;
}

/** How often one card is shown, and under how many names of its place. A card has one place. */
export interface Claims {
  rows: number;
  indices: number;
  bus_ids: number;
  /** Shown at least twice in one place: the file is a log, and a card may have moved while it was written. */
  logged: boolean;
}

export interface FileFact {
  device_id: string;
  gpu_index: number;
  fact: string;
  says: string;
  reported: string;
  expected: string;
}

export interface InventoryFinding {
  device_id: string;
  detector: string;
  family: string;
  level: string;
  says: string;
  /** The numbers behind it, as the detector gives them. */
  facts: Readonly<Record<string, unknown>>;
}

export interface CardClaim extends Claims {
  device_id: string;
  gpu_index: number;
}

export interface RefusedFile extends ErrorDetail {
  file: string;
  code: ErrorCode;
}

export interface Inventory {
  /** As ingest would see them: placeholders are null. Sorted by device and index. */
  gpus: Row<'gpus'>[];
  /** What each file claims when it is believed. */
  devices: Row<'devices'>[];
  /** How often each whole card is shown, and under how many indices and bus addresses. */
  claims: CardClaim[];
  findings: InventoryFinding[];
  /** Each with the number of files of real cards in which it could have spoken and was silent. */
  file_facts: Array<FileFact & { real_files: number; could_speak: number; silent: number }>;
  /** What was left out of a file or lost from it. */
  notes: Array<Note & { device_id: string; file: string }>;
  /** Files that are no inventory. The others are read all the same. */
  refused: RefusedFile[];
}
