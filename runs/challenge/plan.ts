/** Makes a plan of challenges. A pure function of what the run says, the options and the seed. */

import type { Plan, Role } from '../../contracts/challenge-plan.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { type Candidate, candidateGroups, type Machine, type Tie } from './candidates.ts';
import { Draw } from './draw.ts';
import { type Schedule, scheduleRounds, type Unit } from './schedule.ts';

export interface PlanOptions {
  /** Runs that the plan may ask for. */
  budget: number;
  seed: string;
  /** Rounds in which each machine is asked; a third of them alone. */
  rounds: number;
  /** UTC epoch ms at which the window opens. */
  start: number;
  hours: number;
  /** Seconds for which the memory is held. */
  holdS: number;
  /** Ids of machines to be asked in any case. */
  include: readonly string[];
}

export interface PlanInput {
  machines: readonly Machine[];
  ties: readonly Tie[];
  /** SHA-256 of the run's manifest. */
  runDigest: string;
}

/** Cards of one cohort are asked alone one after the other, so a cohort must fit into a round. */
const COHORT = 32;
/** Cards of one machine that are asked; a claim of more proves nothing more. */
const CARDS_PER_MACHINE = 16;
const MIN_CONTROLS = 4;
const MAX_CONTROLS = 40;

/**
 * Memory to fill, MiB: nine tenths of the smallest card of that name, which a desktop leaves free and which
 * no card holds twice. Apple chips lend their GPU about two thirds of the common memory (Metal's
 * recommendedMaxWorkingSetSize).
 */
function memoryToFill({ memory_min_mib, vendor }: Machine): number | null {
  if (memory_min_mib === null || memory_min_mib < 1024) return null;
  return Math.floor(((vendor === 'apple' ? 0.6 : 0.9) * memory_min_mib) / 64) * 64;
}

function unitsOf(machine: Machine, role: Role): Unit[] {
  const memoryMib = memoryToFill(machine);
  if (memoryMib === null) return [];
  const cards = Math.min(Math.max(machine.gpu_count, 1), CARDS_PER_MACHINE);
  return Array.from({ length: cards }, (_, gpuIndex) => ({ machine, gpuIndex, role, memoryMib }));
}

/**
 * Clear machines of different owners without any tie to a suspect, those that the network has measured first.
 */
function drawControls(
  machines: readonly Machine[],
  taken: ReadonlySet<string>,
  many: number,
  draw: Draw,
): Unit[] {
  const fit = machines.filter(
    (machine) =>
      machine.verdict === 'clear' && !taken.has(machine.account_id) && memoryToFill(machine) !== null,
  );
  const order = draw.shuffled(fit).sort((a, b) => Number(b.measured) - Number(a.measured));
  const owners = new Set<string>();
  const controls: Unit[] = [];
  for (const machine of order) {
    if (controls.length >= many || owners.has(machine.account_id)) continue;
    owners.add(machine.account_id);
    controls.push(unitsOf(machine, 'control')[0]!);
  }
  return controls;
}

/**
 * Packs groups whole as far as they fit, so that machines that may share a card are asked alone apart from
 * each other.
 */
function cohortsOf(groups: readonly Unit[][]): Unit[][] {
  const cohorts: Unit[][] = [];
  for (const group of groups) {
    for (let from = 0; from < group.length; from += COHORT) {
      const part = group.slice(from, from + COHORT);
      const last = cohorts.at(-1);
      if (last && last.length + part.length <= COHORT) last.push(...part);
      else cohorts.push(part);
    }
  }
  return cohorts;
}

function refuse(subject: string, expected: string, got: string, todo: string): never {
  throw new GhostcardError('E_USAGE', { subject, expected, got, todo });
}

/** Throws E_USAGE when budget, window or network are too small for a plan that could tell anything. */
export function planChallenges(input: PlanInput, options: PlanOptions): Plan {
  const draw = new Draw(options.seed, input.runDigest);
  const room = Math.floor(options.budget / options.rounds);
  if (room < 2 * MIN_CONTROLS)
    refuse(
      '--budget',
      `at least ${2 * MIN_CONTROLS * options.rounds} runs`,
      String(options.budget),
      'Raise the budget or lower --rounds.',
    );
  const known = new Set(input.machines.map(({ device_id }) => device_id));
  for (const id of options.include)
    if (!known.has(id))
      refuse('--include', 'a device of the run', id, 'Look the id up in devices.csv of the run.');

  // Among equals chance decides, not the order of ids.
  const machines = draw.shuffled(input.machines);
  const wanted = candidateGroups(machines, input.ties, new Set(options.include));
  const controlsWanted = Math.min(Math.max(MIN_CONTROLS, Math.round(room / 10)), MAX_CONTROLS);
  const groups: Unit[][] = [];
  const chosen: Candidate[] = [];
  let unknownModel = 0;
  let leftOut = 0;
  let left = room - controlsWanted;
  for (const group of wanted) {
    const units: Unit[] = [];
    for (const candidate of group) {
      const own = unitsOf(candidate.machine, candidate.role);
      if (own.length === 0) unknownModel += 1;
      else if (own.length > left) leftOut += 1;
      else {
        left -= own.length;
        units.push(...own);
        chosen.push(candidate);
      }
    }
    if (units.length > 0) groups.push(units);
  }
  const owners = new Set(chosen.map(({ machine }) => machine.account_id));
  const controls = drawControls(machines, owners, controlsWanted, draw);
  if (controls.length < MIN_CONTROLS)
    refuse(
      'the run',
      `${MIN_CONTROLS} clear machines of other owners as controls`,
      String(controls.length),
      'Lower --budget, so that fewer machines are asked.',
    );

  const planId = draw.named('plan').slice(0, 12);
  const schedule: Schedule = { ...options, planId };
  const rows = scheduleRounds([...cohortsOf(groups), controls], schedule, draw);
  const cards: Plan['cards'] = { suspect: 0, related: 0, owner: 0, unverified: 0, control: controls.length };
  for (const { role } of groups.flat()) cards[role] += 1;
  return { planId, rows, cards, unknownModel, leftOut };
}
