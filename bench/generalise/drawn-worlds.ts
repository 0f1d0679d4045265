/** Worlds of the grammar for the benches that need no audit: drawn, read and removed one after another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { drawWorld } from '../worlds/draw.ts';
import { positive } from '../worlds/plan.ts';
import { openDrawnWorld } from './drawn-world.ts';

/** What the command lines of these benches share. */
export const drawFlags = {
  seeds: { type: 'string', default: '8' },
  first: { type: 'string', default: '1' },
  accounts: { type: 'string', default: '600' },
  'sybil-share': { type: 'string', default: '0.4' },
  days: { type: 'string', default: '4' },
  interval: { type: 'string', default: '1800' },
  resamples: { type: 'string', default: '500' },
} as const;

type Flags = Record<keyof typeof drawFlags, string>;

/** Hands each world of the flags to `look`, opened. */
export async function eachDrawnWorld(
  flags: Flags,
  look: (world: Warehouse, seed: number) => Promise<void>,
): Promise<void> {
  const first = positive(flags.first, '--first');
  for (let k = 0; k < positive(flags.seeds, '--seeds'); k++) {
    const seed = first + k;
    const folder = mkdtempSync(join(tmpdir(), 'ghostcard-drawn-'));
    try {
      await drawWorld({
        seed,
        out: join(folder, 'data'),
        labels: join(folder, 'truth.csv'),
        accounts: positive(flags.accounts, '--accounts'),
        sybilShare: positive(flags['sybil-share'], '--sybil-share'),
        days: positive(flags.days, '--days'),
        intervalS: positive(flags.interval, '--interval'),
      });
      const world = await openDrawnWorld(folder);
      try {
        await look(world, seed);
      } finally {
        world.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    process.stderr.write(`seed ${seed}: looked at\n`);
  }
}
