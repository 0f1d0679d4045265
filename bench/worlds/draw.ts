/** Draws worlds of the grammar, each in a process of its own, whose memory is free again afterwards. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DrawOptions } from './draw-grammar.ts';

const ROOT = new URL('../../', import.meta.url);

/** Throws what the drawing throws, in its words. */
export async function drawWorld(options: DrawOptions): Promise<void> {
  const program = fileURLToPath(new URL('bench/worlds/draw-grammar.ts', ROOT));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', program, JSON.stringify(options)], {
    cwd: fileURLToPath(ROOT),
  });
}
