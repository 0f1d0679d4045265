/**
 * Which findings about the network would name which lie. A lie with no reason is one that nothing names today;
 * ghosts that are shown and machines that are hired out are named machine by machine, not here.
 */

export interface Names {
  /** Reasons of `network.csv`. */
  reasons: readonly string[];
  /** Whether the finding has to be about the figure that the lie was told of, or may be about any. */
  metric: 'same' | 'any';
}

const INJECTED: Names = { reasons: ['fleet-injected-in-a-line', 'fleet-injected-at-once'], metric: 'same' };
const NOTHING: Names = { reasons: [], metric: 'same' };

export const NAMED_BY: Readonly<Record<string, Names>> = {
  'constant-earnings': NOTHING,
  'scaled-earnings': NOTHING,
  'cumulative-as-daily': NOTHING,
  'frozen-hours': NOTHING,
  'copied-day': NOTHING,
  'equal-steps': INJECTED,
  'injected-model': INJECTED,
  'never-falls': NOTHING,
  'rounded-up': NOTHING,
  'weekend-missing': NOTHING,
  'added-block': INJECTED,
  'undeclared-fleet': { reasons: ['undisclosed-house', 'supply-not-benchmarked'], metric: 'any' },
  'counted-silent': { reasons: ['supply-claimed-not-heard'], metric: 'any' },
  'shown-ghosts': NOTHING,
  'hired-elsewhere': NOTHING,
  'hired-while-off': NOTHING,
};
