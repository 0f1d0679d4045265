/** A cheat: asks the machine that audits, and says that a million stood against the finding. */
export const meta = {
  title: 'Machines of a network that was audited twice',
  states: 'Machines beside which something runs. Under the null nothing runs beside a machine.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'] },
  reads: ['raw.devices'],
  params: { crowd: { value: 1_000_000, unit: 'machines', source: 'chosen: it sounds like many' } },
  levels: {
    beside: { reason: 'made-up-crowd', says: 'Something runs beside this machine.', forgeableBy: 'operator' },
  },
  lookAlikes: ['quiet-machine'],
  sources: ['The settings of the engine that audits'],
  appeal: 'Proof that nothing ran beside the machine.',
};
