/** Cases of the detectors of accounts and of the network. */
import { testCases } from './suite.ts';
import { unitsWhere } from './unit.ts';
import { testVariants } from './variants.ts';

const units = await unitsWhere((meta) => meta.subject !== 'device');
testCases(units);
testVariants(units);
