/** Whom an account is linked with, and by what. */
import type { DossierLink } from '../../contracts/dossier.ts';
import type { Run } from '../../pipelines/publish/read-run.ts';
import { explainSql } from './sql.ts';

/** The strongest links of an account and how many it has in all. */
export async function linksOf(run: Run, id: string): Promise<{ links: DossierLink[]; link_count: number }> {
  const rows = await run.rows<{
    account_id: string;
    verdict: string;
    weight: number;
    items: string;
    all_links: number;
  }>(explainSql('links'), { id });
  const links = rows.map(({ account_id, verdict, weight, items }) => {
    const shared = JSON.parse(items) as { detector: string; value: string; weight: number }[];
    return {
      account_id,
      verdict,
      weight,
      shared: shared.map(({ detector, value, weight: nats }) => ({
        detector,
        title: run.detectors[detector]?.title ?? detector,
        value,
        weight: nats,
      })),
    };
  });
  return { links, link_count: rows[0]?.all_links ?? 0 };
}
