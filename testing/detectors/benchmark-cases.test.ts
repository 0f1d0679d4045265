/** Cases of the detectors that read what the network measured. */
import { testCases, testVariants } from './suite.ts';
import { unitsWhere } from './unit.ts';

const units = await unitsWhere((meta) => meta.family === 'benchmark');
testCases(units);
testVariants(units);
