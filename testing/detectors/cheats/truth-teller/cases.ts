/** Cases that bring their own truth. */
const account = (account_id: string) => ({ account_id, created_at: 1_713_571_200_000 });
const label = { subject_type: 'account', subject_id: 'a', label: 'sybil' };

export const cases = {
  fraud: [
    {
      name: 'one of two',
      tables: { accounts: [account('a'), account('b')], labels: [label] },
      expect: ['a:sybil'],
    },
  ],
  honest: [{ name: 'household', tables: { accounts: [account('a'), account('b')], labels: [] } }],
  silent: [{ name: 'nobody', tables: { accounts: [] } }],
};
