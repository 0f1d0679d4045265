/**
 * How much the safety of ingest costs: a large heartbeats CSV through the whole of `ingest` (checksum,
 * survey, strict read, typed conversion, counts, quarantine, tables) against what DuckDB needs for the bare
 * strict copy of the same file into Parquet of the same codec and the same types. Runs alternate in one
 * process on one machine.
 *
 *   npx tsx bench/csv-ingest.ts [--mb 300] [--runs 5] [--out FILE.json]
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { columnsOf } from '../contracts/dataset.ts';
import { ingest } from '../pipelines/ingest/ingest.ts';
import { copyToParquet, readCsv } from '../pipelines/ingest/sql-text.ts';
import { createSchema } from '../pipelines/warehouse/schema.ts';
import { openWarehouse, type Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { highMedian } from '../statistics/quantile.ts';

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '300' },
    runs: { type: 'string', default: '5' },
    out: { type: 'string' },
  },
});
const BYTES_PER_ROW = 148;
const rows = Math.ceil((Number(flags.mb) * 1e6) / BYTES_PER_ROW);
const TYPES = { text: 'VARCHAR', int: 'BIGINT', float: 'DOUBLE', time: 'TIMESTAMP' } as const;

/**
 * Heartbeats of 2,000 machines, one every five minutes, all columns filled; the same bytes on every machine.
 */
const HEARTBEATS = `
  SELECT lower(to_hex(hash(i % 2000))) || '-device' AS device_id, i % 8 AS gpu_index,
    strftime(make_timestamp((1713398400000 + (i // 2000) * 300000 + i % 997) * 1000), '%Y-%m-%dT%H:%M:%S.%gZ') AS sent_at,
    strftime(make_timestamp((1713398400000 + (i // 2000) * 300000 + i % 991) * 1000), '%Y-%m-%dT%H:%M:%S.%gZ') AS received_at,
    concat_ws('.', 11 + i % 2000 % 80, i % 2000 % 251, i % 13, i % 2000 % 241) AS ip,
    CASE WHEN i % 7 < 3 THEN 'busy' ELSE 'idle' END AS status,
    30 + (hash(i) % 500) / 10.0 AS temperature_gpu_c, 20 + (hash(i + 1) % 40000) / 100.0 AS power_draw_w,
    hash(i + 2) % 101 AS utilization_gpu_pct, hash(i + 3) % 24564 AS memory_used_mib, i // 2000 * 300 AS uptime_s,
    i // 2000 * 90000000 + hash(i) % 1000 AS total_energy_mj, 210 + hash(i + 4) % 2500 AS clocks_sm_mhz
  FROM range(${rows}) t(i)`;

interface Cost {
  wallMs: number;
  /** Processor time of all threads: what other load on the machine does not change. */
  cpuMs: number;
}

async function cost(run: () => Promise<unknown>): Promise<Cost> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await run();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
}

async function bareCopy(
  warehouse: Warehouse,
  csv: string,
  names: readonly string[],
  target: string,
): Promise<void> {
  const kinds = new Map(columnsOf('heartbeats').map(({ name, kind }) => [name, kind]));
  const columns = names.map((name) => ({ name, type: TYPES[kinds.get(name) as keyof typeof TYPES] }));
  const read = readCsv({ path: csv, columns, header: true, delimiter: ',', newline: '\n' });
  await warehouse.run(copyToParquet(`FROM ${read}`, target));
}

const root = mkdtempSync(join(tmpdir(), 'ghostcard-bench-'));
try {
  const dataset = join(root, 'dataset');
  mkdirSync(dataset);
  const csv = join(dataset, 'heartbeats.csv');
  writeFileSync(join(dataset, 'accounts.csv'), 'account_id,created_at\na1,2024-04-01T00:00:00Z\n');
  const threads = availableParallelism();
  const warehouse = await openWarehouse({ path: join(root, 'bench.duckdb'), threads, memory: '4GB' });
  await createSchema(warehouse);
  await warehouse.run(`COPY (${HEARTBEATS}) TO '${csv}' (FORMAT csv, HEADER)`);
  const names = (await warehouse.describe(HEARTBEATS)).map(({ name }) => name);
  const copy: Cost[] = [];
  const ours: Cost[] = [];
  for (let run = -1; run < Number(flags.runs); run++) {
    const workspace = join(root, `workspace${run}`);
    const pair = [
      await cost(() => bareCopy(warehouse, csv, names, join(root, 'copy.parquet'))),
      await cost(() => ingest({ dataset, workspace }, { warehouse, progress() {} })),
    ] as const;
    rmSync(workspace, { recursive: true, force: true });
    if (run < 0) continue; // warm-up: page cache, compiled code
    copy.push(pair[0]);
    ours.push(pair[1]);
  }
  const wall = copy.map((each, i) => ours[i]!.wallMs / each.wallMs);
  const cpu = copy.map((each, i) => ours[i]!.cpuMs / each.cpuMs);
  const table = new Table({
    head: ['run', 'bare copy, ms (CPU)', 'ingest, ms (CPU)', 'ratio, wall', 'ratio, CPU'],
  });
  const shown = ({ wallMs, cpuMs }: Cost) => `${wallMs.toFixed(0)} (${cpuMs.toFixed(0)})`;
  copy.forEach((each, i) => {
    table.push([i + 1, shown(each), shown(ours[i]!), wall[i]!.toFixed(2), cpu[i]!.toFixed(2)]);
  });
  table.push(['median', '', '', highMedian(wall)!.toFixed(2), highMedian(cpu)!.toFixed(2)]);
  console.log(table.toString());
  const rounded = (costs: readonly Cost[]) =>
    costs.map(({ wallMs, cpuMs }) => ({ wallMs: Math.round(wallMs), cpuMs: Math.round(cpuMs) }));
  const result = {
    bytes: statSync(csv).size,
    rows,
    threads,
    cpu: cpus()[0]?.model,
    node: process.version,
    copy: rounded(copy),
    ingest: rounded(ours),
    medianRatio: { wall: Number(highMedian(wall)!.toFixed(3)), cpu: Number(highMedian(cpu)!.toFixed(3)) },
  };
  console.log(JSON.stringify(result));
  if (flags.out) writeFileSync(flags.out, `${JSON.stringify(result, null, 2)}\n`);
  warehouse.close();
} finally {
  rmSync(root, { recursive: true, force: true });
}
