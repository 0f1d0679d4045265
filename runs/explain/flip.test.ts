import { describe, expect, it } from 'vitest';
import type { Term } from '../../contracts/verdict.ts';
import { policyWith } from '../../testing/scene.ts';
import { type FlipInput, flipOf } from './flip.ts';

const policy = policyWith({});

function term(detector: string, weight: number, more: Partial<Term> = {}): Term {
  return {
    subject_type: 'account',
    subject_id: 'a',
    detector,
    family: 'money',
    level: 'strong',
    reason: detector,
    forgeable_by: 'operator',
    value: detector,
    fact: '0000000000000000',
    weight_raw: weight,
    weight,
    counted: true,
    why_not: null,
    sharers: 9,
    sharers_in_cluster: 9,
    related: [],
    facts: '{}',
    first_at: null,
    last_at: null,
    links: true,
    hub: false,
    card: null,
    facet: null,
    ...more,
  };
}

const cluster = { accounts: 10, stable: true, density: 1, bridge: false };
const excluded = (terms: Term[]): FlipInput => ({
  about: { kind: 'account', context: { house: false, cluster } },
  verdict: 'exclude',
  terms,
  policy,
});
const removed = (input: FlipInput) => flipOf(input)!.removed.map(({ detector }) => detector);

describe('what must go for an exclusion to fall', () => {
  const wallet = term('wallet', 7);
  const image = term('image', 5, { family: 'identity' });

  it('is one fact where the rest is shared by a crowd, which carries no exclusion', () => {
    const pool = term('pool', 7, { family: 'timing', hub: true });
    expect(removed(excluded([wallet, image, pool]))).toEqual(['wallet']);
  });

  it('is two facts where the rest still carries it', () => {
    const restarts = term('restarts', 7, { family: 'timing' });
    expect(removed(excluded([wallet, image, restarts]))).toHaveLength(2);
  });

  it('is a fact with its weaker levels: who disproves it disproves them too', () => {
    const weaker = term('wallet', 6.5, { level: 'weaker', weight: 0, counted: false, why_not: 'also-holds' });
    expect(removed(excluded([wallet, image, weaker]))).toEqual(['wallet']);
  });
});

describe('what must go for a machine not to be void', () => {
  const about = (card: number | null, detector: string, weight: number): Term =>
    term(detector, weight, { subject_type: 'device', family: 'benchmark', value: null, links: false, card });
  const two = [0, 1].flatMap((card) => [
    about(card, 'speed', 7),
    { ...about(card, 'sensor', 6), family: 'telemetry' as const },
  ]);
  const machine = { places: [0, 1], judgeable: [0, 1], listed: 2 };
  const flip = flipOf({ about: { kind: 'device', machine }, verdict: 'void', terms: two, policy });

  it('is judged card by card: one fact about either card frees the machine', () => {
    expect(flip).toMatchObject({ smallest: true, removed: [{ detector: 'speed', card: 0 }] });
  });
});
