/** The dossier of a cluster: who is in it, what holds it together, and what is drawn of it. */
import type { ClusterDossier, ClusterPicture } from '../../contracts/dossier.ts';
import type { ClusterRow } from '../../contracts/verdict.ts';
import type { Run } from '../../pipelines/publish/read-run.ts';
import { letterOf, pictureOf, type SharedFact } from '../../reports/svg/picture.ts';
import { explainSql } from './sql.ts';

interface FactRow extends SharedFact {
  first_at: number | null;
  last_at: number | null;
  earliest: string | null;
}

interface MemberRow {
  account_id: string;
  verdict: string;
  risk: number;
  points_before: string;
  created_at: number;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

async function tiesOf(run: Run, id: string, letters: ReadonlyMap<string, string>) {
  const rows = await run.rows<{ a: string; b: string; weight: number; items: string; all_ties: number }>(
    explainSql('ties'),
    { id },
  );
  const ties = rows.map(({ a, b, weight, items }) => {
    const shared = JSON.parse(items) as { detector: string; value: string }[];
    const facts = shared.flatMap(
      ({ detector, value }) => letters.get(JSON.stringify([detector, value])) ?? [],
    );
    return { a, b, weight, facts };
  });
  return { ties, tie_count: rows[0]?.all_ties ?? 0 };
}

interface DecisionLine {
  kind: string;
  by: string;
  at: number;
  until: number | null;
  why: string;
  state: string;
  accounts: number;
}

/** Null when no cluster of the run with an account that is not clear has this id. */
export async function explainCluster(run: Run, id: string): Promise<ClusterDossier | null> {
  const [cluster] = await run.rows<ClusterRow>(explainSql('cluster'), { id });
  if (!cluster) return null;
  const facts = await run.rows<FactRow>(explainSql('facts'), { id });
  const members = await run.rows<MemberRow>(explainSql('members'), { id });
  const decisions = await run.rows<DecisionLine>(explainSql('operator-decisions'), { id });
  const letters = new Map(
    facts.map(({ detector, value }, i) => [JSON.stringify([detector, value]), letterOf(i)]),
  );
  const { risk, accounts, excluded, devices, stability, density } = cluster;
  return {
    kind: 'cluster',
    id,
    snapshot: run.manifest.snapshot,
    risk,
    accounts,
    excluded,
    devices,
    stability,
    density,
    first_seen: iso(cluster.first_seen)!,
    last_seen: iso(cluster.last_seen)!,
    reasons: cluster.reasons === '' ? [] : cluster.reasons.split('|'),
    members: members.map(({ created_at, ...member }) => ({ ...member, created: iso(created_at)! })),
    facts: facts.map((fact, i) => ({
      letter: letterOf(i),
      detector: fact.detector,
      title: run.detectors[fact.detector]?.title ?? fact.detector,
      value: fact.value,
      family: fact.family,
      forgeable_by: fact.forgeable_by,
      weight: fact.weight,
      accounts: fact.accounts.length,
      first_at: iso(fact.first_at),
      last_at: iso(fact.last_at),
      first: fact.earliest,
    })),
    fact_count: facts[0]?.all_facts ?? 0,
    ...(await tiesOf(run, id, letters)),
    decisions: decisions.map((line) => ({ ...line, at: iso(line.at)!, until: iso(line.until) })),
  };
}

/** What is drawn of a cluster; `about` is ringed. Null when no account of the run is in such a cluster. */
export async function drawnCluster(run: Run, id: string, about?: string): Promise<ClusterPicture | null> {
  const members = await run.rows<MemberRow>(explainSql('members'), { id });
  if (members.length === 0) return null;
  const facts = await run.rows<FactRow>(explainSql('facts'), { id });
  return pictureOf({ id, about }, members, facts, (detector) => run.detectors[detector]?.title ?? detector);
}
