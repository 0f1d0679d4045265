import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Memory that is there only while nobody else is asked',
  states:
    'Asked alone a machine holds its memory; asked at the same second as others it fails. An e-value of bets on earlier rounds, against rates of its own, of its hours or of controls. Silent without controls or passes alone.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    challenges: ['nonce', 'starts_at', 'memory_mib'],
    benchmarks: ['measured_by', 'nonce', 'memory_total_mib'],
  },
  reads: ['features.challenge_run', 'rollup.device_day'],
  params: {
    least_controls: { value: 3, unit: 'controls', source: 'chosen: fewer set no rate' },
    prior_runs: { value: 20, unit: 'runs', source: 'chosen: weight of the prior in the controls’ rate' },
    least_rate: { value: 0.03, unit: 'share', source: 'chosen: no machine fails more rarely' },
    least_spread_runs: {
      value: 7,
      unit: 'runs',
      source: 'chosen: machines are never more alike than six runs tell',
    },
    near_rounds: { value: 3, unit: 'rounds', source: 'chosen: outages and people come in hours' },
    day_part_hours: { value: 6, unit: 'hours', source: 'chosen: night, morning, afternoon, evening' },
    open_prior: {
      value: 0.3,
      unit: 'failures',
      source: 'chosen: below one half, beside a partner that failed it seldom fails',
    },
    most_chance: { value: 0.97, unit: 'probability', source: 'chosen: no bet is certain' },
    most_exponent: { value: 600, unit: 'nats', source: 'chosen: keeps exp within a double' },
    stakes: { value: 4, unit: 'bets', source: 'two accounts, two predictors' },
    least_rounds: { value: 3, unit: 'rounds', source: 'chosen: fewer may be one outage' },
    least_ratio: { value: 1.5, unit: 'ratio of rates', source: 'chosen: a little worse together is load' },
    least_asked: { value: 8, unit: 'rounds', source: 'chosen: fewer may be one outage' },
    wilson_hilferty: {
      value: 9,
      unit: 'constant',
      source: 'Wilson and Hilferty 1931: variance 2 / (9 n) of the cube root',
    },
    contrast_z: { value: 2.33, unit: 'standard errors', source: 'normal distribution: one in a hundred' },
    turns_more_z: { value: 3.5, unit: 'standard errors', source: 'normal distribution: 1 in 4,000' },
    turn_z: { value: 3, unit: 'standard errors', source: 'normal distribution: 1 in 700' },
    company_z: {
      value: 1.5,
      unit: 'standard errors',
      source: 'chosen: a machine that fails with the others takes no turns',
    },
    likely_nats: { value: 6, unit: 'nats', source: 'chosen: 1 in 400' },
    sure_nats: { value: 10.5, unit: 'nats', source: 'chosen: 1 in 36,000' },
  },
  levels: {
    short: {
      reason: 'challenge-short',
      says: 'Asked alone this machine holds its memory and speed; asked at the same second as others it again and again has less.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    late: {
      reason: 'challenge-late',
      says: 'Asked alone this machine starts at once; asked at the same second as others it again and again starts when they are done.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    likely: {
      reason: 'challenge-likely-failed',
      says: 'This machine fails more often when others are asked at the same second than when it is asked alone.',
      forgeableBy: 'nobody',
    },
    'silent-together': {
      reason: 'challenge-silent-together',
      says: 'This machine answers when it is asked alone, and stays silent when others are asked at the same second.',
      // Whoever floods the line of the machine in those minutes makes it silent.
      forgeableBy: 'anyone',
    },
    absent: {
      reason: 'challenge-unanswered',
      says: 'This machine sends heartbeats and has never answered a challenge.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: [
    'busy-owner',
    'power-capped',
    'switched-off',
    'evening-owner',
    'slow-link',
    'on-hire',
    'hired-during-the-hold',
    'region-under-load',
    'network-outage',
    'two-machines-of-one-person',
    'neighbour-of-a-fake',
  ],
  sources: [
    'Dziembowski, Faust, Kolmogorov and Pietrzak 2015, Proofs of Space (doi:10.1007/978-3-662-48000-7_29): memory that is filled from a nonce and read back is held, or must be paid for in time',
    'Shafer and Vovk 2019, Game-Theoretic Foundations for Probability and Finance; Ville’s inequality: a non-negative martingale from 1 passes x with probability at most 1/x',
    'Wilson and Hilferty 1931 (doi:10.1073/pnas.17.12.684): chi square as a normal variable',
    'Kleinman 1973 (doi:10.1080/01621459.1973.10481332): moments of the beta-binomial',
    'Krichevsky and Trofimov 1981 (doi:10.1109/TIT.1981.1056331): adding one half to counts as a sequential predictor',
  ],
  appeal:
    'Another plan of challenges, at seconds drawn from a seed that neither side chose: a card of its own holds its memory in every round.',
};
