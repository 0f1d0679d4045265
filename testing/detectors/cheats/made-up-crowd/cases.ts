/** An honest case in which nobody says what his machine is, so that nobody could be accused. */
const account = { account_id: 'a', created_at: 1_713_571_200_000 };
const device = { device_id: 'd', account_id: 'a', registered_at: 1_713_571_200_000, gpu_count: 1 };

export const cases = {
  fraud: [
    {
      name: 'a machine of that model',
      tables: { accounts: [account], devices: [{ ...device, gpu_model: 'UTC' }] },
      expect: ['d:beside'],
    },
  ],
  honest: [
    { name: 'quiet-machine', tables: { accounts: [account], devices: [{ ...device, gpu_model: null }] } },
  ],
  silent: [{ name: 'no machine', tables: { accounts: [account], devices: [] } }],
};
