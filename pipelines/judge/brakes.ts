/** Brakes: a list that would hit far more than is plausible stops before it is published. */
import { readFileSync } from 'node:fs';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Coverage } from '../../contracts/evidence.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { BrakeOverride, BrakeRow } from '../../contracts/verdict.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { lossBrakes, lossText, measureLoss } from './input-loss.ts';

/** What an earlier run found, for the comparison of detectors. */
export type PreviousRun = readonly Pick<Coverage, 'detector' | 'findings'>[];

export interface Segment {
  segment: string;
  total: number;
  hit: number;
}

const share = (part: number, whole: number): number => Math.round((part / whole) * 1e6) / 1e6;

/** Detectors whose findings jumped. Below `segmentMin` findings a factor says nothing. */
export function jumps(now: PreviousRun, before: PreviousRun, limits: Policy['brakes']): BrakeRow[] {
  const earlier = new Map(before.map(({ detector, findings }) => [detector, findings]));
  return now.flatMap(({ detector, findings }) => {
    const previous = earlier.get(detector);
    if (previous === undefined) return [];
    const allowed = Math.max(previous * limits.jump, limits.segmentMin);
    return findings > allowed
      ? [
          {
            name: 'detector-jump' as const,
            segment: detector,
            observed: findings,
            allowed,
            total: previous,
            overridden_why: null,
          },
        ]
      : [];
  });
}

export function crowded(segments: readonly Segment[], limits: Policy['brakes']): BrakeRow[] {
  return segments
    .filter(({ total, hit }) => total >= limits.segmentMin && hit > limits.segmentShare * total)
    .map(({ segment, total, hit }) => ({
      name: 'segment-share',
      segment,
      observed: share(hit, total),
      allowed: limits.segmentShare,
      total,
      overridden_why: null,
    }));
}

export function costly(
  points: { accounts: number; before: number; after: number },
  limits: Policy['brakes'],
): BrakeRow[] {
  if (points.accounts < limits.segmentMin) return [];
  const taken = points.before > 0 ? share(points.before - points.after, points.before) : 0;
  if (taken <= limits.pointsShare) return [];
  return [
    {
      name: 'points-share',
      segment: '',
      observed: taken,
      allowed: limits.pointsShare,
      total: points.before,
      overridden_why: null,
    },
  ];
}

/** Every comparison that fails, with the override that lets it pass, if one was given. */
export async function brakes(
  policy: Policy,
  input: { previous?: PreviousRun | undefined; overrides: readonly BrakeOverride[] },
  warehouse: Warehouse,
): Promise<BrakeRow[]> {
  const limits = policy.brakes;
  const now = await warehouse.rows<{ detector: string; findings: number }>(
    'SELECT detector, findings FROM evidence.coverage ORDER BY detector',
  );
  const segments = await warehouse.rows<Segment>(
    readFileSync(new URL('./segments.sql', import.meta.url), 'utf8'),
    {
      minimum: limits.segmentMin,
    },
  );
  const points = await warehouse.row<{ accounts: number; before: number; after: number }>(
    `SELECT count(*) AS accounts, coalesce(sum(points_before), 0)::DOUBLE AS before, coalesce(sum(points_after), 0)::DOUBLE AS after
     FROM verdict.account`,
  );
  const rows = [
    ...lossBrakes(await measureLoss(warehouse), limits),
    ...jumps(now, input.previous ?? [], limits),
    ...crowded(segments, limits),
    ...costly(points, limits),
  ];
  const allowed = new Map(input.overrides.map(({ name, why }) => [name, why]));
  return rows.map((row) => ({ ...row, overridden_why: allowed.get(row.name) ?? null }));
}

/** What an operator is told of a brake. */
function advice(row: BrakeRow, worst: string): { expected: string; got: string; todo: string } {
  const again = `run again with --override-brake ${row.name} --why "…"`;
  if (row.name !== 'input-loss')
    return {
      expected: `at most ${row.allowed}`,
      got: `${row.observed} of ${row.total}`,
      todo: `Look at the verdicts; if they are right, ${again}`,
    };
  const { got, limit } = lossText(row);
  return {
    expected: limit === '' ? 'at least one row that can be loaded' : `few owners with lost input: ${limit}`,
    got: `${got}${worst}`,
    todo: `Correct the export, or map it in ghostcard.yaml (docs/dataset-mapping.md); to audit what was read, ${again}`,
  };
}

/**
 * @param worst where most input was lost, for the message.
 * @throws GhostcardError E_BRAKE that names the first brake nobody overrode, with its numbers.
 */
export function stopOn(rows: readonly BrakeRow[], worst = ''): void {
  const pulled = rows.filter(({ overridden_why }) => overridden_why === null);
  const [first] = pulled;
  if (!first) return;
  const more = pulled.length > 1 ? `; ${pulled.length - 1} more pulled` : '';
  const { expected, got, todo } = advice(first, worst);
  throw new GhostcardError('E_BRAKE', {
    subject: `brake ${first.name}${first.segment && ` (${first.segment})`}`,
    expected,
    got: `${got}${more}`,
    todo,
  });
}
