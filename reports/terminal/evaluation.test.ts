import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../contracts/evaluation.ts';
import { evaluateClusters } from '../../runs/evaluate/clusters.ts';
import type { LabelRow } from '../../runs/evaluate/read-labels.ts';
import { joinLabels, type RunSubject } from '../../runs/evaluate/sample.ts';
import { evaluateSubjects } from '../../runs/evaluate/subjects.ts';
import { evaluationText } from './evaluation.ts';

function evaluationOf(subjects: RunSubject[], labels: LabelRow[], resamples: number): Evaluation {
  const options = { resamples, seed: 1, level: 0.95 };
  const truth = new Map(labels.map((label) => [label.subject_id, label]));
  const accounts = joinLabels(subjects, truth, truth);
  return {
    schema: 'ghostcard/evaluation/1',
    bootstrap: options,
    accounts: evaluateSubjects(accounts, 'exclude', options),
    devices: evaluateSubjects(joinLabels([], new Map(), truth), 'void', options),
    clusters: evaluateClusters(accounts, new Map(), options),
  };
}

const subjects: RunSubject[] = [
  { id: 'a', account: 'a', outcome: 'final', risk: 0.99 },
  { id: 'b', account: 'b', outcome: 'held', risk: 0.6 },
  { id: 'c', account: 'c', outcome: 'clear', risk: 0.01 },
];
const label = (subject_id: string, truth: string, family: string, operator: string | null): LabelRow => ({
  subject_type: 'account',
  subject_id,
  truth,
  family,
  strength: truth === 'bad' ? 2 : null,
  operator,
});
const labels = [
  label('a', 'bad', 'farm', 'o'),
  label('b', 'bad', 'farm', 'o'),
  label('c', 'good', '\u001b[31mhome', null),
];

const PIPE = { terminal: false, width: Number.POSITIVE_INFINITY };

describe('evaluationText', () => {
  it('prints every table as plain lines away from a terminal', () => {
    const text = evaluationText(evaluationOf(subjects, labels, 50), PIPE);
    expect(text).toContain('Accounts: 3 in the run, 3 labelled (2 bad, 1 good), 0 left out');
    expect(text).toMatch(/^exclude +1 +0 +1 +1 +1\.000 \[/m);
    expect(text).toMatch(/^farm +all +2 +1 +0\.500 +1\.000 +1\.000$/m);
    expect(text).toMatch(/^ +2 +2 +1 +0\.500 +1\.000 +1\.000$/m);
    expect(text).toMatch(/^2–3 +1 +2 +0\.500 +1\.000$/m);
    expect(text).toMatch(/^\\u\{1b\}\[31mhome +1 +0 +0 +0\.0000 +0\.95 +1$/m);
    expect(text).toContain('B-cubed, 2 bad accounts of 1 operators');
    expect(text).toContain('95 % percentile bootstrap over operators, 50 resamples, seed 1');
  });

  it('draws boxes on a terminal, and leaves out what has no subject', () => {
    const text = stripVTControlCharacters(
      evaluationText(evaluationOf(subjects, labels, 0), { terminal: true, width: Number.POSITIVE_INFINITY }),
    );
    expect(text).toContain('│ exclude ');
    expect(text).not.toContain('Devices: verdicts');
    expect(text).toContain('No intervals');
  });

  it('says a dash where a figure is undefined', () => {
    const text = evaluationText(evaluationOf([subjects[2]!], [labels[2]!], 0), PIPE);
    expect(text).toMatch(/^AUROC +–$/m);
  });
});
