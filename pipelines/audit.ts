/** The audit: the order of the stages, and nothing else. */
import type { RunManifest } from '../contracts/run.ts';
import type { AuditOptions, Progress } from './audit-options.ts';
import { certifyCapacity } from './challenge/capacity.ts';
import { loadChallenges } from './challenge/load.ts';
import { cluster } from './cluster/cluster.ts';
import { derive } from './derive.ts';
import { detect, presentTables } from './detect/detect.ts';
import { loadDetectors } from './detect/registry.ts';
import { ingest, snapshotOf } from './ingest/ingest.ts';
import { readDecisions } from './judge/decisions-file.ts';
import { judge } from './judge/judge.ts';
import { checkAgainstDetectors, loadPolicy } from './judge/policy.ts';
import { tensors } from './models/learn.ts';
import { checkApart } from './publish/places.ts';
import { previousFindings } from './publish/previous.ts';
import { publish } from './publish/publish.ts';
import { checkOut } from './publish/run-folder.ts';
import { runConfig, runLog, stopwatch } from './run-facts.ts';
import { diskError } from './warehouse/disk-error.ts';
import { openWorkspace } from './warehouse/workspace.ts';

export async function audit(options: AuditOptions, report: (event: Progress) => void): Promise<RunManifest> {
  checkApart(options);
  checkOut(options.out);
  const policy = loadPolicy(options.policy);
  const decisions = readDecisions(options.decisions);
  const detectors = await loadDetectors();
  checkAgainstDetectors(policy, detectors, { shipped: options.policy === undefined });
  const previous = options.previous ? await previousFindings(options.previous) : undefined;
  const { warehouse, ...workspace } = await openWorkspace({ ...options, folder: options.workspace });
  const { progress, timings } = stopwatch(report);
  const effects = { warehouse, progress, tensors: tensors() };
  try {
    const input = await ingest({ ...options, workspace: workspace.folder }, effects);
    const snapshot = snapshotOf(input);
    const { sealed } = input;
    const planned = await loadChallenges(warehouse, options.challenges ?? []);
    await derive({ snapshot }, effects);
    const present = presentTables({ ...input.tables, ...planned });
    await warehouse.sealed([options.dataset, workspace.folder], (sealedOff) =>
      detect(detectors, { present, policy, snapshot }, { ...effects, warehouse: sealedOff }),
    );
    await cluster({ policy, snapshot, decisions: decisions.operators }, effects);
    await judge({ ...options, policy, decisions, snapshot, previous }, effects);
    await certifyCapacity(warehouse);
    const facts = {
      config: runConfig(options, { input, decisions, tensors: effects.tensors.used() }),
      log: runLog(options, timings),
    };
    return await publish({ out: options.out, snapshot, sealed, policy, detectors, ...facts }, effects);
  } catch (error) {
    throw diskError(error, {
      subject: options.workspace,
      expected: 'room on the disks of the workspace and the output folder',
      todo: 'Free space, or name other folders with --workspace and --out.',
    });
  } finally {
    workspace.close();
  }
}
