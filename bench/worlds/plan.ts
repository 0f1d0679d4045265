/** The cells that a bench asks for on its command line, made one after another. */
import { mkdirSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { type Cell, fingerprint, type Keep, makeCell } from './cells.ts';

/** What every bench over worlds takes; numbers as text, as `parseArgs` gives them. */
export const planOptions = (worlds: string, work: string) =>
  ({
    /** Worlds joined by commas; `NAME:3` has three seeds whatever --seeds says. */
    worlds: { type: 'string', default: worlds },
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '101' },
    scale: { type: 'string', default: '1' },
    work: { type: 'string', default: work },
    resamples: { type: 'string', default: '500' },
    threads: { type: 'string', default: String(Math.min(availableParallelism(), 16)) },
  }) as const;

type PlanFlags = Record<keyof ReturnType<typeof planOptions>, string>;

export function positive(text: string | undefined, name: string): number {
  const value = Number(text);
  if (!(Number.isFinite(value) && value > 0))
    throw new Error(`expected a positive number in ${name}, got ${text}`);
  return value;
}

/** World and seed of every cell, in order. */
export function planned({
  worlds,
  seeds,
  first,
}: Pick<PlanFlags, 'worlds' | 'seeds' | 'first'>): { world: string; seed: number }[] {
  const start = positive(first, '--first');
  return worlds.split(',').flatMap((entry) => {
    const [world = '', count = seeds] = entry.split(':');
    return Array.from({ length: positive(count, '--worlds or --seeds') }, (_, k) => ({
      world,
      seed: start + k,
    }));
  });
}

interface Made {
  cells: Cell[];
  /** Digest of the sources that decide a cell. */
  source: string;
  machine: { cpu: string; cores: number; node: string };
}

/** Makes what is not yet made, telling on stderr how far it is. */
export async function makeCells(flags: PlanFlags, keep?: Keep): Promise<Made> {
  mkdirSync(flags.work, { recursive: true });
  const scale = positive(flags.scale, '--scale');
  const source = fingerprint();
  const limits = { threads: positive(flags.threads, '--threads'), memoryBytes: 2 * 2 ** 30 };
  const plan = planned(flags);
  const cells: Cell[] = [];
  for (const [k, { world, seed }] of plan.entries()) {
    const started = Date.now();
    const step = (what: string) =>
      process.stderr.write(`${k + 1}/${plan.length} ${world}, seed ${seed}: ${what}\n`);
    cells.push(await makeCell({ world, seed, scale, work: flags.work, source }, limits, step, keep));
    step(`done, ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  return { cells, source, machine };
}
