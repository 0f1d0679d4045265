/** Cases of the other detectors of cards. */
import { testCases } from './suite.ts';
import { unitsWhere } from './unit.ts';
import { testVariants } from './variants.ts';

const units = await unitsWhere((meta) => meta.subject === 'device' && meta.family !== 'benchmark');
testCases(units);
testVariants(units);
