/** Rules of what a unit says in words: its notes and its metadata. */
import type { DetectorMeta } from '../../contracts/detector.ts';
import { wideViolations } from './statement-rules.ts';
import type { Unit, Violation } from './unit.ts';

/** Headings of notes.md below its title, in this order. */
export const HEADINGS: readonly string[] = [
  'Statistic',
  'Null',
  'Silent when',
  'Look-alikes',
  'Who could author it',
  'Blind to',
];

/** How every prompt of a new unit begins: text that its author has yet to replace. */
export const UNFILLED = 'Say here';

const MOST_WORDS = 40;
const PLACEHOLDER = new RegExp(
  `\\b(${UNFILLED.replace(' ', '[ -]')}|lorem|ipsum|todo|tbd|tba|fixme|placeholder (text|prose)|to be (written|done)|coming soon)\\b`,
  'i',
);

/** The first placeholder in a text, or ''. */
export const placeholderIn = (text: string): string => PLACEHOLDER.exec(text)?.[0] ?? '';

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => /[a-z0-9]/i.test(word));

/** Why a text says nothing, or ''. A sentence has three words and a full stop. */
function emptiness(text: string): string {
  const placeholder = placeholderIn(text);
  if (placeholder) return `still says "${placeholder}"`;
  return wordsOf(text).length >= 3 && /[.:;](\s|$|\))/.test(text) ? '' : 'holds no sentence';
}

function notesFaults(id: string, notes: string): string[] {
  const headings = [...notes.matchAll(/^(#{1,2}) (.*)$/gm)].map(
    ([, level, title]) => `${level} ${title!.trim()}`,
  );
  const wanted = [`# ${id}`, ...HEADINGS.map((heading) => `## ${heading}`)];
  if (headings.join('\n') !== wanted.join('\n'))
    return [`has the headings ${headings.join(', ')}; wanted: ${wanted.join(', ')}`];
  const sections = notes.split(/^## .*$/m).slice(1);
  const repeated = sections.filter(
    (text, i) => sections.findIndex((other) => other.trim() === text.trim()) < i,
  );
  return [
    ...sections
      .map((text, i) => [HEADINGS[i]!, emptiness(text)] as const)
      .filter(([, why]) => why !== '')
      .map(([heading, why]) => `"${heading}" ${why}`),
    ...(repeated.length > 0 ? ['says the same under two headings'] : []),
  ];
}

export function notesViolations({ detector, files }: Unit): Violation[] {
  const notes = files.get('notes.md');
  if (notes === undefined) return [{ kind: 'notes', says: 'notes.md is absent' }];
  return [
    ...notesFaults(detector.id, notes).map(
      (fault): Violation => ({ kind: 'notes', says: `notes.md ${fault}` }),
    ),
    ...wideViolations('notes.md', notes),
  ];
}

export function metadataViolations({
  title,
  states,
  levels,
  sources,
  appeal,
  lookAlikes,
}: DetectorMeta): Violation[] {
  const texts: [string, string][] = [
    ['states', states],
    ['appeal', appeal],
    ...Object.entries(levels).map(([level, { says }]): [string, string] => [`levels.${level}.says`, says]),
  ];
  const faults = texts
    .map(([name, text]) => [name, emptiness(text)])
    .filter(([, why]) => why !== '')
    .map((pair) => pair.join(' '));
  if (placeholderIn(title) || title.trim() === '') faults.push('title says nothing');
  const words = wordsOf(states).length;
  if (words > MOST_WORDS) faults.push(`states has ${words} words, more than ${MOST_WORDS}`);
  if (Object.keys(levels).length === 0) faults.push('levels is empty');
  if (sources.length === 0) faults.push('sources is empty');
  faults.push(
    ...sources
      .filter((source) => placeholderIn(source) || wordsOf(source).length < 3)
      .map((source) => `sources names nothing: "${source}"`),
  );
  if (lookAlikes.length === 0) faults.push('lookAlikes is empty: somebody honest always looks alike');
  return faults.map((fault) => ({ kind: 'metadata', says: `detector.ts: ${fault}` }));
}

/** Prompts of the scaffold outside of prose, where a whole file is looked at. */
export function promptViolations({ files }: Unit): Violation[] {
  const prompt = new RegExp(UNFILLED.replace(' ', '[ -]'), 'i');
  return [...files]
    .filter(([path, text]) => !['detector.ts', 'notes.md'].includes(path) && prompt.test(text))
    .map(([path]) => ({ kind: 'prompt', says: `${path} still holds a prompt of the scaffold` }));
}
