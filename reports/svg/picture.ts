/** A cluster as a picture has it: accounts and the facts that they share. */
import type { ClusterPicture, PictureFact } from '../../contracts/dossier.ts';

/** A fact that members of a cluster share, as read from a run. */
export interface SharedFact {
  detector: string;
  value: string;
  /** In order of registration. */
  accounts: string[];
  /** Nats of the strongest. */
  weight: number;
  family: string;
  forgeable_by: string;
  /** Facts of the cluster in all. */
  all_facts: number;
}

/** Marks that a picture has room for. */
const MARKS = 24;

/** A to Z, then AA to ZZ, as columns of a spreadsheet. */
export function letterOf(position: number): string {
  const last = String.fromCharCode(65 + (position % 26));
  return position < 26 ? last : letterOf(Math.floor(position / 26) - 1) + last;
}

/** Facts of one detector that the same accounts share become one mark. */
function marksOf(
  facts: readonly SharedFact[],
  position: ReadonlyMap<string, number>,
  titleOf: (detector: string) => string,
): PictureFact[] {
  const marks = new Map<string, PictureFact>();
  for (const [i, { detector, value, family, forgeable_by, weight, accounts }] of facts.entries()) {
    const key = JSON.stringify([detector, forgeable_by === 'anyone', accounts]);
    const known = marks.get(key);
    if (known) {
      known.letters.push(letterOf(i));
      known.weight = Math.max(known.weight, weight);
      continue;
    }
    const at = accounts.flatMap((account) => position.get(account) ?? []);
    const title = titleOf(detector);
    marks.set(key, { letters: [letterOf(i)], title, value, family, forgeable_by, weight, accounts: at });
  }
  return [...marks.values()];
}

/** What is drawn of a cluster; `members` in order of registration, `about` is ringed. */
export function pictureOf(
  cluster: { id: string; about?: string | undefined },
  members: readonly { account_id: string; verdict: string }[],
  facts: readonly SharedFact[],
  titleOf: (detector: string) => string,
): ClusterPicture {
  const position = new Map(members.map(({ account_id }, i) => [account_id, i]));
  const highlight = cluster.about === undefined ? undefined : position.get(cluster.about);
  const drawn = marksOf(facts, position, titleOf).slice(0, MARKS);
  return {
    id: cluster.id,
    accounts: members.map(({ account_id, verdict }) => ({ id: account_id, verdict })),
    facts: drawn,
    more_facts: (facts[0]?.all_facts ?? 0) - drawn.reduce((sum, { letters }) => sum + letters.length, 0),
    ...(highlight === undefined ? {} : { highlight }),
  };
}

/** Nodes and lines beyond which accounts that share the same facts are drawn as one. */
export const NODES = 200;
const LINES = 1500;

export interface AccountNode {
  /** Positions in the picture's accounts; several when they are drawn as one. */
  accounts: number[];
  verdict: string;
  /** Positions in the picture's facts. */
  facts: number[];
}

export interface Drawn {
  nodes: AccountNode[];
  /** Accounts for which there was no room. */
  left: number;
}

/** One node per account or, in a large cluster, one per verdict and set of facts, the largest first. */
export function drawnNodes({ accounts, facts }: ClusterPicture): Drawn {
  const factsOf: number[][] = accounts.map(() => []);
  for (const [f, fact] of facts.entries()) for (const account of fact.accounts) factsOf[account]!.push(f);
  const lines = factsOf.reduce((sum, own) => sum + own.length, 0);
  const single = accounts.map(({ verdict }, i) => ({ accounts: [i], verdict, facts: factsOf[i]! }));
  if (accounts.length + facts.length <= NODES && lines <= LINES) return { nodes: single, left: 0 };
  const alike = new Map<string, AccountNode>();
  for (const node of single) {
    const key = `${node.verdict} ${node.facts.join(' ')}`;
    const known = alike.get(key);
    if (known) known.accounts.push(...node.accounts);
    else alike.set(key, { ...node });
  }
  const nodes = [...alike.values()].sort(
    (a, b) => b.accounts.length - a.accounts.length || a.accounts[0]! - b.accounts[0]!,
  );
  const room = Math.max(1, NODES - facts.length);
  const shown = nodes.slice(0, room);
  return { nodes: shown, left: nodes.slice(room).reduce((sum, node) => sum + node.accounts.length, 0) };
}
