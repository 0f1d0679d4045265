/** notes.md of a new unit: the headings of the contract, each with its question. */
import { HEADINGS, UNFILLED } from '../../testing/detectors/prose-rules.ts';

const QUESTIONS: Readonly<Record<string, string>> = {
  Statistic: 'what is measured, over which rows, and from which paper or count the method is.',
  Null: 'what honest subjects do, and how likely the statistic is by chance.',
  'Silent when': 'which data are too thin, absent or out of scope.',
  'Look-alikes': 'who is honest and looks alike, and what tells them apart.',
  'Who could author it': 'who could bring the fact about, and whom he could frame with it.',
  'Blind to': 'which forms of the attack it does not see.',
};

export function notes(id: string): string {
  const sections = HEADINGS.map((heading) => `## ${heading}\n\n${UNFILLED} ${QUESTIONS[heading]}\n`);
  return [`# ${id}\n`, ...sections].join('\n');
}
