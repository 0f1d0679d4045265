/** The same, from a learner. */
export const learner = {
  name: 'answer',
  reads: ['raw.accounts'],
  columns: { account_id: 'VARCHAR' },
  async fill({
    tables,
    append,
  }: {
    tables: { rows(sql: string): Promise<never[]> };
    append(rows: never[]): Promise<void>;
  }) {
    await append(await tables.rows('SELECT subject_id AS account_id FROM loaded.labels'));
  },
};
