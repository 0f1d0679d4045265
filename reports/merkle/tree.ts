/**
 * Merkle trees of RFC 6962 section 2.1 over SHA-256. Leaves and nodes are hashed under different prefixes, so
 * that no leaf can pass for a node; the split is by the largest power of two below n, so that no leaf is ever
 * doubled.
 */
import { createHash } from 'node:crypto';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(leaf: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(leaf).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** Largest power of two smaller than n; n of at least 2. */
function split(n: number): number {
  return 2 ** (31 - Math.clz32(n - 1));
}

function subtree(hashes: readonly Buffer[], from: number, to: number): Buffer {
  if (to - from === 1) return hashes[from]!;
  const middle = from + split(to - from);
  return nodeHash(subtree(hashes, from, middle), subtree(hashes, middle, to));
}

/** MTH(D[n]) of RFC 6962; the root of no leaf at all is the hash of the empty string. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  return subtree(leaves.map(leafHash), 0, leaves.length);
}

/**
 * PATH(m, D[n]) of RFC 6962: the siblings from leaf `index` up to the root. Throws RangeError outside the
 * tree.
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`leaf ${index} of ${leaves.length}`);
  }
  const hashes = leaves.map(leafHash);
  const path = (from: number, to: number): Buffer[] => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle
      ? [...path(from, middle), subtree(hashes, middle, to)]
      : [...path(middle, to), subtree(hashes, from, middle)];
  };
  return path(0, leaves.length);
}

export interface InclusionClaim {
  leaf: Uint8Array;
  index: number;
  /** Number of leaves under `root`; a root without its size proves nothing. */
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}

/** Verifies an inclusion proof by RFC 9162 section 2.1.3.2, which accepts exactly the paths of RFC 6962. */
export function verifyInclusion({ leaf, index, size, proof, root }: InclusionClaim): boolean {
  if (!Number.isInteger(index) || !Number.isInteger(size) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash = leafHash(leaf);
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash.equals(root);
}
