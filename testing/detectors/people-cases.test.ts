/** Cases of the detectors of accounts and of the network. */
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { testCases } from './suite.ts';

await testCases((await loadDetectors()).filter(({ meta }) => meta.subject !== 'device'));
