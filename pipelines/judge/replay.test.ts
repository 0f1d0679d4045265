/**
 * A published term is enough: from the rows that a run publishes, every verdict follows again by the judge's
 * own rules.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { HeldBy, Term } from '../../contracts/verdict.ts';
import { finding, judgeScene, policyWith, type Scene } from '../../testing/scene.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { AccountList } from './account-list.ts';
import type { Machine } from './cards.ts';
import { risk } from './fusion.ts';
import { judgeMachine } from './machine.ts';

const shipped = policyWith({});
const policy = policyWith(
  {
    wallet: { strong: 6, weak: 3.5, idle: 0 },
    image: { strong: 5, weak: 2 },
    forged: { strong: 4, weak: 1 },
    speed: { strong: 11, weak: 5 },
    uuid: { strong: 6, weak: 2.5 },
  },
  {
    lift: { uuid: { strong: 2, weak: 1 } },
    contradictions: { levels: { speed: ['strong'] }, cap: 12 },
    cluster: { ...shipped.cluster, hub: { accounts: 4, related: 0.5 } },
    riskBudget: 0.01,
  },
);

const people = Array.from({ length: 12 }, (_, i) => `a${i}`);
const boxes = ['b0', 'b1', 'b2'];
const ABOUT = {
  wallet: { family: 'money' },
  image: { family: 'identity' },
  forged: { family: 'report', forgeable_by: 'anyone' },
  speed: { family: 'benchmark', forgeable_by: 'nobody', subject_type: 'device' },
  uuid: { family: 'inventory', subject_type: 'device' },
} as const satisfies Record<string, Partial<Finding>>;

const tested = fc.constantFrom(2, 40, 1_000_000);
/** One fact about some accounts, at any of its levels and often at several. */
const fact = fc
  .record({
    detector: fc.constantFrom('wallet', 'image', 'forged'),
    levels: fc.subarray(['strong', 'weak', 'idle'], { minLength: 1 }),
    value: fc.option(fc.constantFrom('v0', 'v1'), { freq: 5 }),
    facet: fc.option(fc.constantFrom('x', 'y')),
    who: fc.subarray(people, { minLength: 1 }),
    tested,
  })
  .map(({ levels, who, detector, value, ...more }) =>
    who.flatMap((id) =>
      levels.map((level) =>
        finding(id, detector, { ...ABOUT[detector], ...more, level, value, links: value !== null }),
      ),
    ),
  );
/** One fact about a machine or a card of it. */
const defect = fc
  .record({
    detector: fc.constantFrom('speed', 'uuid'),
    levels: fc.subarray(['strong', 'weak'], { minLength: 1 }),
    gpu_index: fc.option(fc.constantFrom(0, 1, 2)),
    shared: fc.boolean(),
    who: fc.subarray(boxes, { minLength: 1 }),
    tested,
  })
  .map(({ levels, who, detector, shared, ...more }) =>
    who.flatMap((id) =>
      levels.map((level) => {
        const links = shared && detector === 'uuid';
        return finding(id, detector, {
          ...ABOUT[detector],
          ...more,
          level,
          value: links ? 'u' : null,
          links,
        });
      }),
    ),
  );

/** A farm on one wallet and one image, of which some members lack the image. */
const ring = fc
  .subarray(people.slice(0, 8), { minLength: 4 })
  .map((imaged) => [
    ...people.slice(0, 8).map((id) => finding(id, 'wallet', { ...ABOUT.wallet, value: 'farm' })),
    ...imaged.map((id) => finding(id, 'image', { ...ABOUT.image, value: 'farm' })),
  ]);

const scene: fc.Arbitrary<Scene> = fc.record({
  accounts: fc.constant(people.map((id, i) => ({ id, at: i + 1, house: i === 11 }))),
  devices: fc
    .array(fc.record({ cards: fc.integer({ min: 1, max: 3 }), measured: fc.subarray([0, 1, 2]) }), {
      minLength: boxes.length,
      maxLength: boxes.length,
    })
    .map((list) =>
      list.map(({ cards, measured }, i) => {
        const runs = measured.flatMap((card) => [card, card, card]);
        return { id: boxes[i]!, account: people[i]!, cards, runs };
      }),
    ),
  findings: fc
    .tuple(ring, fc.array(fact, { maxLength: 5 }), fc.array(defect, { maxLength: 4 }))
    .map(([farm, facts, defects]) => [...farm, ...facts.flat(), ...defects.flat()]),
});

interface Said {
  id: string;
  verdict: string;
  risk: number;
  reasons: string;
  held_by: string;
}

const said = (
  id: string,
  verdict: string,
  at: number,
  reasons: readonly string[],
  held: readonly HeldBy[],
): Said => ({ id, verdict, risk: at, reasons: reasons.join('|'), held_by: held.join('|') });

/** The rows of a file of the run directory, by the query that publishes it. */
const published = <Row>(warehouse: Warehouse, file: string): Promise<Row[]> =>
  warehouse.rows<Row>(readFileSync(new URL(`../publish/parquet/${file}.sql`, import.meta.url), 'utf8'));

/** What the published queries ask beside the judge's tables. */
const CLAIMS = `${readFileSync(new URL('../publish/formats.sql', import.meta.url), 'utf8')};
  CREATE TABLE features.device_claim AS SELECT device_id, 'nvidia' AS vendor, 1 AS memory_min_mib FROM raw.devices`;

interface AccountFacts {
  account_id: string;
  house: boolean;
  cluster_id: string | null;
  bridge: boolean;
  cluster_accounts: number | null;
  cluster_stable: boolean;
  cluster_density: number;
}

function replayAccounts(facts: readonly AccountFacts[], termsOf: Map<string, Term[]>, by: Policy): Said[] {
  const list = new AccountList(by);
  const order = facts.toSorted((a, b) => ((a.cluster_id ?? '~') < (b.cluster_id ?? '~') ? -1 : 1));
  for (const fact of order) {
    const terms = termsOf.get(`account ${fact.account_id}`);
    const [accounts, stable] = [fact.cluster_accounts, fact.cluster_stable];
    const density = fact.cluster_density;
    const cluster = accounts === null ? null : { accounts, stable, density, bridge: fact.bridge };
    if (terms)
      list.add({ id: fact.account_id, clusterId: fact.cluster_id, terms }, { house: fact.house, cluster });
  }
  return list
    .finish()
    .outcomes.map(({ id, verdict, logOdds, reasons, heldBy }) =>
      said(id, verdict, risk(logOdds), reasons, heldBy),
    );
}

async function replay(warehouse: Warehouse) {
  const termsOf = new Map<string, Term[]>();
  for (const term of await published<Term>(warehouse, 'terms')) {
    const key = `${term.subject_type} ${term.subject_id}`;
    termsOf.set(key, [...(termsOf.get(key) ?? []), term]);
  }
  const machines = (
    await published<Partial<Machine> & { device_id: string; gpu_count: number }>(warehouse, 'device_facts')
  ).flatMap(({ device_id, places, judgeable, gpu_count }) => {
    const terms = termsOf.get(`device ${device_id}`);
    if (!terms) return [];
    const machine = { places: places ?? [], judgeable: judgeable ?? [], listed: gpu_count };
    return [{ device_id, ...judgeMachine(terms, machine, policy) }];
  });
  return {
    accounts: replayAccounts(await published<AccountFacts>(warehouse, 'account_facts'), termsOf, policy),
    devices: machines.map((one) => said(one.device_id, one.verdict, one.risk, one.reasons, one.heldBy)),
    cards: machines.flatMap(({ device_id, cards }) =>
      cards.length === 1
        ? []
        : cards.map((one) => ({
            id: device_id,
            card: one.card,
            verdict: one.verdict as string,
            risk: risk(one.logOdds),
          })),
    ),
  };
}

const byId = <T extends { id: string; card?: number | null }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (`${a.id} ${a.card}` < `${b.id} ${b.card}` ? -1 : 1));

describe('the published terms of any run', () => {
  it('replay to its verdicts on accounts, devices and cards', async () => {
    const met = { verdicts: new Set<string>(), hubs: 0, weaker: 0 };
    await fc.assert(
      fc.asyncProperty(scene, async (drawn) => {
        const { warehouse } = await judgeScene(drawn, policy);
        try {
          await warehouse.run(CLAIMS);
          const again = await replay(warehouse);
          const judged = (kind: string) =>
            warehouse.rows<Said>(
              `SELECT ${kind}_id AS id, verdict, risk, reasons, held_by FROM verdict.judged_${kind}`,
            );
          const accounts = await judged('account');
          expect(byId(again.accounts)).toEqual(byId(accounts));
          const devices = await judged('device');
          expect(byId(again.devices)).toEqual(byId(devices));
          const cards = await warehouse.rows<(typeof again.cards)[number]>(
            'SELECT device_id AS id, gpu_index AS card, verdict, risk FROM verdict.judged_gpu',
          );
          expect(byId(again.cards)).toEqual(byId(cards));
          for (const { verdict } of [...accounts, ...devices]) met.verdicts.add(verdict);
          const counts = await warehouse.row<{ hubs: number; weaker: number }>(
            `SELECT count(*) FILTER (WHERE hub) AS hubs, count(*) FILTER (WHERE why_not = 'also-holds') AS weaker FROM verdict.term`,
          );
          met.hubs += counts.hubs;
          met.weaker += counts.weaker;
        } finally {
          warehouse.close();
        }
      }),
      { numRuns: 12, seed: 11 },
    );
    // Scenes that never excluded, held or met a hub would replay whatever a term forgot.
    expect([...met.verdicts].sort()).toEqual(['clear', 'exclude', 'review', 'void']);
    expect(met.hubs).toBeGreaterThan(0);
    expect(met.weaker).toBeGreaterThan(0);
  });
});
