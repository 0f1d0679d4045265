/**
 * `npm run new:detector my-id`: a folder under detectors/ that compiles, runs and finds nothing, so that its contract
 * test starts red: no source yet, and a fraud case that waits for its finding.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GhostcardError } from '../contracts/errors.ts';
import { formatSql } from './sql-format/format.ts';

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;

function metadata(id: string): string {
  return `import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: '${id}',
  states: 'The claim: the statistic, the null hypothesis, when it stays silent for lack of power.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'] },
  reads: ['raw.devices'],
  levels: {
    plain: {
      reason: '${id}',
      says: 'One sentence for the accused.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: [],
  sources: [],
  appeal: '',
};
`;
}

function statement(): string {
  return `-- The claim in prose: what is compared with what, what honest machines look like, when nothing is said.
SELECT
  device_id AS subject_id,
  'plain' AS level,
  CAST(NULL AS VARCHAR) AS value,
  CAST([] AS VARCHAR[]) AS related,
  CAST(3 AS BIGINT) AS tested,
  CAST(json_object('gpu_model', gpu_model) AS VARCHAR) AS facts,
  CAST(NULL AS BIGINT) AS first_at,
  CAST(NULL AS BIGINT) AS last_at
FROM raw.devices
WHERE FALSE
`;
}

function cases(): string {
  return `import type { DetectorCases } from '../../contracts/detector.ts';
import { account, device } from '../case-rows.ts';

export const cases: DetectorCases = {
  fraud: [
    {
      name: 'the plainest form of the attack',
      tables: { accounts: [account('a')], devices: [device('d', 'a')] },
      expect: ['d:plain'],
    },
  ],
  honest: [],
  silent: [{ name: 'no device', tables: { accounts: [account('a')], devices: [] } }],
};
`;
}

function notes(id: string): string {
  return `# ${id}

**What it catches.**

**Who looks alike, and why they are left alone.**

**Limits.**
`;
}

function refuse(subject: string, expected: string, got: string, todo: string): never {
  throw new GhostcardError('E_USAGE', { subject, expected, got, todo });
}

/** Writes the folder under `root` and returns its path. Throws E_USAGE for a bad id or one that exists. */
export function newDetector(id: string | undefined, root: string): string {
  if (id === undefined || !ID.test(id)) {
    refuse(
      'id',
      'lower-case words joined by hyphens, two or more',
      id ?? 'nothing',
      'Try npm run new:detector card-too-fast.',
    );
  }
  const folder = join(root, 'detectors', id);
  if (existsSync(folder))
    refuse(folder, 'no folder of that name', 'one', 'Choose another id: an id is never reused.');
  mkdirSync(folder);
  writeFileSync(join(folder, 'detector.ts'), metadata(id));
  writeFileSync(join(folder, 'detector.sql'), formatSql(statement()));
  writeFileSync(join(folder, 'cases.ts'), cases());
  writeFileSync(join(folder, 'notes.md'), notes(id));
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const folder = newDetector(process.argv[2], fileURLToPath(new URL('../', import.meta.url)));
    process.stdout.write(`${folder}\nNow: npx vitest run detectors -t ${process.argv[2]}\n`);
  } catch (error) {
    if (!(error instanceof GhostcardError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
