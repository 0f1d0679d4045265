/** The only writer of results: the run directory, written whole beside its place and then put there. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../contracts/policy.ts';
import {
  CSV_COLUMNS,
  type CsvFile,
  DETECTORS_FILE,
  MANIFEST_FILE,
  PARQUET_FILES,
  RUN_LOG_FILE,
  type RunManifest,
} from '../../contracts/run.ts';
import { htmlReport } from '../../reports/html/report.ts';
import { exclusionsJson } from '../../reports/json/exclusions.ts';
import { diskError } from '../warehouse/disk-error.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { readExclusions } from './exclusions.ts';
import { describeDetectors, describeRun, type PublishedDetector } from './manifest.ts';
import { readReport } from './report-model.ts';
import { commitStaging, dropStaging, openStaging } from './run-folder.ts';
import { digestOf, publishSql, writeCsv, writeEvidence, writeParquet } from './write-files.ts';

export interface PublishInput {
  /** The run directory; replaced as a whole. */
  out: string;
  /** UTC epoch ms. */
  snapshot: number;
  policy: Policy;
  detectors: readonly PublishedDetector[];
  /** Settings that can change a verdict; they stand in the manifest. */
  config: Readonly<Record<string, unknown>>;
  /** True when every input was checked against the dataset's own MANIFEST.csv. */
  sealed: boolean;
  /** Threads, memory, paths, timings: what may differ between equal runs. */
  log: Readonly<Record<string, unknown>>;
}

export interface PublishEffects {
  warehouse: Warehouse;
  progress(event: { stage: 'publish'; subject: string; done: number; total: number }): void;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes every file of the result contract and gives back the manifest. Throws E_OUT when `out` holds
 * anything but an earlier run, E_DISK when a write fails; in both cases what stood there stays.
 */
export async function publish(input: PublishInput, effects: PublishEffects): Promise<RunManifest> {
  const { warehouse } = effects;
  const staging = openStaging(input.out);
  try {
    await warehouse.run(publishSql('formats'));
    const run = await describeRun(input, warehouse);
    const save = (file: string, text: string) => writeFileSync(join(staging, file), text);
    const writers: [string, () => Promise<void> | void][] = [
      ...(Object.keys(CSV_COLUMNS) as CsvFile[]).map(
        (file) =>
          [file, () => writeCsv(staging, file, input.snapshot, warehouse)] as [string, () => Promise<void>],
      ),
      ...PARQUET_FILES.map(
        (file) => [file, () => writeParquet(staging, file, warehouse)] as [string, () => Promise<void>],
      ),
      ['evidence.ndjson', () => writeEvidence(staging, input.snapshot, warehouse)],
      [DETECTORS_FILE, () => save(DETECTORS_FILE, json(describeDetectors(input.detectors)))],
      [
        'exclusions.json',
        async () =>
          save('exclusions.json', exclusionsJson(...(await readExclusions(run, input.snapshot, warehouse)))),
      ],
      ['report.html', async () => save('report.html', htmlReport(await readReport(run, input, warehouse)))],
    ];
    for (const [done, [subject, writeFile]] of writers.entries()) {
      effects.progress({ stage: 'publish', subject, done, total: writers.length });
      await writeFile();
    }
    const outputs: RunManifest['outputs'] = [];
    for (const file of readdirSync(staging).sort()) {
      outputs.push({ file, ...(await digestOf(join(staging, file))) });
    }
    const manifest: RunManifest = { ...run, outputs };
    save(RUN_LOG_FILE, json(input.log));
    save(MANIFEST_FILE, json(manifest));
    commitStaging(input.out);
    return manifest;
  } catch (error) {
    dropStaging(input.out);
    throw diskError(error, {
      subject: input.out,
      expected: 'every file to be written',
      todo: 'Free space or name another folder with --out; an earlier run there is untouched.',
    });
  }
}
