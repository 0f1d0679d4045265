import { describe, expect, it } from 'vitest';
import type { CoverageSummary, RunManifest } from '../../contracts/run.ts';
import { summaryText } from './summary.ts';

const nobody = { all: 0, looked_at: 0, one_family: 0, clear_not_looked_at: 0, families: [] };

const coverage: CoverageSummary = {
  detectors: { ran: 13, observing: 2, not_run: 34, failed: 0 },
  missing: [
    { input: 'table heartbeats', detectors: 20 },
    { input: 'gpus.serial', detectors: 1 },
  ],
  failed: [],
  accounts: {
    all: 200,
    looked_at: 190,
    one_family: 5,
    clear_found: 7,
    clear_not_looked_at: 10,
    families: [
      { family: 'timing', subjects: 190 },
      { family: 'money', subjects: 185 },
    ],
  },
  devices: {
    all: 247,
    looked_at: 21,
    one_family: 21,
    clear_found: 0,
    clear_not_looked_at: 226,
    families: [],
  },
  points_not_looked_at: '12.5',
  unread: { files: 0, first: [] },
  loss: { owners: 200, hit: 0, warn: false, first: [] },
  unknown_models: { models: 0, devices: 0, first: [] },
};

function run(more: Partial<CoverageSummary> | null, inputs: RunManifest['inputs'] = []): RunManifest {
  return {
    ghostcard: '1',
    snapshot: '2024-04-25T00:00:00.000Z',
    sealed: false,
    inputs,
    summary: {
      accounts: { exclude: 1, review: 2, clear: 197 },
      devices: { void: 0, review: 0, clear: 247, unverified: 240 },
      clusters: 1,
      findings: 3,
      expected_wrongful_exclusions: 0,
      points: { before: '100', excluded: '1', voided: '0', held: '2', payable: '97' },
      ...(more === null ? {} : { coverage: { ...coverage, ...more } }),
    },
  } as unknown as RunManifest;
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('the summary of an audit', () => {
  it('opens with what was looked at, before any verdict', () => {
    const text = summaryText(run({}), 'out');
    expect(text.indexOf('looked at')).toBeLessThan(text.indexOf('excluded'));
    expect(flat(text)).toContain('13 ran (2 only observe), 34 did not run, 0 failed');
    expect(flat(text)).toContain('absent: table heartbeats (20), gpus.serial (1)');
    expect(flat(text)).toContain(
      'accounts 190 of 200 (timing 190, money 185); 5 by one kind of evidence alone, 10 by none',
    );
  });

  it('splits clear into nothing found, something found, and not looked at', () => {
    const text = flat(summaryText(run({}), 'out'));
    expect(text).toContain(
      '197 clear: 180 looked at, nothing found; 7 with something found, too little to hold; 10 not looked at',
    );
    expect(text).toContain(
      '247 clear: 21 looked at, nothing found; 0 with something found, too little to hold; 226 not looked at',
    );
  });

  it('of a run that did not count what was found claims nothing', () => {
    const { clear_found: _, ...accounts } = coverage.accounts;
    const text = flat(summaryText(run({ accounts }), 'out'));
    expect(text).toContain('197 clear: 187 looked at; 10 not looked at');
  });

  it('says how much is payable to accounts that nobody looked at', () => {
    expect(flat(summaryText(run({}), 'out'))).toContain('not looked at 12.5 (12.5 %)');
    expect(summaryText(run({ points_not_looked_at: '0' }), 'out')).not.toContain('not looked at   ');
  });

  it('names the inputs that the most detectors wait for, and counts the rest', () => {
    const missing = Array.from({ length: 11 }, (_, i) => ({ input: `table t${i}`, detectors: 20 - i }));
    expect(flat(summaryText(run({ missing }), 'out'))).toContain('table t7 (13) and 3 more in coverage.csv');
  });

  it('warns of files that look like tables before the figures, and names the first', () => {
    const first = ['a', 'b', 'c', 'd'].map((name) => ({
      file: `${name}/devices.jsonl\u001b[2J`,
      looks_like: 'devices',
      why: 'a devices.csv stands beside it',
    }));
    const text = summaryText(run({ unread: { files: 12, first } }), 'out');
    expect(text.indexOf('WARNING')).toBeLessThan(text.indexOf('looked at'));
    expect(flat(text)).toContain(
      'looks like the table devices and was not read: a devices.csv stands beside it',
    );
    expect(flat(text)).toContain('WARNING 9 more files like that: unread.csv');
    expect(text).not.toContain('\u001b');
  });

  it('lists loss in few hands, and warns of loss in many', () => {
    const first = [
      { account_id: 'ann', rows: 12 },
      { account_id: '', rows: 3 },
    ];
    const few = summaryText(run({ loss: { owners: 1000, hit: 2, warn: false, first } }), 'out');
    expect(flat(few)).toContain(
      'losses 2 of 1,000 owners (0.2 %) lost values or rows of the input: ann (12), owner unknown (3)',
    );
    expect(few).not.toContain('WARNING');
    const ten = Array.from({ length: 10 }, (_, i) => ({ account_id: `a${i}`, rows: 10 - i }));
    const more = summaryText(run({ loss: { owners: 9000, hit: 50, warn: false, first: ten } }), 'out');
    expect(flat(more)).toContain('a2 (8) and 47 more');
    const many = summaryText(run({ loss: { owners: 100, hit: 2, warn: true, first } }), 'out');
    expect(flat(many)).toContain('WARNING 2 of 100 owners (2.0 %) lost values');
  });

  it('says which models nobody knows, which detector failed, and which file was refused whole', () => {
    const text = flat(
      summaryText(
        run(
          {
            failed: [{ detector: 'rtt-twins', why: 'out of memory' }],
            unknown_models: { models: 2, devices: 226, first: [{ gpu_model: 'rtx4090', devices: 225 }] },
          },
          [
            {
              file: 'heartbeats.csv',
              table: 'heartbeats',
              bytes: 1,
              sha256: '',
              rows: { in: 7200, loaded: 0, duplicate: 0, rejected: 7200 },
            },
          ],
        ),
        'out',
      ),
    );
    expect(text).toContain('2 claimed models of 226 devices not in the catalogue: rtx4090 (225)');
    expect(text).toContain('WARNING the detector rtt-twins failed');
    expect(text).toContain('WARNING all 7,200 rows of heartbeats.csv were rejected');
  });

  it('keeps to the width that it is given', () => {
    const lines = summaryText(run({ accounts: { ...nobody, all: 3 } }), 'out', 60).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('of a run of an earlier version prints what that run says', () => {
    const text = summaryText(run(null), 'out');
    expect(text).toContain('197 clear');
    expect(text).not.toContain('looked at');
  });
});
