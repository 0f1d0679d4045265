/** Finds the presets: one folder each, the folder's name is the id. There is no list to keep. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Preset } from '../../contracts/preset.ts';

const FOLDER = new URL('../../presets/', import.meta.url);

/** All presets, in code-unit order of their ids. */
export async function loadPresets(): Promise<(Preset & { id: string })[]> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const ids = readdirSync(fileURLToPath(FOLDER), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    ids.map(async (id) => {
      const module = (await import(new URL(`${id}/preset.${extension}`, FOLDER).href)) as { preset: Preset };
      return { id, ...module.preset };
    }),
  );
}
