/**
 * Nobody can be framed, and few are washed clean: over generated scenarios, audited on one population without
 * and with what attackers write. A batch is one dataset; a scenario that fails in it is reported with the
 * smallest one that fails alone.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, framings, launderings, machineFramings } from '../bench/framing/arbitrary.ts';
import { type MachineTrial, openMachineTrial } from '../bench/framing/machine-trial.ts';
import { type Framing, openTrial, type Trial } from '../bench/framing/trial.ts';
import type { Scenario } from '../testing/framing/scenario.ts';

const BATCHES = 7;
const PER_BATCH = 3000;
/** The bench tries attackers with up to 200 accounts; here more scenarios are worth more than larger ones. */
const MOST = 15;
/** Two quiet cores need two minutes for the longest of these; busy ones more. */
const TIMEOUT = 1_200_000;

async function explained(trial: Trial, framed: readonly Framing[]) {
  const all: { change: Framing; smallest: Scenario | null }[] = [];
  for (const change of framed.slice(0, 3))
    all.push({ change, smallest: change.scenario ? await trial.smallestFraming(change.scenario) : null });
  return all;
}

describe('accounts that outsiders write', () => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await openTrial(7, 3);
  });
  afterAll(() => trial.close());

  it('exclude nobody, and hold at most two honest accounts in a thousand', { timeout: TIMEOUT }, async () => {
    let scenarios = 0;
    let held = 0;
    let rewritten = 0;
    await fc.assert(
      fc.asyncProperty(batchOf(framings({ most: MOST }), PER_BATCH), async (batch) => {
        const outcome = await trial.frame(batch);
        scenarios += outcome.scenarios.length;
        held += outcome.held.filter(({ scenario }) => !scenario?.moves.includes('F12')).length;
        rewritten += outcome.framed.filter(({ scenario }) => scenario?.moves.includes('F12')).length;
        const framed = outcome.framed.filter(({ scenario }) => !scenario?.moves.includes('F12'));
        expect(await explained(trial, framed)).toEqual([]);
      }),
      { numRuns: BATCHES, seed: 20250310, endOnFailure: true },
    );
    expect(scenarios).toBeGreaterThanOrEqual(20_000);
    // Measured: about one in a thousand, but not reliably below.
    expect(held / scenarios).toBeLessThanOrEqual(0.002);
    // Whoever can rewrite a profile can name a wallet with a past of its own in it: two families from one
    // author.
    expect(rewritten / scenarios).toBeLessThanOrEqual(0.001);
  });

  it('exclude nobody even from networks in which the attackers sat before their victim', async () => {
    await fc.assert(
      fc.asyncProperty(batchOf(framings({ forewarned: true, most: 60 }), 600), async (batch) => {
        const { framed } = await trial.frame(batch);
        const others = framed.filter(({ scenario }) => !scenario?.moves.includes('F12'));
        expect(await explained(trial, others)).toEqual([]);
      }),
      { numRuns: 1, seed: 20250311, endOnFailure: true },
    );
  });

  it('wash few rings: what an operator adds seldom lowers exclude to clear', async () => {
    let excluded = 0;
    let freed = 0;
    await fc.assert(
      fc.asyncProperty(batchOf(launderings, 120), async (batch) => {
        const outcome = await trial.launder(batch);
        excluded += outcome.excluded;
        freed += outcome.freed.length;
      }),
      { numRuns: 2, seed: 20250312, endOnFailure: true },
    );
    expect(excluded).toBeGreaterThan(500);
    // Not 0 yet: strangers beside a burst take its block from it, and a burst alone holds nobody. Measured:
    // 13 of 860.
    expect(freed).toBeLessThanOrEqual(0.05 * excluded);
  });
});

describe('machines that outsiders write', () => {
  let trial: MachineTrial;
  beforeAll(async () => {
    trial = await openMachineTrial(7, 0.12);
  });
  afterAll(() => trial.close());

  it('exclude nobody and void no card', async () => {
    await fc.assert(
      fc.asyncProperty(batchOf(machineFramings, 120), async (batch) => {
        const { victims, framed, held } = await trial.frame(batch);
        expect(victims.size).toBeGreaterThan(50);
        expect(framed).toEqual([]);
        const owners = held.filter(
          ({ kind, id }) => kind === 'account' && !victims.get(id)?.moves.includes('F2'),
        );
        expect(owners).toEqual([]);
      }),
      { numRuns: 1, seed: 20250313, endOnFailure: true },
    );
  });
});
