/** Rules that units break for now, by id. A unit may leave this list and never enter it. */
import type { Kind } from './unit.ts';

export const OPEN: Readonly<Record<string, readonly Kind[]>> = {};
