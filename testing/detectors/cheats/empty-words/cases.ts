/** One case of fraud, one of silence, and nobody honest. */
const account = { account_id: 'a', created_at: 1_713_571_200_000 };
const device = { device_id: 'd', account_id: 'a', registered_at: 1_713_571_200_000, gpu_count: 1 };

export const cases = {
  fraud: [
    {
      name: 'a good card',
      tables: { accounts: [account], devices: [{ ...device, gpu_model: 'RTX 5090' }] },
      expect: ['d:plain'],
    },
  ],
  honest: [],
  silent: [{ name: 'no device', tables: { accounts: [account], devices: [] } }],
};
