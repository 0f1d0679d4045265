/**
 * The moves that need machines: what attackers write about cards, telemetry and benchmarks of an honest
 * person's machine.
 */
import { newCard } from '../../fixtures/worlds/cards.ts';
import { model } from '../../fixtures/worlds/models.ts';
import { Random } from '../../fixtures/worlds/random.ts';
import { populate } from '../../fixtures/worlds/registry.ts';
import {
  addAccount,
  addMachine,
  type MachineOptions,
  type Scene,
  type World,
} from '../../fixtures/worlds/scene.ts';
import { notBefore } from '../../fixtures/worlds/schedule.ts';
import { DAY, HOUR, type Machine } from '../../fixtures/worlds/spec.ts';

export const MACHINE_MOVES = {
  F1: 'claims the card of the victim, and his board, while his machine is on',
  F2: 'claims the card of the victim before the victim first reports it',
  F3: 'uses the card of the victim in turns with him, as after a sale',
  F6: 'restarts whenever the victim restarts, and shows his telemetry',
  F7: 'answers benchmarks with the digests and figures of the victim',
  F16: 'sends messages dated before those of the victim, with longer uptimes',
} as const;

export type MachineMove = keyof typeof MACHINE_MOVES;

export interface MachineScenario {
  victim: number;
  moves: readonly MachineMove[];
  budget: number;
  seed: number;
}

const START = Date.UTC(2025, 2, 10);

/** Honest people with machines and three days of messages. */
export function homes(seed: number, scale: number): World {
  const window = { start: START, end: START + 3 * DAY };
  return populate('honest', {
    seed,
    scale,
    window,
    intervalS: 1800,
    only: ['honest-home-miners', 'honest-family', 'honest-restart-script', 'honest-passthrough'],
  });
}

export interface Siege {
  world: World;
  /** By account id of the victim. */
  victims: Map<string, MachineScenario>;
  /** Whom each of the attackers' machines copies, by its id. */
  machines: Map<string, { victim: Machine; moves: readonly MachineMove[] }>;
}

/**
 * The attackers' own world, under the same clock: their machines refer to machines of `base` and change none
 * of them.
 */
export function besiege(base: World, scenarios: readonly MachineScenario[]): Siege {
  const world: World = {
    ...base,
    random: new Random('machine-framing'),
    accounts: [],
    machines: [],
    transfers: [],
    accusations: [],
  };
  const siege: Siege = { world, victims: new Map(), machines: new Map() };
  for (const scenario of scenarios) {
    const victim = base.machines[scenario.victim % base.machines.length]!;
    if (siege.victims.has(victim.account.id)) continue;
    siege.victims.set(victim.account.id, scenario);
    const rng = new Random(`machine-framing/${victim.id}/${scenario.seed}`);
    const scene: Scene = {
      world,
      family: 'framing',
      strength: 1,
      operator: `attacker-${scenario.seed}`,
      rng,
      added: { accounts: 0, machines: 0 },
    };
    for (let i = 0; i < scenario.budget; i++) {
      const machine = attack(scene, victim, scenario, rng.stream(i));
      siege.machines.set(machine.id, { victim, moves: scenario.moves });
    }
  }
  return siege;
}

function attack(scene: Scene, victim: Machine, { moves }: MachineScenario, rng: Random): Machine {
  const { window } = scene.world;
  const early = moves.includes('F2');
  const account = addAccount(scene, { country: victim.account.country });
  account.createdAt = early
    ? Math.round(victim.registeredAt - rng.between(1, 20) * DAY)
    : Math.round(Math.min(victim.registeredAt + rng.between(0.01, 5) * DAY, window.end - 6 * HOUR));
  const options: MachineOptions = { registeredAt: account.createdAt + HOUR };
  const shown = victim.cards[0]!;
  const card = newCard(shown.core.model.apple ? model('Tesla T4') : shown.core.model, rng);
  if (early || moves.includes('F1') || moves.includes('F3')) {
    card.uuid = shown.uuid;
    card.serial = shown.serial;
    options.machineId = victim.machineId;
    options.hostname = victim.hostname;
  }
  options.cards = [card];
  options.claim = victim.claim;
  if (moves.includes('F3')) options.spans = gaps(victim, window.end);
  if (moves.includes('F6')) {
    // Copies come after what they copy: by two minutes or more.
    const lag = rng.int(2, 20) * 60_000;
    options.spans = victim.spans.map((span) => ({
      start: span.start + lag,
      end: span.end + lag,
      clientAt: span.clientAt + lag,
      bootAt: span.bootAt + lag,
    }));
    options.telemetry = { kind: 'replay', of: victim, shift: 1 };
  }
  if (moves.includes('F16')) {
    options.clockMs = -rng.between(1, 30) * DAY;
    options.spans = (options.spans ?? [{ start: window.start, end: window.end, clientAt: 0, bootAt: 0 }]).map(
      (span) => ({ ...span, clientAt: span.clientAt - 30 * DAY }),
    );
  }
  const machine = addMachine(scene, account, options);
  machine.spans = notBefore(machine.spans, machine.registeredAt).filter(
    ({ start, end }) => start < end && start < window.end,
  );
  return machine;
}

/** The times in which the victim's machine is off. */
function gaps(victim: Machine, end: number): Machine['spans'] {
  const spans = victim.spans.toSorted((a, b) => a.start - b.start);
  return spans.flatMap((span, i) => {
    const start = span.end + HOUR / 2;
    const until = Math.min((spans[i + 1]?.start ?? end) - HOUR / 2, end);
    return until - start > HOUR ? [{ start, end: until, clientAt: start, bootAt: start }] : [];
  });
}
