/**
 * What chance decides about a plan, from a seed text and the run that it is made for: the same for everybody
 * who has both.
 */

import { createHmac } from 'node:crypto';
import { shuffle } from '../../statistics/permutation.ts';

const LABEL = 'ghostcard challenges 1';

/**
 * A stream of draws. Its key is HMAC-SHA-256 with the seed as key over the label and the digest of the run's
 * manifest, so that one seed gives unrelated plans for two runs; its output is HMAC-SHA-256 of that key over
 * a name and a counter. Without the seed neither seconds nor nonces can be foreseen (RFC 2104; Bellare 2006
 * for the pseudo-random function).
 */
export class Draw {
  readonly #key: Buffer;
  #words: number[] = [];
  #counter = 0;

  constructor(seed: string, runDigest: string) {
    this.#key = createHmac('sha256', seed).update(`${LABEL}\n${runDigest}`).digest();
  }

  /** 64 hex digits that belong to a name; different names share nothing. */
  named(name: string): string {
    return createHmac('sha256', this.#key).update(`name\n${name}`).digest('hex');
  }

  #word(): number {
    if (this.#words.length === 0) {
      const block = createHmac('sha256', this.#key)
        .update(`draw\n${this.#counter++}`)
        .digest();
      this.#words = Array.from({ length: 8 }, (_, i) => block.readUInt32BE(28 - 4 * i));
    }
    return this.#words.pop()!;
  }

  /**
   * A whole number from 0 to `below` − 1, each as likely: words that would favour the lower ones are thrown
   * away.
   */
  integer(below: number): number {
    const limit = 2 ** 32 - (2 ** 32 % below);
    for (;;) {
      const word = this.#word();
      if (word < limit) return word % below;
    }
  }

  /** A copy in random order. */
  shuffled<T>(values: readonly T[]): T[] {
    const all = [...values];
    shuffle(all, (below) => this.integer(below));
    return all;
  }
}
