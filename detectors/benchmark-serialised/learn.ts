/**
 * `own.queue`: sets of machines whose waits follow the requests in flight to the set, found on one half of
 * the days, tested on the other.
 */
import type { Learner, LearnTables } from '../../contracts/learner.ts';
import { setsOf, unionFind } from '../../statistics/union-find.ts';
import { overlapsOf, testQueue, type Wait } from './queue-test.ts';

interface Edge {
  half: number;
  device_id: string;
  other: string;
}

interface WaitRow extends Wait {
  half: number;
}

/** Numbers of `detector.ts` that decide here. */
type Limits = Readonly<
  Record<'fewest' | 'largest' | 'power' | 'rare' | 'most_draws' | 'longest_ms' | 'deepest', number>
>;

/** Connected sets of machines, each sorted; sets in the order of their first machine. */
function tiedSets(edges: readonly Edge[], { fewest, largest }: Limits): string[][] {
  const names = [...new Set(edges.flatMap(({ device_id, other }) => [device_id, other]))].sort();
  const number = new Map(names.map((name, i) => [name, i]));
  const joined = unionFind(names.length);
  for (const { device_id, other } of edges) joined.union(number.get(device_id)!, number.get(other)!);
  return setsOf(joined.roots())
    .filter(({ length }) => length >= fewest && length <= largest)
    .map((members) => members.map((i) => names[i]!));
}

/** Runs of the machines that any coincidence ties, by machine. */
async function waitsOf(tables: LearnTables): Promise<Map<string, WaitRow[]>> {
  const rows = await tables.rows<WaitRow>(
    `SELECT device_id AS device, requested_at AS "requestedAt", greatest(wait_ms - usual_ms, 0) AS "excessMs", length_ms AS "lengthMs",
       network_load AS load, day_of(requested_at) % 2 AS half
     FROM own.benchmark_wait
     WHERE device_id IN (SELECT device_id FROM own.benchmark_queue UNION SELECT other FROM own.benchmark_queue)
     ORDER BY device_id, requested_at, benchmark_id`,
  );
  const byDevice = new Map<string, WaitRow[]>();
  for (const row of rows) {
    const known = byDevice.get(row.device);
    if (known) known.push(row);
    else byDevice.set(row.device, [row]);
  }
  return byDevice;
}

export const learner: Learner = {
  name: 'queue',
  reads: ['own.benchmark_queue', 'own.benchmark_wait'],
  columns: {
    device_id: 'VARCHAR',
    machines: 'BIGINT',
    overlaps: 'DOUBLE',
    sets: 'BIGINT',
    p: 'DOUBLE',
    nats: 'DOUBLE',
    related: 'VARCHAR[]',
  },
  async fill({ tables, params, append }) {
    const limits = params as Limits;
    const edges = await tables.rows<Edge>(
      `SELECT day_of(requested_at) % 2 AS half, device_id, other
       FROM (FROM own.benchmark_queue
         -- Who never waits is in no queue. Each machine's waits are the same in all permutations, so that this chooses nothing.
         WHERE other IN (SELECT device_id FROM own.benchmark_wait WHERE late)
         -- A queue goes on at once: the machine that had just been done.
         QUALIFY row_number() OVER (PARTITION BY benchmark_id ORDER BY gap_ms, other) = 1)
       GROUP BY ALL HAVING count(*) >= 2 OR max(chance) < $rare ORDER BY half, device_id, other`,
      { rare: limits.rare },
    );
    if (edges.length === 0) return;
    const waits = await waitsOf(tables);
    const candidates = [0, 1].flatMap((half) =>
      tiedSets(
        edges.filter((edge) => edge.half === half),
        limits,
      ).flatMap((members) => {
        const runs = members.flatMap((name) => (waits.get(name) ?? []).filter((run) => run.half !== half));
        // Overlaps are the schedule's own, so that leaving out what lacks them costs nothing.
        return overlapsOf(runs, limits.deepest) >= limits.power ? [{ half, members, runs }] : [];
      }),
    );
    const found = new Map<string, readonly [number, number, string[]]>();
    for (const { half, members, runs } of candidates) {
      const { overlaps, p } = testQueue(runs, members.length, limits);
      // Whoever came into the set by chance is not tied to it again on the other days.
      const inside = new Set(members);
      const again = new Set(
        edges
          .filter((edge) => edge.half !== half && inside.has(edge.device_id) && inside.has(edge.other))
          .flatMap(({ device_id, other }) => [device_id, other]),
      );
      for (const name of again) {
        const known = found.get(name);
        if (!known || p < known[0]) found.set(name, [p, overlaps, members]);
      }
    }
    const rows = [...found].map(([name, [chance, overlaps, members]]) => {
      const p = Math.min(1, chance * candidates.length);
      const nats = p < 1 / Math.E ? -Math.log(-Math.E * p * Math.log(p)) : 0;
      return {
        device_id: name,
        machines: members.length,
        overlaps,
        sets: candidates.length,
        p: Number(p.toPrecision(3)),
        nats: Math.round(nats * 100) / 100,
        related: members.filter((other) => other !== name).slice(0, 50),
      };
    });
    await append(rows);
  },
};
