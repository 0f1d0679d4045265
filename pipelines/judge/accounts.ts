/** Judges every account that has evidence: first each alone, then the list as a whole. */
import type { Policy } from '../../contracts/policy.ts';
import type { HeldBy, Term } from '../../contracts/verdict.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { AccountList } from './account-list.ts';
import type { AccountContext } from './account-rule.ts';
import type { DecisionBook } from './decisions.ts';
import { subjects } from './findings.ts';
import { risk } from './fusion.ts';
import { writeCertificates, writeTerms } from './write.ts';

interface ContextRow {
  account_id: string;
  house: boolean;
  accounts: number | null;
  stable: boolean | null;
  density: number | null;
  bridge: boolean | null;
}

export interface Judged {
  accounts: { id: string; verdict: string; risk: number; reasons: string[]; heldBy: HeldBy[] }[];
  clusters: { id: string; risk: number; reasons: string[] }[];
}

async function contexts(
  warehouse: Warehouse,
  low: number,
  high: number,
): Promise<Map<string, AccountContext>> {
  const rows = await warehouse.rows<ContextRow>(
    `SELECT account_id, house, accounts, stable, density, bridge FROM account_context WHERE account_id IN
     (SELECT subject_id FROM account_finding WHERE subject_no >= $low AND subject_no < $high)`,
    { low, high },
  );
  return new Map(
    rows.map(({ account_id, house, accounts, stable, density, bridge }) => [
      account_id,
      {
        house,
        cluster: accounts === null ? null : { accounts, stable: stable!, density: density!, bridge: bridge! },
      },
    ]),
  );
}

/** Writes terms and certificates; returns what stands in `verdict.account` and `verdict.cluster`. */
export async function judgeAccounts(
  policy: Policy,
  decisions: DecisionBook,
  warehouse: Warehouse,
  progress: (done: number) => void,
): Promise<Judged> {
  const list = new AccountList(policy);
  /** Terms of subjects with a decision. */
  const decidedOn = new Map<string, Term[]>();
  let low = 0;
  for await (const { batch, done } of subjects(warehouse, 'account', policy)) {
    const context = await contexts(warehouse, low, done);
    const written: Term[] = [];
    for (const subject of batch) {
      const terms = list.add(subject, context.get(subject.id)!);
      written.push(...terms);
      if (decisions.knows('account', subject.id)) decidedOn.set(subject.id, terms);
    }
    await writeTerms(warehouse, written);
    low = done;
    progress(done);
  }
  const { outcomes, pools } = list.finish();
  const accounts = outcomes.map(({ id, verdict, logOdds, reasons, heldBy }) => {
    const decided = decisions.apply('account', id, verdict, decidedOn.get(id) ?? []);
    const held: HeldBy[] = decided.byDecision ? [...heldBy, 'decision'] : heldBy;
    return { id, verdict: decided.verdict, risk: risk(logOdds), reasons, heldBy: held };
  });
  const excluded = new Set(accounts.filter(({ verdict }) => verdict === 'exclude').map(({ id }) => id));
  await writeCertificates(
    warehouse,
    outcomes.flatMap(({ id, certificates }) =>
      excluded.has(id) ? certificates.map((certificate) => ({ account_id: id, ...certificate })) : [],
    ),
  );
  const clusters = [...pools].map(([id, { logOdds, reasons }]) => ({ id, risk: risk(logOdds), reasons }));
  return { accounts, clusters };
}
