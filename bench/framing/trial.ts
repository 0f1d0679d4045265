/** One ground, audited once without attackers, on which batch after batch of scenarios is tried. */
import { merge, stage } from '../../testing/framing/batch.ts';
import { type Ground, ground as populate } from '../../testing/framing/ground.ts';
import { type LaunderScenario, launder } from '../../testing/framing/launder.ts';
import type { Rows } from '../../testing/framing/rows.ts';
import type { Scenario } from '../../testing/framing/scenario.ts';
import { type Change, changes, framed, held, laundered } from './compare.ts';
import { openPipeline, type Verdicts } from './pipeline.ts';
import { smallest } from './smallest.ts';

export interface Framing extends Change {
  /** Absent for bystanders. */
  scenario?: Scenario;
}

export interface FramingOutcome {
  scenarios: Scenario[];
  framed: Framing[];
  held: Framing[];
  laundered: Framing[];
}

export interface LaunderingOutcome {
  scenarios: LaunderScenario[];
  /** Excluded accounts of the rings, and how many of them fell to review and to clear. */
  excluded: number;
  review: number;
  freed: { id: string; scenario: LaunderScenario; reasons: string }[];
}

export interface Trial {
  ground: Ground;
  before: Verdicts;
  frame(scenarios: readonly Scenario[]): Promise<FramingOutcome>;
  launder(scenarios: readonly LaunderScenario[]): Promise<LaunderingOutcome>;
  /** The smallest scenario that still excludes its victim, or null where it alone does not. */
  smallestFraming(scenario: Scenario, wanted?: (change: Change) => boolean): Promise<Scenario | null>;
  smallestLaundering(scenario: LaunderScenario): Promise<LaunderScenario | null>;
  close(): void;
}

/** Opens a trial on the population of a seed; about 2,400 accounts at `scale` 1. */
export async function openTrial(seed: number, scale: number): Promise<Trial> {
  const ground = populate(seed, scale);
  const pipeline = await openPipeline(ground.end);
  const before = await pipeline.audit([{ rows: ground.rows }]);
  const frame = async (scenarios: readonly Scenario[]): Promise<FramingOutcome> => {
    const batch = stage(ground, scenarios);
    const after = await pipeline.audit([{ rows: batch.ground }, { rows: batch.written }]);
    const all = changes(before, after).map((change): Framing => {
      const scenario = batch.scenarios.get(change.id);
      return scenario ? { ...change, scenario } : change;
    });
    // A ring is no victim: that it is found with the attackers' help frames nobody.
    const honest = new Set(ground.accounts.flatMap(({ id, label }) => (label.truth === 'good' ? [id] : [])));
    const ours = all.filter(({ id }) => honest.has(id));
    return {
      scenarios: [...batch.scenarios.values()],
      framed: ours.filter(framed),
      held: ours.filter(held),
      laundered: all.filter(laundered),
    };
  };
  const wash = async (scenarios: readonly LaunderScenario[]): Promise<LaunderingOutcome> => {
    const rows: Rows = {};
    const of = new Map<string, LaunderScenario>();
    for (const scenario of scenarios) {
      const { ring, rows: more } = launder(ground, scenario);
      if (ring.some(({ id }) => of.has(id))) continue;
      for (const { id } of ring) of.set(id, scenario);
      merge(rows, more);
    }
    const after = await pipeline.audit([{ rows: ground.rows }, { rows }]);
    const outcome: LaunderingOutcome = {
      scenarios: [...new Set(of.values())],
      excluded: 0,
      review: 0,
      freed: [],
    };
    for (const [id, scenario] of of) {
      if (before.accounts.get(id)!.verdict !== 'exclude') continue;
      outcome.excluded++;
      const { verdict, reasons } = after.accounts.get(id)!;
      if (verdict === 'review') outcome.review++;
      if (verdict === 'clear') outcome.freed.push({ id, scenario, reasons });
    }
    return outcome;
  };
  return {
    ground,
    before,
    frame,
    launder: wash,
    smallestFraming: (scenario, wanted = framed) =>
      smallest(scenario, async (one) => {
        const outcome = await frame([one]);
        return [...outcome.framed, ...outcome.held].some((change) => change.scenario && wanted(change));
      }),
    smallestLaundering: (scenario) => smallest(scenario, async (one) => (await wash([one])).freed.length > 0),
    close: pipeline.close,
  };
}
