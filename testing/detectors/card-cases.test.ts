/** Cases of the other detectors of cards. */
import { loadDetectors } from '../../pipelines/detect/registry.ts';
import { testCases } from './suite.ts';

await testCases(
  (await loadDetectors()).filter(({ meta }) => meta.subject === 'device' && meta.family !== 'benchmark'),
);
