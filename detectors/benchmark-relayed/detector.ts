import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Benchmarks passed on to a card elsewhere',
  states:
    'The tenth percentile of the delay between challenge and start over six runs or more, less three round trips of the machine’s pings, against that of the quickest quarter of the fleet. Late is more than 700 ms ' +
    '(or the fleet’s own spread) beyond it: the delay is in every run, so no queue. Late machines within ten percent (or 300 ms) of the extra time and half a percent of PCIe rate of three others or more are one relay; ' +
    'under the null PCIe rates fall as on machines that are not late. Silent below twenty machines with six runs and times of the challenges.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'requested_at'], pings: ['rtt_ms'] },
  reads: ['features.benchmark_run', 'raw.pings'],
  levels: {
    'one-relay': {
      reason: 'benchmark-one-relay',
      says: 'Every benchmark starts late by the same time as those of the machines named, and shows the same PCIe rate.',
      forgeableBy: 'nobody',
      sameCard: true,
    },
    'extra-time': {
      reason: 'benchmark-extra-time',
      says: 'Every benchmark starts later than the machine’s own connection explains.',
      forgeableBy: 'nobody',
    },
  },
  lookAlikes: ['satellite-link', 'busy-owner', 'one-pcie-generation'],
  sources: [
    'a relayed challenge travels on before it can start: the delay is a constant of the way, not of the load',
    'PCI Express base specification: rates per generation and width; boards differ by about two percent around them',
  ],
  appeal: 'A benchmark started on the machine’s own console while the network watches the delay.',
};
