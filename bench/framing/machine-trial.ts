/**
 * Framing by machines: homes with three days of messages, audited without and with the machines of attackers.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TableName } from '../../contracts/dataset.ts';
import { benchmarkRows } from '../../fixtures/worlds/benchmarks.ts';
import { ALL_TABLES } from '../../fixtures/worlds/plan.ts';
import { writeSeries, writeSmallTables } from '../../fixtures/worlds/render.ts';
import type { World } from '../../fixtures/worlds/scene.ts';
import { WorldWriter } from '../../fixtures/worlds/writer.ts';
import { besiege, homes, type MachineScenario } from '../../testing/framing/machines.ts';
import { type Change, changes, framed, held } from './compare.ts';
import { openPipeline, type Part } from './pipeline.ts';

const PING_S = 3600;
const NOTHING: ReadonlySet<string> = new Set();

type Benchmark = ReturnType<typeof benchmarkRows> extends Iterable<infer R> ? R : never;

/** Writes a world as Parquet below `out`. */
async function write(world: World, benchmarks: readonly Benchmark[], out: string): Promise<Part> {
  mkdirSync(out, { recursive: true });
  const writer = await WorldWriter.open();
  try {
    const tables = ALL_TABLES.filter((table) => table !== 'network_stats');
    await writeSmallTables(writer, world, ALL_TABLES, false);
    await writer.add('benchmarks', benchmarks);
    await writeSeries(writer, world, ALL_TABLES, PING_S);
    await writer.write(tables, out, world.window, 'parquet', NOTHING);
  } finally {
    writer.close();
  }
  const files: Partial<Record<TableName, string[]>> = {};
  for (const table of ALL_TABLES) {
    const folder = join(out, table);
    const single = join(out, `${table}.parquet`);
    if (statSync(single, { throwIfNoEntry: false })) files[table] = [single];
    else if (statSync(folder, { throwIfNoEntry: false }))
      files[table] = readdirSync(folder).map((name) => join(folder, name));
  }
  return { rows: {}, files };
}

/** Runs of attackers who play back what the victim answered before them: his digest and his figures. */
function replayed(runs: readonly Benchmark[], of: ReadonlyMap<string, readonly Benchmark[]>): Benchmark[] {
  return runs.map((run) => {
    const earlier = of.get(run.device_id)?.filter(({ finished_at }) => finished_at < run.started_at) ?? [];
    const copied = earlier.at(-1);
    if (!copied) return run;
    const { digest, fp32_tflops, fp16_tflops, memory_bandwidth_gb_s, pcie_gb_s } = copied;
    return { ...run, digest, fp32_tflops, fp16_tflops, memory_bandwidth_gb_s, pcie_gb_s };
  });
}

export interface MachineOutcome {
  victims: ReadonlyMap<string, MachineScenario>;
  devices: number;
  framed: Change[];
  held: Change[];
}

export interface MachineTrial {
  frame(scenarios: readonly MachineScenario[]): Promise<MachineOutcome>;
  close(): void;
}

export async function openMachineTrial(seed: number, scale: number): Promise<MachineTrial> {
  const folder = mkdtempSync(join(tmpdir(), 'framing-'));
  const base = homes(seed, scale);
  const runs = [...benchmarkRows(base, base.random.stream('benchmarks'))].sort(
    (a, b) => a.started_at - b.started_at,
  );
  const runsOf = new Map<string, Benchmark[]>();
  for (const run of runs) runsOf.set(run.device_id, [...(runsOf.get(run.device_id) ?? []), run]);
  const honest = await write(base, runs, join(folder, 'base'));
  const pipeline = await openPipeline(base.window.end);
  const before = await pipeline.audit([honest]);
  let round = 0;
  return {
    async frame(scenarios) {
      const { world, victims, machines } = besiege(base, scenarios);
      const own = [...benchmarkRows(world, world.random.stream('benchmarks'))];
      const copies = new Map(
        [...machines].flatMap(([id, { victim, moves }]) =>
          moves.includes('F7') ? [[id, runsOf.get(victim.id) ?? []]] : [],
        ),
      );
      const part = await write(world, replayed(own, copies), join(folder, `round-${round++}`));
      const all = changes(before, await pipeline.audit([honest, part]));
      return { victims, devices: base.machines.length, framed: all.filter(framed), held: all.filter(held) };
    },
    close() {
      pipeline.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
