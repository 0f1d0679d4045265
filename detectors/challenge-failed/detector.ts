import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Memory that is there only while nobody else is asked',
  states:
    'Reads the results of a plan of challenges: rounds in which all are asked to fill and hold their memory at the same second, mixed by chance with rounds in which a machine is asked alone. ' +
    'Under the null a machine fails at a rate of its own (beta-binomial with the spread of the controls), or at that of the hours around, of the time of day, or of the controls of its country when all are asked at once, and whoever else holds. The statistic is an e-value: the wealth of ' +
    'predictors that bet on the next round from earlier ones, which by Ville’s inequality would pass e^x with probability at most e^−x if the null were known; its rates are estimated, so this is checked by simulation. Beyond `likely` it must take turns: with a partner by name, or within its cohort or the plan, where the number that hold at once is too even for independent machines. Rounds in which half of the controls (of the network, or of its country where there are three) failed do not count, ' +
    'nor do runs of machines on hire; a machine excused in most rounds together is not judged. Silent without controls, without rounds alone that it passed, and with fewer than three failures.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: {
    challenges: ['nonce', 'starts_at', 'memory_mib'],
    benchmarks: ['measured_by', 'nonce', 'memory_total_mib'],
  },
  reads: ['features.challenge_run', 'rollup.device_day'],
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
