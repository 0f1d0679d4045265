/** Reads finished runs whose truth is known as the fit needs them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Family, ForgeableBy } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import type { Labelled } from './levels.ts';

export type Kind = 'account' | 'device';

/** A finding of a run, with the bound that ln(tested / 3) put on it there. */
export interface FoundTerm {
  detector: string;
  level: string;
  family: Family;
  forgeable_by: ForgeableBy;
  value: string | null;
  /** Nats that it cannot pass, whatever the policy says; null where the run's weight stayed below that bound. */
  bound: number | null;
}

export interface LabelledSubject extends Labelled {
  strength: number;
  terms: FoundTerm[];
}

interface Row {
  truth: string;
  family: string;
  strength: number;
  terms: string;
}

interface TermRow extends Omit<FoundTerm, 'bound'> {
  weight_raw: number;
}

function weightsOf(run: string): Policy['weights'] {
  const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8'));
  return manifest.policy.content.weights;
}

/** Labelled subjects of a run with their findings; subjects without a label are left out. `labels` is a CSV file. */
export async function labelledSubjects(
  { run, labels }: { run: string; labels: string },
  kind: Kind,
  warehouse: Warehouse,
): Promise<LabelledSubject[]> {
  const weights = weightsOf(run);
  const rows = await warehouse.rows<Row>(
    `SELECT l.truth, coalesce(l.family, 'unnamed') AS family, coalesce(try_cast(l.strength AS INTEGER), 0) AS strength,
       coalesce(to_json(list({detector: t.detector, level: t.level, family: t.family, forgeable_by: t.forgeable_by,
         value: t.value, weight_raw: t.weight_raw} ORDER BY t.detector, t.level, t.value)
         FILTER (WHERE t.detector IS NOT NULL)), '[]')::VARCHAR AS terms
     FROM read_csv($labels, all_varchar = true) l
     LEFT JOIN read_parquet($terms) t ON t.subject_type = l.subject_type AND t.subject_id = l.subject_id
     WHERE l.subject_type = $kind
     GROUP BY l.subject_id, l.truth, l.family, l.strength ORDER BY l.subject_id`,
    { labels, terms: join(run, 'terms.parquet'), kind },
  );
  return rows.map(({ truth, family, strength, terms }) => {
    const found = (JSON.parse(terms) as TermRow[]).map(({ weight_raw, ...term }) => {
      const present = weights[term.detector]?.[term.level] ?? 0;
      return { ...term, bound: weight_raw < present ? weight_raw : null };
    });
    return {
      bad: truth === 'bad',
      group: family,
      strength,
      levels: new Set(found.map(({ detector, level }) => `${detector}.${level}`)),
      terms: found,
    };
  });
}
