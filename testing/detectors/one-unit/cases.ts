/** `npm run test:detector`: contract and cases of the unit that GHOSTCARD_DETECTOR names. */
import { testCases, testContracts } from '../suite.ts';
import { readUnit } from '../unit.ts';

const unit = await readUnit(process.env.GHOSTCARD_DETECTOR!);
testContracts([unit]);
testCases([unit]);
