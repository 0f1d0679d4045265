/**
 * Series of several owners that rise and fall together: groups found in one half of the time, tested on the
 * other.
 */
import {
  ABSENT,
  correlation,
  lowPart,
  meanSeries,
  medianOf,
  type Series,
  standout,
} from './gapped-series.ts';
import { eachCandidate } from './random-planes.ts';

export interface Mover {
  owner: string;
  /** Whoever shares a tie has every right to move together, and is never compared. */
  ties: ReadonlySet<string>;
  /** One half of the time finds groups, the other tests them. */
  found: Series;
  tested: Series;
}

export interface Member {
  /** Index into the movers. */
  index: number;
  group: number;
  /** How far the half that did not form the group agrees with its other members, in standard deviations. */
  z: number;
  /**
   * The same where the member was no higher than usual: an outsider can add delay to a machine, and never
   * take it away.
   */
  zLow: number;
  spans: number;
}

/** Standard deviations from which two movers, or a mover and a group, are followed up. */
const PAIR = 4.5;
const JOINING = 4;
/**
 * Spans that two must share; partners kept for each; members of a group, and owners without which it is none.
 */
const LEAST_SPANS = 40;
const PARTNERS = 32;
const MOST = 256;
const LEAST_OWNERS = 4;

const strangers = (a: Mover, b: Mover): boolean =>
  a.owner !== b.owner && ![...a.ties].some((tie) => b.ties.has(tie));

interface Edge {
  a: number;
  b: number;
  z: number;
}

function edgesOf(movers: readonly Mover[]): Edge[] {
  const edges: Edge[] = [];
  const partners = movers.map(() => new Set<number>());
  const series = movers.map(({ found }) => found);
  eachCandidate(series, (a, b) => {
    const [left, right] = [partners[a]!, partners[b]!];
    if (left.has(b) || left.size >= PARTNERS || right.size >= PARTNERS || !strangers(movers[a]!, movers[b]!))
      return;
    const { n, r } = correlation(series[a]!, series[b]!);
    const z = r * Math.sqrt(n);
    if (n < LEAST_SPANS || z < PAIR) return;
    left.add(b);
    right.add(a);
    edges.push({ a, b, z });
  });
  return edges.sort((x, y) => y.z - x.z || x.a - y.a || x.b - y.b);
}

/** The group as a mover meets it in the members that have nothing else in common with it. */
function groupFor(mover: Mover, members: readonly Mover[], half: 'found' | 'tested') {
  const others = members.filter((other) => strangers(mover, other));
  return {
    owners: new Set(others.map(({ owner }) => owner)).size,
    mean: meanSeries(
      others.map((other) => other[half]),
      2,
    ),
  };
}

function agreesWhereFound(mover: Mover, members: readonly Mover[]): boolean {
  const others = members.filter((other) => strangers(mover, other));
  const { n, r } = correlation(
    mover.found,
    meanSeries(
      others.map(({ found }) => found),
      1,
    ),
  );
  return n >= LEAST_SPANS && r * Math.sqrt(n) >= JOINING;
}

/**
 * Groups grown from the strongest pair on: a partner of a member joins where it agrees with the members'
 * mean.
 */
function grow(movers: readonly Mover[], edges: readonly Edge[]): number[][] {
  const near = movers.map(() => [] as number[]);
  for (const { a, b } of edges) {
    near[a]!.push(b);
    near[b]!.push(a);
  }
  const taken = new Uint8Array(movers.length);
  const groups: number[][] = [];
  for (const { a, b } of edges) {
    if (taken[a] || taken[b]) continue;
    const members = [a, b];
    const asked = new Set(members);
    for (let i = 0; i < members.length && members.length < MOST; i++) {
      for (const next of near[members[i]!]!) {
        if (taken[next] || asked.has(next)) continue;
        asked.add(next);
        if (
          agreesWhereFound(
            movers[next]!,
            members.map((member) => movers[member]!),
          )
        )
          members.push(next);
      }
    }
    if (new Set(members.map((member) => movers[member]!.owner)).size < LEAST_OWNERS) continue;
    for (const member of members) taken[member] = 1;
    groups.push(members);
  }
  return groups;
}

/** Groups found in one half of the time, and how each member fares in the other half. */
export function findGroups(movers: readonly Mover[]): Member[] {
  return grow(movers, edgesOf(movers)).flatMap((indices, group) => {
    const members = indices.map((index) => movers[index]!);
    return indices.flatMap((index, i) => {
      const own = members[i]!;
      const { owners, mean } = groupFor(own, members, 'tested');
      if (owners < LEAST_OWNERS - 1) return [];
      const low = correlation(lowPart(own.tested, medianOf(own.tested)), mean);
      const spans = own.tested.reduce((sum, value) => sum + (value === ABSENT ? 0 : 1), 0);
      return [{ index, group, z: standout(own.tested, mean), zLow: low.r * Math.sqrt(low.n), spans }];
    });
  });
}
