/** What a run says of itself: the settings that can change a verdict, and those that cannot. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AuditOptions, Progress } from './audit-options.ts';
import type { IngestReport } from './ingest/report.ts';
import type { Decisions } from './judge/decisions-file.ts';

/**
 * Result-affecting configuration: equal values and equal inputs give equal bytes. Paths are named by content.
 */
export function runConfig(
  options: AuditOptions,
  read: {
    input: IngestReport;
    decisions: Pick<Decisions, 'sha256'>;
    tensors: string | null;
  },
): Record<string, unknown> {
  const { input, decisions, tensors } = read;
  return {
    snapshot: options.snapshot === undefined ? 'newest' : 'given',
    mapping: input.mapping.present ? input.mapping.sha256 : null,
    decisions: decisions.sha256,
    challenges: (options.challenges ?? []).map((path) =>
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ),
    previous: options.previous !== undefined,
    override_brakes: options.overrideBrakes,
    unknown_files: [...input.unread.map(({ file }) => file), ...input.unknown].sort(),
    learn_backend: tensors,
  };
}

/** What may differ between equal runs. */
export function runLog(options: AuditOptions, timings: Record<string, number>): Record<string, unknown> {
  const { dataset, out, workspace, threads, memoryBytes } = options;
  return {
    dataset,
    out,
    workspace,
    threads,
    memory_bytes: memoryBytes,
    node: process.version,
    seconds: timings,
  };
}

/** Passes progress on and notes how long each stage took, seconds to the millisecond. */
export function stopwatch(report: (event: Progress) => void): {
  progress: (event: Progress) => void;
  timings: Record<string, number>;
} {
  const timings: Record<string, number> = {};
  let stage = '';
  let since = process.hrtime.bigint();
  const progress = (event: Progress) => {
    const now = process.hrtime.bigint();
    if (stage) timings[stage] = Math.round(((timings[stage] ?? 0) + Number(now - since) / 1e9) * 1000) / 1000;
    since = now;
    stage = event.stage;
    report(event);
  };
  return { progress, timings };
}
