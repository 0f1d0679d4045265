/** What is left of an owner's points when void devices' shares are taken out: exact, in micro-points. */
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const MICRO = 1_000_000n;

/** Decimal text of at most six places as whole micro-points. */
export function micro(decimal: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(decimal)!;
  const value = BigInt(whole!) * MICRO + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -value : value;
}

export function decimal(value: bigint): string {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${size / MICRO}.${String(size % MICRO).padStart(6, '0')}`;
}

/** Points × kept / total, rounded down to six places; an owner without any share keeps everything. */
export function keptPoints(points: string, kept: bigint, total: bigint): string {
  return total === 0n ? points : decimal((micro(points) * kept) / total);
}

/**
 * Fills `verdict.kept_points` for owners of void devices and cards: a machine keeps the share of its cards
 * that are not void.
 */
export async function writeKeptPoints(warehouse: Warehouse): Promise<void> {
  const owners = await warehouse.rows<{ account_id: string; points: string; kept: string; total: string }>(
    `SELECT d.account_id, p.points::VARCHAR AS points, d.kept::VARCHAR AS kept, d.total::VARCHAR AS total
     FROM (SELECT v.account_id, sum(v.share) AS total,
             sum(CASE WHEN v.verdict = 'void' THEN 0 ELSE v.share * greatest(c.cards - c.void, 0) // c.cards END) AS kept
           FROM verdict.device v JOIN (
             SELECT g.device_id, greatest(coalesce(min(r.gpu_count), count(*)), 1) AS cards, count(*) FILTER (WHERE g.verdict = 'void') AS void
             FROM verdict.gpu g JOIN raw.devices r USING (device_id) GROUP BY g.device_id) c USING (device_id)
           GROUP BY v.account_id HAVING sum(c.void) > 0) d
     JOIN (SELECT account_id, sum(points)::DECIMAL(38, 6) AS points FROM raw.points GROUP BY account_id) p
       USING (account_id)
     ORDER BY d.account_id`,
  );
  const rows = owners.map(({ account_id, points, kept, total }) => [
    account_id,
    keptPoints(points, BigInt(kept), BigInt(total)),
  ]);
  await appendRows(warehouse, 'verdict', 'kept_points', ['text', 'text'], rows);
}
