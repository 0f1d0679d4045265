/**
 * `npm run test:detector`: the same fraud in another order and under other names, beside the cases on a
 * worker of its own.
 */
import { readUnit } from '../unit.ts';
import { testVariants } from '../variants.ts';

testVariants([await readUnit(process.env.GHOSTCARD_DETECTOR!)]);
