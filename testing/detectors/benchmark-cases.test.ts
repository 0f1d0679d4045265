/** Cases of the detectors that read what the network measured. */
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { testCases } from './suite.ts';

await testCases((await loadDetectors()).filter(({ meta }) => meta.family === 'benchmark'));
