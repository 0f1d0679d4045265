import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inclusionProof, merkleRoot, verifyInclusion } from './tree.ts';

/** The leaves and roots that the Certificate Transparency reference implementation tests itself with. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const bytes = fc.uint8Array({ maxLength: 20 });

describe('merkle tree of RFC 6962', () => {
  test.each(ROOTS.map((root, size) => [size, root] as const))('root of %i known leaves', (size, root) => {
    expect(merkleRoot(LEAVES.slice(0, size)).toString('hex')).toBe(root);
  });

  test('path of the first of eight known leaves', () => {
    expect(inclusionProof(LEAVES, 0).map((hash) => hash.toString('hex'))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  test('every proof verifies, and only for its own leaf, index and size', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(bytes, { minLength: 1, maxLength: 40, selector: String }),
        fc.nat(),
        (leaves, n) => {
          const index = n % leaves.length;
          const size = leaves.length;
          const proof = inclusionProof(leaves, index);
          const root = merkleRoot(leaves);
          const leaf = leaves[index]!;
          expect(verifyInclusion({ leaf, index, size, proof, root })).toBe(true);
          for (let other = 0; other < size; other++) {
            if (other !== index) {
              expect(verifyInclusion({ leaf, index: other, size, proof, root })).toBe(false);
              expect(verifyInclusion({ leaf: leaves[other]!, index, size, proof, root })).toBe(false);
            }
          }
          expect(verifyInclusion({ leaf, index, size, proof: [...proof, root], root })).toBe(false);
          if (size > 1)
            expect(verifyInclusion({ leaf, index, size, proof: proof.slice(1), root })).toBe(false);
        },
      ),
    );
  });

  test('a node cannot pass for a leaf, nor a doubled last leaf for a tree of its own', () => {
    const three = LEAVES.slice(1, 4);
    expect(merkleRoot(three).equals(merkleRoot([...three, three[2]!]))).toBe(false);
    expect(verifyInclusion({ leaf: three[0]!, index: 3, size: 3, proof: [], root: merkleRoot(three) })).toBe(
      false,
    );
  });
});
