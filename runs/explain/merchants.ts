/**
 * What the owner of a fake machine is told: that strangers were sold the same card, and what to do about it.
 */
import type { DossierMerchant } from '../../contracts/dossier.ts';
import type { Run } from '../../pipelines/publish/read-run.ts';
import { explainSql } from './sql.ts';

const ADVICE =
  'If you bought or rented this machine from somebody, the account is not at fault and stays. Have a card of your own put ' +
  'in, or move to another seller, before the snapshot; register it as a new device, and ask for a benchmark at a second ' +
  'that the network chooses. Ask the seller for your money back with this page.';

export async function merchantsOf(
  run: Run,
  kind: 'account' | 'device',
  id: string,
): Promise<DossierMerchant[]> {
  const rows = await run.rows<Omit<DossierMerchant, 'says' | 'advice'>>(explainSql('merchants'), {
    kind,
    id,
  });
  return rows.map((row) => {
    const cards =
      row.cards_at_least === row.cards_at_most
        ? `${row.cards_at_least}`
        : `${row.cards_at_least} to ${row.cards_at_most}`;
    return {
      ...row,
      says: `${row.devices} machines of ${row.accounts} accounts answer with ${cards} real card${cards === '1' ? '' : 's'}; the ${row.devices_void} that are void belong to owners whom nothing else links.`,
      advice: ADVICE,
    };
  });
}
