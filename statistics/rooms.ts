/** Machines of several accounts and networks whose lines are slow and lossy at the same times: one room's uplink behind them all. */

import {
  ABSENT,
  correlation,
  type LineSeries,
  lowPart,
  meanLine,
  medianOf,
  standout,
} from './line-series.ts';
import { eachCandidate } from './line-sketch.ts';

export interface Line {
  account: string;
  /** Networks and autonomous systems that it spoke from: machines that share one have every right to be slow together. */
  networks: ReadonlySet<string>;
  /** One half of the days finds rooms, the other tests them. */
  found: LineSeries;
  tested: LineSeries;
}

export interface Member {
  /** Index into the lines. */
  line: number;
  room: number;
  /** How far the days that did not form the room agree with its other members, in standard deviations. */
  z: number;
  /** The same over the spans in which the line was no slower than usual. */
  zLow: number;
  spans: number;
}

/** Standard deviations from which two lines, or a line and a room, are followed up. */
const PAIR = 4.5;
const JOINING = 4;
/** Spans that two lines must share; partners kept per line; members of a room, and accounts without which it is none. */
const LEAST_SPANS = 40;
const PARTNERS = 32;
const MOST = 256;
const LEAST_ACCOUNTS = 4;

export const strangers = (a: Line, b: Line): boolean =>
  a.account !== b.account && ![...a.networks].some((network) => b.networks.has(network));

interface Edge {
  a: number;
  b: number;
  z: number;
}

function edgesOf(lines: readonly Line[]): Edge[] {
  const edges: Edge[] = [];
  const partners = lines.map(() => new Set<number>());
  const series = lines.map(({ found }) => found);
  eachCandidate(series, (a, b) => {
    const [left, right] = [partners[a]!, partners[b]!];
    if (left.has(b) || left.size >= PARTNERS || right.size >= PARTNERS || !strangers(lines[a]!, lines[b]!))
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

/** The room as a line hears it from the members that have nothing else in common with it. */
function roomFor(line: Line, members: readonly Line[], half: 'found' | 'tested') {
  const others = members.filter((other) => strangers(line, other));
  return {
    accounts: new Set(others.map(({ account }) => account)).size,
    mean: meanLine(
      others.map((other) => other[half]),
      2,
    ),
  };
}

function agreesWhereFound(line: Line, members: readonly Line[]): boolean {
  const others = members.filter((other) => strangers(line, other));
  const { n, r } = correlation(
    line.found,
    meanLine(
      others.map(({ found }) => found),
      1,
    ),
  );
  return n >= LEAST_SPANS && r * Math.sqrt(n) >= JOINING;
}

/** Rooms grown from the strongest pair on: a partner of a member joins where it agrees with the members' mean. */
function grow(lines: readonly Line[], edges: readonly Edge[]): number[][] {
  const near = lines.map(() => [] as number[]);
  for (const { a, b } of edges) {
    near[a]!.push(b);
    near[b]!.push(a);
  }
  const taken = new Uint8Array(lines.length);
  const rooms: number[][] = [];
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
            lines[next]!,
            members.map((member) => lines[member]!),
          )
        )
          members.push(next);
      }
    }
    if (new Set(members.map((member) => lines[member]!.account)).size < LEAST_ACCOUNTS) continue;
    for (const member of members) taken[member] = 1;
    rooms.push(members);
  }
  return rooms;
}

/** Rooms found on one half of the days, and how each member fares on the other half. */
export function findRooms(lines: readonly Line[]): Member[] {
  return grow(lines, edgesOf(lines)).flatMap((indices, room) => {
    const members = indices.map((index) => lines[index]!);
    return indices.flatMap((line, i) => {
      const own = members[i]!;
      const { accounts, mean } = roomFor(own, members, 'tested');
      if (accounts < LEAST_ACCOUNTS - 1) return [];
      const low = correlation(lowPart(own.tested, medianOf(own.tested)), mean);
      const spans = own.tested.reduce((sum, value) => sum + (value === ABSENT ? 0 : 1), 0);
      return [{ line, room, z: standout(own.tested, mean), zLow: low.r * Math.sqrt(low.n), spans }];
    });
  });
}
