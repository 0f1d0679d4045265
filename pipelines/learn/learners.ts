/** The learners, in the order in which they run. None reads another's table. */
import type { Learner } from './learn.ts';

export const LEARNERS: readonly Learner[] = [];
