/** The learners, in the order in which they run. None reads another's table. */
import { behaviourTwins } from './behaviour-twins.ts';
import { contention } from './contention.ts';
import type { Learner } from './learn.ts';
import { queue } from './queue.ts';
import { rttRooms } from './rtt-rooms.ts';
import { silicon } from './silicon.ts';
import { telemetryCopies } from './telemetry-copies.ts';
import { telemetryPhysics } from './telemetry-physics.ts';

export const LEARNERS: readonly Learner[] = [
  behaviourTwins,
  contention,
  queue,
  rttRooms,
  silicon,
  telemetryCopies,
  telemetryPhysics,
];
