/** What the supervisor makes of a worker that dies, checked with small workers that die on purpose. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditOptions } from './audit-options.ts';
import { superviseAudit } from './supervise.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ghostcard-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (): AuditOptions => ({
  dataset: folder,
  out: join(folder, 'run'),
  workspace: join(folder, 'work'),
  threads: 1,
  memoryBytes: 2 ** 28,
  overrideBrakes: [],
});

/** A worker whose body runs once the options have come. */
function worker(body: string): URL {
  const path = join(folder, 'worker.mjs');
  writeFileSync(
    path,
    `import { existsSync, writeFileSync } from 'node:fs';
     const say = (message) => new Promise((sent) => process.send(message, sent));
     const at = (stage, subject) => say({ type: 'progress', progress: { stage, subject, done: 0, total: 1 } });
     const done = (result) => say({ type: 'done', result });
     process.once('message', async (options) => { ${body}; process.disconnect(); });`,
  );
  return pathToFileURL(path);
}

const run = (body: string, signal?: AbortSignal) =>
  superviseAudit(options(), { progress: () => {}, ...(signal ? { signal } : {}) }, worker(body));

describe('superviseAudit', () => {
  it('refuses by name a file at which the worker dies twice', async () => {
    const died = run(
      "await at('ingest', 'heartbeats/evil.parquet'); process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {})",
    );
    await expect(died).rejects.toMatchObject({
      code: 'E_INPUT_POISON',
      detail: { subject: 'heartbeats/evil.parquet' },
      exitCode: 3,
    });
  });

  it('starts again after one death and gives the second result', async () => {
    const marker = JSON.stringify(join(folder, 'died'));
    const result = await run(
      `if (!existsSync(${marker})) { writeFileSync(${marker}, ''); await at('detect', 'x'); process.exit(1); }
       await done({ second: true })`,
    );
    expect(result).toEqual({ second: true });
    expect(existsSync(join(folder, 'died'))).toBe(true);
  });

  it('gives up after three deaths outside any input file, naming the stage', async () => {
    await expect(run("await at('cluster', 'x'); process.exit(7)")).rejects.toMatchObject({
      code: 'E_CHILD',
      detail: { subject: 'stage cluster', got: 'exit status 7' },
    });
  });

  it('passes a refusal on as the same error', async () => {
    const refused = run(
      "await say({ type: 'refused', code: 'E_GZIP_CORRUPT', detail: { subject: 's', expected: 'e', got: 'g', todo: 't' } })",
    );
    await expect(refused).rejects.toMatchObject({
      code: 'E_GZIP_CORRUPT',
      detail: { todo: 't' },
      exitCode: 3,
    });
  });

  it('ends the worker when interrupted and says that the run can be resumed', async () => {
    const interrupt = new AbortController();
    const running = run(
      "await at('rollup', 'x'); setInterval(() => {}, 1000); await new Promise(() => {})",
      interrupt.signal,
    );
    setTimeout(() => interrupt.abort(), 500);
    await expect(running).rejects.toMatchObject({ code: 'E_INTERRUPTED', exitCode: 130 });
  });
});
