/**
 * Label propagation between members and the tokens that they carry, until nothing changes (Raghavan, Albert
 * and Kumara 2007; the two sides in turn, as Cordasco and Gargano 2010). A member begins with its strongest
 * token; a token takes the label that most of its members hold, a member the one that most of its tokens
 * hold; ties go to the stronger label. So one token in common by chance joins no two groups, which connected
 * components would.
 *
 * It ends: a turn never lowers the number of pairs with one label, and where it keeps that number the labels
 * only grow stronger.
 */

/**
 * Who carries what: `member[i]` carries `token[i]`, each pair once. A token's number is its rank in strength.
 */
export interface Incidence {
  members: number;
  tokens: number;
  member: Int32Array;
  token: Int32Array;
}

export interface Vote {
  member: number;
  /** The token after which the group is named. */
  label: number;
  /** The member's tokens that hold the label. */
  votes: number;
  /** True for the one label that most of its tokens hold. */
  best: boolean;
}

/**
 * Neighbours of each of `count` nodes, one after another: those of node n lie from `start[n]` to `start[n +
 * 1]`.
 */
function neighbours(count: number, from: Int32Array, to: Int32Array) {
  const start = new Int32Array(count + 1);
  for (const node of from) start[node + 1]!++;
  for (let node = 0; node < count; node++) start[node + 1]! += start[node]!;
  const at = start.slice();
  const list = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) list[at[from[i]!]!++] = to[i]!;
  return (node: number) => list.subarray(start[node], start[node + 1]);
}

/** Labels of some nodes with the number of nodes that hold each. */
function count(nodes: Int32Array, labels: Int32Array): Map<number, number> {
  const votes = new Map<number, number>();
  for (const node of nodes) votes.set(labels[node]!, (votes.get(labels[node]!) ?? 0) + 1);
  return votes;
}

function mostVoted(votes: ReadonlyMap<number, number>): number {
  let [best, most] = [-1, 0];
  for (const [label, n] of votes) if (n > most || (n === most && label > best)) [best, most] = [label, n];
  return best;
}

/**
 * Gives each node of `stale` the label that most of its neighbours hold. Returns the nodes whose label that
 * changed.
 */
function turn(
  stale: Iterable<number>,
  labels: Int32Array,
  near: (node: number) => Int32Array,
  held: Int32Array,
): number[] {
  const changed: number[] = [];
  for (const node of stale) {
    const label = mostVoted(count(near(node), held));
    if (label === labels[node]) continue;
    labels[node] = label;
    changed.push(node);
  }
  return changed;
}

/** Labels of every member, in order of members and labels. */
export function spreadLabels({ members, tokens, member, token }: Incidence): Vote[] {
  const tokensOf = neighbours(members, member, token);
  const membersOf = neighbours(tokens, token, member);
  const around = (nodes: readonly number[], near: (node: number) => Int32Array) =>
    new Set(nodes.flatMap((node) => [...near(node)]));
  const labelOf = Int32Array.from({ length: members }, (_, m) =>
    tokensOf(m).reduce((a, b) => Math.max(a, b), -1),
  );
  const held = new Int32Array(tokens).fill(-1);
  // Only what stands beside a change can change in the next turn.
  for (let stale = new Set(held.keys()); stale.size > 0; ) {
    const tokensChanged = turn(stale, held, membersOf, labelOf);
    const membersChanged = turn(around(tokensChanged, membersOf), labelOf, tokensOf, held);
    stale = around(membersChanged, tokensOf);
  }
  return Array.from(labelOf, (best, m) =>
    [...count(tokensOf(m), held)]
      .sort(([a], [b]) => a - b)
      .map(([label, votes]) => ({ member: m, label, votes, best: label === best })),
  ).flat();
}
