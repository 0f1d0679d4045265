/**
 * What a plan of challenges tells: simulated campaigns over seeds, at several numbers of rounds. Prints the
 * tables of docs/challenges.md. `npx tsx bench/challenges.ts [SEEDS]`.
 */

import type { FleetPlan, RigPlan } from '../fixtures/challenges/fleet.ts';
import { openCaseBench } from '../testing/detectors/harness.ts';
import { type Campaign, simulateCampaign, trueCards } from '../testing/simulated-campaign.ts';

const SIZES: readonly [number, number][] = [
  [2, 1],
  [4, 1],
  [8, 1],
  [12, 2],
  [20, 1],
];
const RIGS: RigPlan[] = [
  ...SIZES.map(([machines, cards]): RigPlan => ({ machines, cards, strength: 4 })),
  { machines: 6, cards: 1, strength: 4, relayed: true },
  { machines: 6, cards: 1, strength: 1 },
  { machines: 6, cards: 1, strength: 2 },
  { machines: 6, cards: 1, strength: 3 },
];
const FLEET: FleetPlan = {
  rigs: RIGS,
  suspected: 20,
  lookAlikes: 8,
  holder: 12,
  clear: 60,
  cheaper: 4,
  none: 4,
};

type Tally = Record<string, { machines: number; void: number; review: number; clear: number }>;

function count(tally: Tally, { fleet, verdicts }: Campaign): void {
  for (const { device_id, behaviour } of fleet) {
    const found = verdicts.get(device_id);
    if (!found) continue;
    let kind = device_id.replace(/-\d+$/, '');
    if (behaviour.kind === 'shared') {
      const rig = RIGS[Number(behaviour.rig.slice('rig-'.length))]!;
      kind = `strength ${rig.strength}: ${rig.cards} behind ${rig.machines}${rig.relayed ? ', relayed' : ''}`;
    }
    const row = tally[kind] ?? { machines: 0, void: 0, review: 0, clear: 0 };
    row.machines += 1;
    row[found.verdict] += 1;
    tally[kind] = row;
  }
}

const seeds = Number(process.argv[2] ?? 10);
const bench = await openCaseBench();
for (const rounds of [24, 36, 48]) {
  const tally: Tally = {};
  const shares: number[] = [];
  let over = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const campaign = await simulateCampaign(bench, {
      fleet: FLEET,
      seed: `bench ${seed}`,
      budget: 250 * rounds,
      rounds,
    });
    count(tally, campaign);
    const network = campaign.capacity.find(({ scope }) => scope === 'network')!;
    const truth = trueCards(campaign, () => true);
    shares.push(network.cards_low / truth);
    if (network.cards_low > truth) over += 1;
  }
  process.stdout.write(`${rounds} rounds, ${seeds} seeds\n`);
  console.table(tally);
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map((share) => share.toFixed(3));
  process.stdout.write(
    `certified cards of the network over true cards: ${low} to ${high}; above the truth in ${over}\n`,
  );
}
bench.close();
