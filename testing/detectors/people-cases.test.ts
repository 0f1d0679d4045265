/** Cases of the detectors of accounts and of the network. */
import { testCases, testVariants } from './suite.ts';
import { unitsWhere } from './unit.ts';

const units = await unitsWhere((meta) => meta.subject !== 'device');
testCases(units);
testVariants(units);
