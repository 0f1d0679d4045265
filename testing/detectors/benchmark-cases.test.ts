/** Cases of the detectors that read what the network measured. */
import { testCases } from './suite.ts';
import { unitsWhere } from './unit.ts';
import { testVariants } from './variants.ts';

const units = await unitsWhere((meta) => meta.family === 'benchmark');
testCases(units);
testVariants(units);
