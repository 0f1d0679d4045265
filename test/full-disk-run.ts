/**
 * Audits with a disk that fills up as a stage begins: `full-disk-run.ts DATASET FOLDER`, FOLDER being on a
 * disk that may be filled. Prints one JSON line per stage with the error's code, and at last the digests of
 * an audit that had room again.
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { GhostcardError } from '../contracts/errors.ts';
import { audit } from '../pipelines/audit.ts';
import type { AuditOptions } from '../pipelines/audit-options.ts';

const STAGES = ['ingest', 'rollup', 'models', 'detect', 'cluster', 'judge', 'publish'];
const [dataset, folder] = process.argv.slice(2) as [string, string];
const filler = join(folder, 'filler');
const options: AuditOptions = {
  dataset,
  out: join(folder, 'run'),
  workspace: join(folder, 'work'),
  threads: 2,
  memoryBytes: 2 ** 30,
  overrideBrakes: [],
};

/** Takes every byte that is left. */
function fill(): void {
  const handle = openSync(filler, 'a');
  try {
    for (const bytes of [2 ** 20, 2 ** 12, 1]) {
      const block = Buffer.alloc(bytes);
      try {
        while (writeSync(handle, block) === bytes);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(handle);
  }
}

const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function fullAt(stage: string): Promise<void> {
  const seen = new Set<string>();
  try {
    await audit(options, (event) => {
      if (event.stage === stage && !seen.has(stage)) fill();
      seen.add(event.stage);
    });
    say({ stage, code: 'none' });
  } catch (error) {
    const { code, detail } = error as GhostcardError;
    say(
      error instanceof GhostcardError ? { stage, code, todo: detail.todo } : { stage, code: String(error) },
    );
  } finally {
    rmSync(filler, { force: true });
  }
}

for (const stage of STAGES) await fullAt(stage);
const { outputs } = await audit(options, () => {});
say({ outputs });
