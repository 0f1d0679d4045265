/** What a finished run says of the subjects that an analyst decides about. */
import { readFileSync } from 'node:fs';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Run } from '../../pipelines/publish/read-run.ts';

export interface KnownAccount {
  verdict: string;
  /** As published. */
  cluster: string | null;
}

export interface Known {
  /** UTC epoch ms. */
  snapshot: number;
  accounts: ReadonlyMap<string, KnownAccount>;
  devices: ReadonlyMap<string, { verdict: string }>;
  /** Members of clusters that were named by their id. */
  clusters: ReadonlyMap<string, string[]>;
}

interface KnownRow {
  kind: 'account' | 'device' | 'cluster';
  id: string;
  account_id: string;
  verdict: string;
  cluster_id: string | null;
}

export const decideSql = (name: string): string =>
  readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

/** Looks the ids up. @throws GhostcardError E_SUBJECT when the run knows one of them under no kind. */
export async function lookUp(run: Run, ids: readonly string[]): Promise<Known> {
  const rows = await run.rows<KnownRow>(decideSql('known'), { ids: JSON.stringify(ids) });
  const found = new Set(rows.map(({ id }) => id));
  const unknown = ids.filter((id) => !found.has(id));
  if (unknown.length > 0) {
    throw new GhostcardError('E_SUBJECT', {
      subject: unknown.slice(0, 5).join(', '),
      expected: 'ids of accounts, devices or clusters in the run',
      got:
        unknown.length === 1
          ? 'an id that the run does not know'
          : `${unknown.length} ids that the run does not know`,
      todo: 'Look them up in accounts.csv, devices.csv or clusters.csv of the run; ids are exact, byte by byte.',
    });
  }
  const clusters = new Map<string, string[]>();
  for (const { kind, id, account_id } of rows) {
    if (kind === 'cluster') clusters.set(id, [...(clusters.get(id) ?? []), account_id]);
  }
  const of = (wanted: KnownRow['kind']) => rows.filter(({ kind }) => kind === wanted);
  return {
    snapshot: Date.parse(run.manifest.snapshot),
    accounts: new Map(
      of('account').map(({ id, verdict, cluster_id }) => [id, { verdict, cluster: cluster_id }]),
    ),
    devices: new Map(of('device').map(({ id, verdict }) => [id, { verdict }])),
    clusters,
  };
}
