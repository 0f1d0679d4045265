/** learn.ts of a new unit, and its test. */

export const LEARNER = `/** Say here what the table holds, and why no SELECT can say it. */
import type { LearnContext, Learner } from '../../contracts/learner.ts';

async function fill({ tables, params, append }: LearnContext): Promise<void> {
  const machines = await tables.rows<{ device_id: string; cards: number }>(
    'SELECT device_id, gpu_count AS cards FROM raw.devices WHERE gpu_count IS NOT NULL ORDER BY device_id',
  );
  await append(machines.map(({ device_id, cards }) => ({ device_id, score: cards / params.most_cards! })));
}

export const learner: Learner = {
  name: 'machine_score',
  reads: ['raw.devices'],
  columns: { device_id: 'VARCHAR', score: 'DOUBLE' },
  fill,
};
`;

export const LEARNER_TEST = `import { expect, it } from 'vitest';
import type { LearnContext, LearnedRow } from '../../contracts/learner.ts';
import { learner } from './learn.ts';

it('scores a machine by its cards', async () => {
  const rows: LearnedRow[] = [];
  await learner.fill({
    tables: { rows: async () => [{ device_id: 'd', cards: 4 }] },
    params: { most_cards: 8 },
    append: async (more: Iterable<LearnedRow>) => void rows.push(...more),
  } as unknown as LearnContext);
  expect(rows).toEqual([{ device_id: 'd', score: 0.5 }]);
});
`;
