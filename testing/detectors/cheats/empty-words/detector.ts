/** A cheat: says nothing in good form, and never shows that it leaves anybody alone. */
export const meta = {
  title: 'Cards that are too good',
  states: 'Say here what is compared with what.',
  family: 'inventory',
  subject: 'device',
  links: false,
  needs: { devices: ['gpu_model'] },
  reads: ['raw.devices'],
  levels: {
    plain: { reason: 'empty-words', says: 'TBD: one sentence for the accused.', forgeableBy: 'operator' },
  },
  lookAlikes: [],
  sources: [],
  appeal: '',
};
