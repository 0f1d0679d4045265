/** The capacity certificate: how many cards there are at least. */
import { readFileSync } from 'node:fs';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Fills `verdict.capacity` from the rounds together of all plans; it stays empty without a plan. */
export async function certifyCapacity(warehouse: Warehouse): Promise<void> {
  await warehouse.run(readFileSync(new URL('./capacity.sql', import.meta.url), 'utf8'));
}
