/**
 * What the run looked at, and what of the input never reached a detector: the block that terminal and report
 * open with.
 */

import { absentInputs } from '../../contracts/absent.ts';
import type { Coverage } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { CoverageSummary } from '../../contracts/run.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { publishSql } from './write-files.ts';

/** Rows of a list that the manifest names; the CSV files hold all. */
const FIRST = 10;

type LookedAt = CoverageSummary['accounts'];

interface LookedRow extends Omit<LookedAt, 'families' | 'clear_found'> {
  clear_found: number;
  kind: 'account' | 'device';
  points_not_looked_at: string;
}

const NOBODY = { all: 0, looked_at: 0, one_family: 0, clear_found: 0, clear_not_looked_at: 0 };

async function readLookedAt(warehouse: Warehouse) {
  const rows = await warehouse.rows<LookedRow>(publishSql('summary/looked-at'));
  const families = await warehouse.rows<{ kind: string; family: string; subjects: number }>(
    publishSql('summary/families'),
  );
  const of = (kind: LookedRow['kind']): LookedAt => {
    const { all, looked_at, one_family, clear_found, clear_not_looked_at } =
      rows.find((row) => row.kind === kind) ?? NOBODY;
    const own = families.filter((row) => row.kind === kind);
    return {
      all,
      looked_at,
      one_family,
      clear_found,
      clear_not_looked_at,
      families: own.map(({ family, subjects }) => ({ family, subjects })) as LookedAt['families'],
    };
  };
  const points = rows.find(({ kind }) => kind === 'account')?.points_not_looked_at ?? '0';
  return { accounts: of('account'), devices: of('device'), points_not_looked_at: points };
}

/** Absent inputs, each with how many detectors did not run for want of it. */
function missingInputs(coverage: readonly Coverage[]): CoverageSummary['missing'] {
  const notRun = coverage.filter(({ outcome }) => outcome === 'not-run');
  return absentInputs(notRun.map(({ detector, why }) => ({ id: detector, why }))).map(
    ({ input, detectors }) => ({ input, detectors: detectors.length }),
  );
}

async function readLoss(policy: Policy, warehouse: Warehouse): Promise<CoverageSummary['loss']> {
  const { owners, hit } = await warehouse.row<{ owners: number; hit: number }>(
    'SELECT owners, hit FROM verdict.input_loss',
  );
  const first = await warehouse.rows<{ account_id: string; rows: number }>(publishSql('summary/losers'), {
    cap: FIRST,
  });
  return { owners, hit, warn: hit > 0 && hit >= policy.brakes.inputLoss.warn * owners, first };
}

/** The block `coverage` of the manifest's summary. */
export async function readCoverage(policy: Policy, warehouse: Warehouse): Promise<CoverageSummary> {
  const coverage = await warehouse.rows<Coverage>(publishSql('files/coverage'));
  const count = (outcome: Coverage['outcome']) => coverage.filter((row) => row.outcome === outcome).length;
  const unread = await warehouse.rows<CoverageSummary['unread']['first'][number]>(publishSql('files/unread'));
  const models = await warehouse.rows<{ gpu_model: string; devices: number }>(
    publishSql('files/unknown_models'),
  );
  return {
    detectors: {
      ran: count('ran'),
      observing: coverage.filter(({ outcome, observing }) => outcome === 'ran' && observing).length,
      not_run: count('not-run'),
      failed: count('failed'),
    },
    missing: missingInputs(coverage),
    failed: coverage
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ detector, why }) => ({ detector, why })),
    ...(await readLookedAt(warehouse)),
    unread: { files: unread.length, first: unread.slice(0, FIRST) },
    loss: await readLoss(policy, warehouse),
    unknown_models: {
      models: models.length,
      devices: models.reduce((sum, { devices }) => sum + devices, 0),
      first: models.slice(0, FIRST).map(({ gpu_model, devices }) => ({ gpu_model, devices })),
    },
  };
}
