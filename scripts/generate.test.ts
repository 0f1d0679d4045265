import { describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '../contracts/dataset.ts';
import { ERROR_CODES } from '../contracts/errors.ts';
import { PolicySchema } from '../contracts/policy.ts';
import { loadDetectors } from '../pipelines/detect/registry.ts';
import { loadPolicy } from '../pipelines/judge/policy.ts';
import { notesOf } from './detector-page.ts';
import { datasetFiles } from './generate-dataset.ts';
import { catalogue, detectorPage } from './generate-detectors.ts';
import { referenceFiles } from './generate-reference.ts';
import { table } from './markdown.ts';

describe('table', () => {
  it('keeps a cell in its cell', () => {
    expect(table(['a', 'n'], [['x | y\nz', '1']], 'lr')).toBe('| a | n |\n| --- | --: |\n| x \\| y z | 1 |');
  });
});

describe('notesOf', () => {
  it('keeps what stands before the first heading, and all other sections in their order', () => {
    expect(notesOf('# x\n\nWhy.\n\n## Null\n\nN.\n\n## Silent when\n\nS.\n\n## Blind to\n\nB.\n')).toEqual({
      method: '## Null\n\nN.',
      silentWhen: 'S.',
      lookAlikes: '',
      rest: '## Notes\n\nWhy.\n\n## Blind to\n\nB.',
    });
    expect(notesOf('# x\n').rest).toBe('');
  });
});

describe('detectorPage', () => {
  const level = { reason: 'r', says: 'It says.', forgeableBy: 'operator' } as const;
  const detector = {
    id: 'x-y',
    meta: {
      title: 'A title',
      states: 'A claim.',
      family: 'inventory',
      subject: 'device',
      links: true,
      needs: { gpus: ['name', 'serial'] },
      reads: ['raw.gpus', 'features.run_claim', 'features.telemetry_copy', 'rollup.ping'],
      levels: { weighed: level, observed: level },
      lookAlikes: ['second-hand-card', 'gift'],
      sources: ['A paper'],
      appeal: 'A photograph.',
      params: { least: { value: 3, unit: 'runs', source: 'chosen: two may be chance' } },
    },
    sql: '',
    seenSql: null,
    cases: { fraud: [], honest: [{ name: 'second-hand-card', tables: {} }], silent: [] },
    notes: notesOf(
      '# x-y\n\n## Statistic\n\nA sum.\n\n## Null\n\nChance.\n\n## Silent when\n\nNo card.\n\n' +
        '## Look-alikes\n\n- `gift`: had no other owner.\n\n## Blind to\n\nSome.\n',
    ),
    example: {
      case: 'plain',
      finding: { subject_id: 'd', value: null, related: [], first_at: 1713573900000, facts: { runs: 4 } },
    },
    files: ['detector.ts', 'detector.sql', 'models/run.sql', 'models/run_pair.components.sql'],
  } as const;
  const weighed = { nats: 4, how: 'counted', on: 'Honest worlds.', silent: 300 };
  const policy = PolicySchema.parse({ ...loadPolicy(), weights: { 'x-y': { weighed } } });

  it('says what each level weighs, whom it spares and what would refute it', () => {
    const page = detectorPage(detector, policy);
    expect(page).toContain('| `weighed` | `r` | operator | It says. |');
    expect(page).toContain('| `weighed` | 4 | counted | 300 | Honest worlds. |');
    expect(page).toContain('| `observed` | observing |  |  |  |');
    expect(page).toContain(
      '- `gift`: had no other owner.\n\n- `second-hand-card`\n\nEach has a case of that name',
    );
    expect(page).toContain('| `$least` | 3 | runs | chosen: two may be chance |');
    expect(page).toContain('[models/run.sql](../../detectors/x-y/models/run.sql)');
    expect(page).toContain('- `gpus` (`name`, `serial`)');
    expect(page.replace(/\s+/g, ' ')).toContain(
      'It reads [raw.gpus](../dataset.md#gpus), [features.run_claim](../../pipelines/models/run_claim.sql), ' +
        '[features.telemetry_copy](../../pipelines/models/telemetry_copy.learn.ts), `rollup.ping`.',
    );
    expect(page).toContain('made by [components.ts](../../pipelines/models/groups/components.ts).');
    expect(page).toContain('## Appeal\n\nA photograph.');
  });

  it('shows a row of evidence without what is empty in it, times as times', () => {
    const page = detectorPage(detector, policy);
    expect(page).toContain(
      '| `subject_id` | d |\n| `first_at` | 2024-04-20T00:45:00.000Z |\n| `facts.runs` | 4 |',
    );
    expect(page).not.toMatch(/`value`|`related`/);
  });

  it('puts the sections in the order in which they are asked for', () => {
    const headings = [...detectorPage(detector, policy).matchAll(/^## (.*)$/gm)].map(
      ([, heading]) => heading,
    );
    expect(headings).toEqual([
      'Statistic',
      'Null',
      'What it can say',
      'What it weighs',
      'Numbers',
      'An example of its evidence',
      'Silent when',
      'Honest look-alikes that it leaves alone',
      'What it reads',
      'Sources',
      'Appeal',
      'Blind to',
    ]);
  });
});

describe('catalogue', () => {
  it('leads from every reason code to its detector, in order', async () => {
    const detectors = await loadDetectors();
    const rows = [...catalogue(detectors, loadPolicy()).matchAll(/^\| `(\S+)` \| \[(\S+)\]\(/gm)];
    const detectorOf = detectors.flatMap(({ id, meta }) =>
      Object.values(meta.levels).map(({ reason }) => [reason, id] as const),
    );
    const wanted = detectorOf.toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(rows.map(([, reason, id]) => [reason, id])).toEqual(wanted);
  });
});

describe('reference', () => {
  it('documents every error code and every table, on any machine alike', () => {
    const files = referenceFiles();
    for (const code of Object.keys(ERROR_CODES)) expect(files.get('docs/errors.md')).toContain(`\`${code}\``);
    for (const name of TABLE_NAMES) expect(datasetFiles().get('docs/dataset.md')).toContain(`\n## ${name}\n`);
    expect(files.get('docs/cli.md')).toContain('--threads <n>');
    expect(files.get('docs/cli.md')).not.toMatch(/threads.*default: \d/);
  });

  it('prints a JSON Schema in the words of JSON Schema', () => {
    const schema = JSON.parse(datasetFiles().get('docs/dataset.schema.json')!);
    const { accounts, benchmarks } = schema.$defs;
    expect(accounts.required).toEqual(['account_id']);
    expect(accounts.properties.created_at).toMatchObject({ type: ['string', 'null'], format: 'date-time' });
    expect(benchmarks.properties.measured_by).toMatchObject({
      type: ['string', 'null'],
      enum: ['network', 'machine', null],
      default: 'machine',
    });
    for (const { properties } of Object.values<{ properties: object }>(schema.$defs)) {
      for (const column of Object.values(properties)) {
        expect(['description', 'type', 'anyOf', 'format', 'minimum', 'maximum', 'enum', 'default']).toEqual(
          expect.arrayContaining(Object.keys(column)),
        );
      }
    }
  });
});
