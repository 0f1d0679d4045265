/**
 * A finished audit's warehouse, judged again under other evidence. Everything before the evidence stays as it
 * is.
 */
import type { Policy } from '../../contracts/policy.ts';
import { BRAKE_NAMES } from '../../contracts/verdict.ts';
import { cluster } from '../../pipelines/cluster/cluster.ts';
import { detect, type Present } from '../../pipelines/detect/detect.ts';
import type { Detector } from '../../pipelines/detect/registry.ts';
import { judge } from '../../pipelines/judge/judge.ts';
import { loadPolicy } from '../../pipelines/judge/policy.ts';
import { quietEffects } from '../../pipelines/models/run.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';

/** Subjects by what became of them: `final` is excluded or void, `held` is review. */
export interface Outcome {
  final: ReadonlySet<string>;
  held: ReadonlySet<string>;
}

export interface Rejudged {
  /** The run as it was. */
  whole(): Promise<Outcome>;
  /** Verdicts where `id` had found nothing. */
  without(id: string): Promise<Outcome>;
  /** Verdicts where `detector` had been run as it is handed in; null where its findings stay the same. */
  instead(detector: Detector): Promise<Outcome | null>;
  /** Ids of the detectors that found something. */
  found: readonly string[];
  /** Ids of those that ran. */
  ran: readonly string[];
}

const TABLES = ['finding', 'network', 'same_card', 'coverage', 'seen'] as const;
const policy = loadPolicy();
const quiet = { progress: () => {} };
const overrideBrakes = BRAKE_NAMES.map((name) => ({ name, why: 'a world with known truth is measured' }));

/** Judges the evidence that a finished audit's warehouse holds by a policy, the shipped one by default. */
export async function outcomeOf(
  warehouse: Warehouse,
  snapshot: number,
  by: Policy = policy,
): Promise<Outcome> {
  await cluster({ policy: by, snapshot }, { warehouse, ...quiet });
  await judge({ policy: by, snapshot, overrideBrakes }, { warehouse, ...quiet });
  const rows = await warehouse.rows<{ id: string; verdict: string }>(
    `SELECT 'account ' || account_id AS id, verdict FROM verdict.account WHERE verdict <> 'clear'
     UNION ALL SELECT 'device ' || device_id, verdict FROM verdict.device WHERE verdict <> 'clear'`,
  );
  const of = (held: boolean) =>
    new Set(rows.filter(({ verdict }) => (verdict === 'review') === held).map(({ id }) => id));
  return { final: of(false), held: of(true) };
}

/** Columns that every run has: a detector that ran once has what it needs. */
const everything: Present = new Map();

/** Opens the evidence of a finished audit. The warehouse is left with the evidence that it had, judged. */
export async function openEvidence(warehouse: Warehouse, snapshot: number): Promise<Rejudged> {
  for (const table of TABLES)
    await warehouse.run(`CREATE OR REPLACE TABLE loaded.kept_${table} AS FROM evidence.${table}`);
  const restore = async (but: string | null) => {
    for (const table of TABLES) {
      const where = table === 'finding' && but !== null ? 'WHERE detector <> $but' : '';
      await warehouse.run(`TRUNCATE evidence.${table}`);
      await warehouse.run(`INSERT INTO evidence.${table} SELECT * FROM loaded.kept_${table} ${where}`, {
        but,
      });
    }
  };
  const ids = async (sql: string) => (await warehouse.rows<{ id: string }>(sql)).map(({ id }) => id);
  const of = 'SELECT * FROM loaded.kept_finding WHERE detector = $id';
  return {
    found: await ids('SELECT DISTINCT detector AS id FROM loaded.kept_finding ORDER BY id'),
    ran: await ids("SELECT detector AS id FROM loaded.kept_coverage WHERE outcome = 'ran' ORDER BY id"),
    async whole() {
      await restore(null);
      return outcomeOf(warehouse, snapshot);
    },
    async without(id) {
      await restore(id);
      return outcomeOf(warehouse, snapshot);
    },
    async instead({ meta, ...detector }) {
      const { id } = detector;
      const anyInput = { ...detector, meta: { ...meta, needs: {} } };
      const effects = quietEffects(warehouse);
      await detect([anyInput], { present: everything, policy, snapshot }, effects);
      await warehouse.run('CREATE OR REPLACE TABLE loaded.other_finding AS FROM evidence.finding');
      const { n } = await warehouse.row<{ n: number }>(
        `SELECT count(*) AS n FROM (
           (${of} EXCEPT ALL SELECT * FROM loaded.other_finding)
           UNION ALL (SELECT * FROM loaded.other_finding EXCEPT ALL ${of}))`,
        { id },
      );
      await restore(id);
      if (n === 0) return null;
      await warehouse.run('INSERT INTO evidence.finding SELECT * FROM loaded.other_finding');
      return outcomeOf(warehouse, snapshot);
    },
  };
}
