import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Benchmarks passed on to a card elsewhere',
  states:
    'Every run starts 700 ms later than the machine’s round trips and the quickest quarter of its agent and model explain; several so at one PCIe rate are one relay. Null: rates of machines not late. Silent below twenty machines.',
  family: 'benchmark',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'], benchmarks: ['measured_by', 'requested_at'], pings: ['rtt_ms'] },
  reads: ['features.benchmark_run', 'raw.devices', 'raw.pings'],
  params: {
    quick: { value: 0.1, unit: 'quantile', source: 'chosen: a busy owner delays some runs, not nine in ten' },
    trips: { value: 3, unit: 'round trips', source: 'connection, challenge and answer' },
    pcie_step: {
      value: 0.005,
      unit: 'log units',
      source: 'chosen: runs on one slot agree within half a percent',
    },
    least_runs: { value: 6, unit: 'runs', source: 'chosen: a tenth percentile of fewer is one run' },
    own: { value: 0.25, unit: 'quantile', source: 'chosen: three relays in four cannot become the norm' },
    tail: {
      value: 6,
      unit: 'times',
      source: 'of the way from quartile to median, 0.67 standard deviations: beyond four',
    },
    delay_step: { value: 0.4, unit: 'log units', source: 'chosen: wider than what counts as equal' },
    least_devices: { value: 20, unit: 'machines', source: 'chosen: fewer are no fleet' },
    least_extra_ms: { value: 700, unit: 'ms', source: 'chosen: beyond any link that pings in time' },
    most_spread: { value: 0.05, unit: 'log units', source: 'chosen: one slot, not several' },
    cell_size: { value: 200, unit: 'machines', source: 'chosen: bounds the pairs' },
    equal_extra: { value: 0.1, unit: 'share', source: 'chosen: spread of one way' },
    equal_ms: { value: 300, unit: 'ms', source: 'chosen: spread of one way' },
    least_rate: { value: 0.02, unit: 'share', source: 'chosen: no rate is rarer than one board in fifty' },
    cells: { value: 3, unit: 'cells', source: 'a rate agrees in its own cell and the two beside it' },
    least_alike: { value: 3, unit: 'machines', source: 'chosen: two may be neighbours' },
    relay_nats: { value: 6, unit: 'nats', source: 'chosen: chance of 1 in 400' },
  },
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
