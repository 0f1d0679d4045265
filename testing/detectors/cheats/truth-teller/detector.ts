/** A cheat: knows the answers. */
export const meta = {
  title: 'Accounts that are Sybils',
  states: 'Accounts that belong to one operator. Under the null each has an operator of its own.',
  family: 'report',
  subject: 'account',
  links: false,
  needs: { accounts: ['created_at'] },
  reads: ['raw.accounts'],
  levels: {
    sybil: {
      reason: 'truth-teller',
      says: 'This account belongs to an operator of many.',
      forgeableBy: 'operator',
    },
  },
  lookAlikes: ['household'],
  sources: ['Known to whoever wrote the labels'],
  appeal: 'Proof that the operator of this account has no other.',
};
