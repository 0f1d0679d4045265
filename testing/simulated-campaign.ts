/** A whole campaign on a simulated fleet, from plan to verdict: for tests and for bench/challenges.ts. */
import type { Plan } from '../contracts/challenge-plan.ts';
import { natsOf, silentElsewhere } from '../contracts/policy.ts';
import { answerPlan, beatsDuring } from '../fixtures/challenges/answers.ts';
import { CLAIM, type FleetPlan, type SimulatedMachine, simulateFleet } from '../fixtures/challenges/fleet.ts';
import { Random } from '../fixtures/worlds/random.ts';
import { certifyCapacity } from '../pipelines/challenge/capacity.ts';
import { loadDetector } from '../pipelines/detect/registry.ts';
import { judgeDevice } from '../pipelines/judge/device-rule.ts';
import { cappedByTested, comparePieces, fuse } from '../pipelines/judge/fusion.ts';
import { type Piece, type PieceTerm, pieceOf } from '../pipelines/judge/piece.ts';
import { loadPolicy } from '../pipelines/judge/policy.ts';
import type { Tie } from '../runs/challenge/candidates.ts';
import { planChallenges } from '../runs/challenge/plan.ts';
import type { CaseBench } from './detectors/harness.ts';

const HOUR = 3_600_000;
const START = Date.parse('2024-05-01T00:00:00Z');
const ID = 'challenge-failed';

export interface Campaign {
  fleet: SimulatedMachine[];
  plan: Plan;
  /** What challenge-failed alone makes of each machine that was asked and is no control. */
  verdicts: Map<string, { verdict: 'void' | 'review' | 'clear'; level: string }>;
  capacity: { scope: string; id: string; claimed: number; cards_low: number; cards_low_any_model: number }[];
}

export interface CampaignOptions {
  fleet: FleetPlan;
  seed: string;
  budget: number;
  rounds?: number;
}

/** Half of the neighbours in a rig are known to share something: what an audit without challenges leaves. */
function tiesOf(fleet: readonly SimulatedMachine[], rng: Random): Tie[] {
  return fleet.flatMap(({ device_id, behaviour }, i) => {
    const next = fleet[i + 1];
    if (behaviour.kind !== 'shared' || next?.behaviour.kind !== 'shared') return [];
    return next.behaviour.rig === behaviour.rig && rng.chance(0.5)
      ? [{ a: device_id, b: next.device_id }]
      : [];
  });
}

function planFor(fleet: readonly SimulatedMachine[], { seed, budget, rounds = 48 }: CampaignOptions): Plan {
  const machines = fleet.map(({ device_id, account_id, risk, measured }) => ({
    device_id,
    account_id,
    gpu_model: CLAIM.gpu_model,
    gpu_count: 1,
    memory_min_mib: CLAIM.memoryMib,
    vendor: 'nvidia',
    verdict: 'clear' as const,
    risk,
    measured,
  }));
  const ties = tiesOf(fleet, new Random(`ties/${seed}`));
  const window = { start: START, hours: 72, holdS: 60, include: [] };
  return planChallenges({ machines, ties, runDigest: 'simulated' }, { ...window, budget, rounds, seed });
}

async function verdictsOf(bench: CaseBench): Promise<Campaign['verdicts']> {
  const policy = loadPolicy();
  const rows = await bench.warehouse.rows<{
    subject_id: string;
    level: string;
    tested: number;
    surprise: number | null;
    forgeable_by: string;
  }>('SELECT subject_id, level, tested, surprise, forgeable_by FROM evidence.finding ORDER BY subject_id');
  const pieces = new Map<string, Piece[]>();
  for (const { subject_id, level, tested, surprise, forgeable_by } of rows) {
    const nats = natsOf(policy.weights, ID, level);
    const term: PieceTerm = {
      detector: ID,
      family: 'benchmark',
      level,
      forgeable_by: forgeable_by as PieceTerm['forgeable_by'],
      weight_raw: cappedByTested(nats, tested + silentElsewhere(policy, ID, level), surprise),
      links: false,
      hub: false,
      ...{
        value: null,
        facet: null,
        sharers: null,
        sharers_in_cluster: null,
        card: null,
        first_at: null,
        last_at: null,
      },
    };
    pieces.set(subject_id, [...(pieces.get(subject_id) ?? []), pieceOf(term, policy)]);
  }
  return new Map(
    [...pieces].map(([id, levels]) => {
      const { verdict } = judgeDevice(levels, fuse(levels, 'device', policy), policy);
      return [id, { verdict, level: levels.toSorted(comparePieces)[0]!.level }];
    }),
  );
}

/**
 * Plans, answers, detects, judges by the shipped policy, certifies. The same options give the same result.
 */
export async function simulateCampaign(bench: CaseBench, options: CampaignOptions): Promise<Campaign> {
  const rng = new Random(`campaign/${options.seed}`);
  const fleet = simulateFleet(options.fleet, rng.stream('fleet'));
  const plan = planFor(fleet, options);
  const detector = await loadDetector(ID);
  const { why } = await bench.run(detector, {
    name: options.seed,
    snapshot: START + 80 * HOUR,
    tables: {
      accounts: [...new Map(fleet.map(({ account_id, country }) => [account_id, country]))].map(
        ([account_id, country]) => ({ account_id, country, created_at: START - HOUR }),
      ),
      devices: fleet.map(({ device_id, account_id }) => ({
        device_id,
        account_id,
        registered_at: START - HOUR,
        gpu_model: CLAIM.gpu_model,
        gpu_count: 1,
      })),
      benchmarks: answerPlan(plan.rows, fleet, rng.stream('answers')),
      heartbeats: beatsDuring(plan.rows, fleet),
      challenges: plan.rows,
    },
  });
  if (why !== '') throw new Error(why);
  const found = await verdictsOf(bench);
  const asked = new Set(plan.rows.filter(({ role }) => role !== 'control').map(({ device_id }) => device_id));
  const verdicts = new Map(
    [...asked].map((id) => [id, found.get(id) ?? { verdict: 'clear' as const, level: '' }]),
  );
  await bench.warehouse.run(`
    CREATE TABLE IF NOT EXISTS operator.member (account_id VARCHAR, cluster_id VARCHAR);
    CREATE TABLE IF NOT EXISTS verdict.one_card (device_id VARCHAR, set_no BIGINT);
    CREATE TABLE IF NOT EXISTS verdict.card_set (set_no BIGINT, merchant_id VARCHAR, merchant BOOLEAN)`);
  await certifyCapacity(bench.warehouse);
  const capacity = await bench.warehouse.rows<Campaign['capacity'][number]>(
    'SELECT scope, id, claimed, cards_low, cards_low_any_model FROM verdict.capacity ORDER BY scope, id, gpu_model',
  );
  return { fleet, plan, verdicts, capacity };
}

/** Cards that truly stand behind a part of the fleet, of those machines that were asked. */
export function trueCards(campaign: Campaign, part: (machine: SimulatedMachine) => boolean): number {
  const asked = new Set(campaign.plan.rows.map(({ device_id }) => device_id));
  const rigs = new Map<string, number>();
  let own = 0;
  for (const machine of campaign.fleet) {
    if (!asked.has(machine.device_id) || !part(machine)) continue;
    const { behaviour } = machine;
    if (behaviour.kind === 'own') own += 1;
    if (behaviour.kind === 'shared') rigs.set(behaviour.rig, behaviour.cards);
  }
  return own + [...rigs.values()].reduce((sum, cards) => sum + cards, 0);
}
