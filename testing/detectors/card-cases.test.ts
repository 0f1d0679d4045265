/** Cases of the other detectors of cards. */
import { testCases, testVariants } from './suite.ts';
import { unitsWhere } from './unit.ts';

const units = await unitsWhere((meta) => meta.subject === 'device' && meta.family !== 'benchmark');
testCases(units);
testVariants(units);
