/** With the results of a plan, machines that share a card separate from machines that have one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FleetPlan } from '../../fixtures/challenges/fleet.ts';
import { type CaseBench, openCaseBench } from '../../testing/detectors/harness.ts';
import { type Campaign, simulateCampaign, trueCards } from '../../testing/simulated-campaign.ts';

const FLEET: FleetPlan = {
  rigs: [
    { machines: 8, cards: 1, strength: 4 },
    { machines: 10, cards: 2, strength: 4, oneOwner: true },
    { machines: 5, cards: 1, strength: 4, relayed: true },
    { machines: 4, cards: 1, strength: 3 },
    { machines: 4, cards: 1, strength: 2 },
    { machines: 4, cards: 1, strength: 1 },
  ],
  suspected: 6,
  lookAlikes: 4,
  holder: 8,
  clear: 30,
  cheaper: 2,
  none: 2,
};

let bench: CaseBench;
const campaigns: Campaign[] = [];
beforeAll(async () => {
  bench = await openCaseBench();
  for (const seed of ['one', 'two', 'three'])
    campaigns.push(await simulateCampaign(bench, { fleet: FLEET, seed, budget: 110 * 48 }));
});
afterAll(() => bench.close());

/** Verdicts of the machines that were asked, of a kind. */
function verdicts(wanted: (kind: string, strength: number) => boolean): string[] {
  return campaigns.flatMap(({ fleet, verdicts }) =>
    fleet.flatMap(({ device_id, behaviour }) => {
      const found = verdicts.get(device_id);
      const strength = behaviour.kind === 'shared' ? behaviour.strength : 0;
      return found && wanted(behaviour.kind, strength) ? [found.verdict] : [];
    }),
  );
}

const share = (found: readonly string[], ...words: string[]) =>
  found.filter((verdict) => words.includes(verdict)).length / found.length;

it('voids shards of the greatest strength, and holds nearly all that it does not void', () => {
  const found = verdicts((kind, strength) => kind === 'shared' && strength === 4);
  expect(found).toHaveLength(3 * 23);
  expect(share(found, 'void')).toBeGreaterThanOrEqual(0.85);
  expect(share(found, 'void', 'review')).toBeGreaterThanOrEqual(0.97);
});

it('voids the weaker ones as well', () => {
  const found = verdicts((kind, strength) => kind === 'shared' && strength < 4);
  expect(share(found, 'void')).toBeGreaterThanOrEqual(0.9);
});

it('voids nobody who has a card, whatever he does with it', () => {
  const found = verdicts((kind) => kind === 'own');
  expect(found.length).toBeGreaterThan(3 * 40);
  expect(share(found, 'void')).toBe(0);
});

it('does not call a cheaper card, or none, a shared one', () => {
  expect(
    share(
      verdicts((kind) => kind === 'cheaper' || kind === 'none'),
      'void',
    ),
  ).toBe(0);
});

it('certifies no more cards than there are, and most of those', () => {
  for (const campaign of campaigns) {
    const certified = (scope: string, id: string) =>
      campaign.capacity.find((row) => row.scope === scope && row.id === id)!.cards_low;
    const all = trueCards(campaign, () => true);
    expect(certified('network', '')).toBeLessThanOrEqual(all);
    expect(certified('network', '')).toBeGreaterThanOrEqual(0.7 * all);
    const holder = trueCards(campaign, ({ account_id }) => account_id === 'large-holder');
    expect(certified('account', 'large-holder')).toBeLessThanOrEqual(holder);
    expect(certified('account', 'large-holder')).toBeGreaterThanOrEqual(0.6 * holder);
    // Ten machines of one owner on two cards.
    expect(certified('account', 'owner-of-rig-1')).toBeLessThanOrEqual(2);
    for (const row of campaign.capacity) {
      expect(row.cards_low).toBeLessThanOrEqual(row.claimed);
      expect(row.cards_low_any_model).toBeLessThanOrEqual(row.cards_low);
    }
  }
});
