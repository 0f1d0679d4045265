/**
 * exclusions.json: the list that a distributor consumes, bound to the run by digests and to itself by a
 * Merkle root.
 */
import { merkleRoot } from '../merkle/tree.ts';

export interface ExclusionEntry {
  unit: string;
  id: string;
  valid_from: string | null;
  valid_to: string | null;
  reasons: string;
  /** Analysts whose decision put it here; empty when the evidence did. */
  decided_by: string;
  /** The void card of a machine that is not void; NULL for whole machines and other units. */
  gpu_index: number | null;
}

export interface ExclusionStatement {
  snapshot: string;
  sealed: boolean;
  ghostcard: string;
  /** Digests of the policy, of all detectors and of all inputs, as they stand in manifest.json. */
  policy_sha256: string;
  detectors_sha256: string;
  inputs_sha256: string;
}

/**
 * The bytes of a leaf: a JSON array of the entry's fields, so that no two entries share a spelling. What
 * version 1.0 did not have is left out where it is empty, so that its lists keep their roots.
 */
export function exclusionLeaf(entry: ExclusionEntry): Uint8Array {
  const { unit, id, valid_from, valid_to, reasons, decided_by, gpu_index } = entry;
  const card = gpu_index === null ? [] : [gpu_index];
  const more = decided_by === '' && card.length === 0 ? [] : [decided_by, ...card];
  return Buffer.from(JSON.stringify([unit, id, valid_from, valid_to, reasons, ...more]), 'utf8');
}

/**
 * The whole document. The statement binds snapshot, count and root: a root without its count would admit
 * shorter lists (RFC 6962, section 3.5). Entries keep the order of exclusions.csv.
 */
export function exclusionsJson(entries: readonly ExclusionEntry[], statement: ExclusionStatement): string {
  const root = merkleRoot(entries.map(exclusionLeaf)).toString('hex');
  const head = {
    format: 'ghostcard-exclusions',
    version: 1,
    root,
    statement: {
      ...statement,
      count: entries.length,
      root,
      tree: 'RFC 6962, SHA-256; leaf = JSON array [unit, id, valid_from, valid_to, reasons] in UTF-8, with decided_by and gpu_index at its end where there are any',
      signed: false,
      says: 'This list is unsigned: check where it comes from before anybody is paid by it.',
    },
  };
  const open = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  const lines = entries.map(({ unit, id, valid_from, valid_to, reasons, decided_by, gpu_index }) => {
    return `    ${JSON.stringify({ unit, id, valid_from, valid_to, reasons, decided_by, gpu_index })}`;
  });
  return `${open},\n  "entries": [${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}]\n}\n`;
}
