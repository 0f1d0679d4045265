/** Published lists of one column: addresses that somebody eliminated, and nothing else. */
import type { DraftedTable, Gap } from './draft.ts';
import { globOf } from './glob.ts';
import type { Sample } from './sample.ts';

/** Hexadecimal account addresses, base58 keys and bech32 addresses. */
const WALLET = /^(?:0x[0-9a-f]{40,64}|[1-9A-HJ-NP-Za-km-z]{32,48}|[a-z]{2,20}1[02-9ac-hj-np-z]{38,58})$/i;

/** Nine of ten values must be wallets: lists hold notes and typing errors. */
function isList({ form, names, records }: Sample): boolean {
  if (form !== 'csv' || names.length !== 1 || records.length === 0) return false;
  const wallets = records.filter((record) => WALLET.test(String(record[names[0]!] ?? '').trim()));
  return wallets.length * 10 >= records.length * 9;
}

/**
 * The table `prior_list` of one-column lists; a list without a header is left, since its first address would
 * be lost.
 */
export function walletList(
  samples: readonly Sample[],
  taken: boolean,
  all: readonly string[],
): { tables: DraftedTable[]; unread: Gap[]; others: Sample[] } {
  const others = samples.filter((sample) => !isList(sample));
  const unread: Gap[] = [];
  const usable = samples.filter(isList).filter((sample) => {
    const headless = WALLET.test(sample.names[0]!.trim());
    const what = sample.files[0]!;
    if (headless)
      unread.push({ what, why: 'a list without a header: put a line with the word wallet on top' });
    else if (taken) unread.push({ what, why: 'the dataset already brings prior_list' });
    return !headless && !taken;
  });
  const [first, ...more] = usable;
  if (!first) return { tables: [], unread, others };
  const same = more.filter(({ names }) => names[0] === first.names[0]);
  const together = globOf([first, ...same].flatMap(({ files }) => files).sort(), all);
  const files = together ? [first, ...same] : [first];
  for (const { files: left } of usable.filter((sample) => !files.includes(sample))) {
    unread.push({
      what: left[0]!,
      why: 'one list feeds prior_list; put lists of one form into a folder of their own',
    });
  }
  const file = together ?? globOf(first.files, all);
  if (file === undefined) return { tables: [], unread, others };
  const name = first.files[0]!.replace(/^.*\//, '').replace(/\.[^.]*(\.gz)?$/i, '');
  const columns = [
    {
      column: 'source',
      constant: files.length > 1 ? 'published lists' : name,
      comment: 'whose list this is',
    },
    { column: 'wallet', from: first.names[0]! },
    { column: 'verdict', constant: 'sybil', comment: 'what the list says of every address in it' },
  ];
  const table: DraftedTable = {
    table: 'prior_list',
    file,
    named: true,
    files: files.reduce((sum, sample) => sum + sample.files.length, 0),
    source: 'a published list of wallets',
    columns,
    present: columns.map(({ column }) => column),
    format: first.delimiter === ',' ? {} : { delimiter: first.delimiter },
    sample: first,
  };
  return { tables: [table], unread, others };
}
