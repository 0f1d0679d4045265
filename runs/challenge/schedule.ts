/** When each card is asked: rounds together and rounds alone, mixed by chance. */

import type { Role } from '../../contracts/challenge-plan.ts';
import type { Row } from '../../contracts/dataset.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Machine } from './candidates.ts';
import type { Draw } from './draw.ts';

type Challenge = Row<'challenges'>;

/** A card to be asked. */
export interface Unit {
  machine: Machine;
  gpuIndex: number;
  role: Role;
  memoryMib: number;
}

export interface Schedule {
  planId: string;
  rounds: number;
  start: number;
  hours: number;
  holdS: number;
}

/** Twice the hold between two runs alone: a card that answers late is still busy for one. */
const GAP = 2;

/**
 * Cuts the window into one slot per round. In a round together all cards are asked at one second of its slot;
 * in a round alone the cards of a cohort are asked one after the other, in an order drawn anew. Throws
 * E_USAGE when a slot is too short for that.
 */
export function scheduleRounds(cohorts: readonly Unit[][], plan: Schedule, draw: Draw): Challenge[] {
  const slotS = Math.floor((plan.hours * 3600) / plan.rounds);
  const largest = Math.max(...cohorts.map((cohort) => cohort.length));
  const neededS = (largest + 1) * GAP * plan.holdS;
  if (slotS < neededS) {
    throw new GhostcardError('E_USAGE', {
      subject: '--hours',
      expected: `at least ${Math.ceil((neededS * plan.rounds) / 3600)} hours for ${plan.rounds} rounds of ${plan.holdS} seconds`,
      got: String(plan.hours),
      todo: 'Widen the window, or lower --rounds or --hold.',
    });
  }
  // One of every three is alone: a bad evening then meets both kinds.
  const modes: Challenge['mode'][] = [];
  while (modes.length < plan.rounds) modes.push(...draw.shuffled(['alone', 'together', 'together']));
  modes.length = plan.rounds;
  const usableS = slotS - GAP * plan.holdS;
  const rows: Challenge[] = [];
  for (const [round, mode] of modes.entries()) {
    const slot = plan.start + round * slotS * 1000;
    const second = draw.integer(usableS);
    let number = 0;
    for (const [k, cohort] of cohorts.entries()) {
      const turns = draw.shuffled(cohort.map((_, i) => i));
      const spacing = Math.floor(usableS / cohort.length);
      for (const [i, unit] of cohort.entries()) {
        const turn = turns[i]! * spacing + draw.integer(spacing - GAP * plan.holdS + 1);
        const challenge = `${plan.planId}-${round + 1}-${++number}`;
        rows.push({
          challenge_id: challenge,
          plan_id: plan.planId,
          cohort: `${plan.planId}-k${k + 1}`,
          round: round + 1,
          mode,
          role: unit.role,
          starts_at: slot + 1000 * (mode === 'together' ? second : turn),
          device_id: unit.machine.device_id,
          gpu_index: unit.gpuIndex,
          gpu_model: unit.machine.gpu_model,
          memory_mib: unit.memoryMib,
          hold_s: plan.holdS,
          nonce: draw.named(`nonce\n${challenge}`).slice(0, 32),
        });
      }
    }
  }
  return rows;
}
