/** Reads finished runs and their labels. Nothing of a run is believed that its manifest does not seal. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { CalibratedRun } from '../../contracts/calibration.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { natsOf, type Policy } from '../../contracts/policy.ts';
import { MANIFEST_FILE, type RunManifest } from '../../contracts/run.ts';
import type { Kind } from '../../pipelines/judge/fusion.ts';
import { readManifest } from '../../pipelines/publish/read-run.ts';
import type { Warehouse } from '../../pipelines/warehouse/warehouse.ts';
import { type LabelRow, type Labels, readLabels } from '../evaluate/read-labels.ts';
import { checkSealed, readRun } from '../evaluate/read-run.ts';
import { joinLabels, type Sample } from '../evaluate/sample.ts';
import type { LabelledFinding } from './material.ts';

export interface RunAndLabels {
  /** Directory of a finished run. */
  run: string;
  /** Its truth, in the columns of the labels table, with or without `weight`. */
  labels: string;
}

/** A finding as findings.sql returns it. */
interface ReadFinding {
  detector: string;
  level: string;
  value: number | null;
  weight_raw: number;
  hub: boolean;
  card: number | null;
}

export interface LabelledRun {
  about: CalibratedRun;
  account: LabelledFinding[];
  device: LabelledFinding[];
}

const SQL = readFileSync(new URL('./findings.sql', import.meta.url), 'utf8');
const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
/** A path as a pattern that only itself matches. */
const literal = (path: string): string => path.replace(/[[*?]/g, '[$&]');

/**
 * Refuses a file of which some rows say how they were drawn and some do not: nobody can tell what the others
 * count.
 */
function checkWeights(path: string, { accounts, devices }: Labels): void {
  const rows: LabelRow[] = [...accounts.values(), ...devices.values()];
  const weighted = rows.filter(({ weight }) => weight !== undefined).length;
  if (weighted === 0 || weighted === rows.length) return;
  throw new GhostcardError('E_LABELS', {
    subject: `${path}, weight`,
    expected: 'a weight in every row or in none',
    got: `${weighted} weights in ${rows.length} rows`,
    todo: 'Keep the rows as `ghostcard sample` wrote them and fill in the truth only.',
  });
}

/** Weight by the run's policy of a finding that nothing bounds. */
function presentOf({ weights, lift }: RunPolicy, kind: Kind, { detector, level }: ReadFinding): number {
  const own = natsOf(weights, detector, level);
  return kind === 'account' ? Math.max(own, natsOf(lift, detector, level)) : own;
}

type RunPolicy = Pick<Policy, 'weights' | 'lift'>;

/** A finding with the bound that the run put on it, as the key of its pattern spells it. */
export interface BoundFinding extends Omit<ReadFinding, 'weight_raw'> {
  bound: number | null;
}

function bounded(text: string, policy: RunPolicy, kind: Kind): string {
  const findings = JSON.parse(text) as ReadFinding[];
  const known = findings.map(({ weight_raw, ...finding }, i): BoundFinding => {
    const met = (finding.hub && weight_raw === 0) || weight_raw < presentOf(policy, kind, findings[i]!);
    return { ...finding, bound: met ? weight_raw : null };
  });
  return JSON.stringify(known);
}

async function findingsOf(
  run: string,
  kind: Kind,
  policy: RunPolicy,
  warehouse: Warehouse,
): Promise<Map<string, string>> {
  const terms = literal(join(run, 'terms.parquet'));
  const rows = await warehouse.rows<{ subject_id: string; terms: string }>(SQL, { terms, kind });
  return new Map(rows.map(({ subject_id, terms: text }) => [subject_id, bounded(text, policy, kind)]));
}

const counted = ({ bad }: Sample) => {
  const n = bad.reduce((sum, one) => sum + one, 0);
  return { bad: n, good: bad.length - n };
};

/** Throws E_RUN or E_LABELS. `place` keeps operators of different runs apart. */
export async function readLabelledRun(
  { run: given, labels: path }: RunAndLabels,
  place: number,
  warehouse: Warehouse,
): Promise<LabelledRun> {
  const run = resolve(given);
  const manifest: RunManifest = readManifest(run);
  await checkSealed(run, 'terms.parquet', manifest);
  const subjects = await readRun(run);
  const labels = await readLabels(path);
  checkWeights(path, labels);
  const policy = manifest.policy.content as unknown as RunPolicy;
  const samples = {
    account: joinLabels(subjects.accounts, labels.accounts, labels.accounts),
    device: joinLabels(subjects.devices, labels.devices, labels.accounts),
  };
  const labelled = async (kind: Kind): Promise<LabelledFinding[]> => {
    const found = await findingsOf(run, kind, policy, warehouse);
    const sample = samples[kind];
    const rows = kind === 'account' ? labels.accounts : labels.devices;
    return sample.ids.map((id, i) => ({
      bad: sample.bad[i] === 1,
      family: sample.family[i] === '' ? null : sample.family[i]!,
      operator: `${place} ${sample.unit[i]}`,
      weight: rows.get(id)!.weight ?? 1,
      findings: found.get(id) ?? '[]',
    }));
  };
  return {
    about: {
      name: basename(run),
      manifest: digestOf(join(run, MANIFEST_FILE)),
      labels: digestOf(path),
      snapshot: manifest.snapshot,
      accounts: counted(samples.account),
      devices: counted(samples.device),
      strangers: samples.account.labelsWithoutSubject + samples.device.labelsWithoutSubject,
    },
    account: await labelled('account'),
    device: await labelled('device'),
  };
}
