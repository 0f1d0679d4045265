/**
 * Large datasets from many small worlds: other people, other cards and other attackers in each, never copies.
 */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type WorldName, writeWorld } from '../fixtures/worlds/world.ts';

export interface Thinning {
  world: WorldName;
  /** Multiplies the world, so that a part has about as many devices as the smallest dataset. */
  scale: number;
  /** Seconds between heartbeats; the same at every size, so that only the devices grow. */
  intervalS: number;
  days: number;
}

/** Makes the world of one seed below `cache`, once. Returns its devices. */
async function makePart(
  cache: string,
  seed: number,
  thinning: Thinning,
): Promise<{ folder: string; devices: number }> {
  const { world, scale, intervalS, days } = thinning;
  const folder = join(cache, `${world}-x${scale}-${intervalS}s-${days}d-${seed}`);
  const finished = `${folder}.finished`;
  if (!existsSync(finished)) {
    const { devices } = await writeWorld(world, { seed, scale, intervalS, days, out: folder });
    writeFileSync(finished, String(devices));
  }
  return { folder, devices: Number(readFileSync(finished, 'utf8')) };
}

/** `heartbeats/2025-03-10.parquet` of a part as a file of the joint dataset's folder of that table. */
function link(part: string, dataset: string, seed: number): void {
  for (const entry of readdirSync(part, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || extname(entry.name) !== '.parquet') continue;
    const folder = entry.parentPath;
    const table = folder === part ? basename(entry.name, '.parquet') : basename(folder);
    const target = join(dataset, table, `${seed}-${entry.name}`);
    mkdirSync(dirname(target), { recursive: true });
    linkSync(join(folder, entry.name), target);
  }
}

/** A dataset of at least `devices` machines as hard links to its parts, without a manifest. */
export async function replicate(
  cache: string,
  devices: number,
  thinning: Thinning,
  progress: (devices: number) => void,
): Promise<{ dataset: string; devices: number; parts: number }> {
  const dataset = join(cache, `joint-${devices}`);
  rmSync(dataset, { recursive: true, force: true });
  mkdirSync(dataset, { recursive: true });
  let made = 0;
  let parts = 0;
  while (made < devices) {
    const seed = 1001 + parts;
    const part = await makePart(cache, seed, thinning);
    link(part.folder, dataset, seed);
    made += part.devices;
    parts++;
    progress(made);
  }
  return { dataset, devices: made, parts };
}
