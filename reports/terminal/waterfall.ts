/** The waterfall of evidence as text: each term with its figures, its bar and the numbers behind it. */
import type { DossierTerm, SubjectDossier } from '../../contracts/dossier.ts';
import { grouped, instant, nats, pageOf, probability } from '../figures.ts';
import { fallBar, spanOf } from './fall-bar.ts';
import { heading, type Paint, wrapped } from './text.ts';

const AUTHOR: Readonly<Record<string, string>> = {
  anyone: 'anyone could have authored it',
  operator: 'only the accused could have authored it',
  nobody: 'measured by the network',
};
const DETAIL_WIDTH = 100;
/** The three figures and the space around them. */
const FIGURES_WIDTH = 28;

interface Layout {
  /** Characters for the sentence, for the bar, and for a line of detail. */
  says: number;
  cells: number;
  detail: number;
}

/** What fits in a line of `width` characters: the bar is narrowed, then the sentence, then the bar goes. */
export function layoutFor(width: number): Layout {
  const detail = Math.min(DETAIL_WIDTH, width - 4);
  if (width < 80) return { says: Math.min(50, width - FIGURES_WIDTH), cells: 0, detail };
  const says = Math.min(50, width - 50);
  return { says, cells: Math.min(28, width - FIGURES_WIDTH - 2 - says), detail };
}
/** Figures named as times from here on (2001) are epoch milliseconds. */
const EPOCH_MS = 1e12;

/** One value of `facts` in reading form. */
function factText(name: string, value: unknown): string {
  if (value === null) return '–';
  if (typeof value === 'number' && /_(at|ms)$/.test(name) && value > EPOCH_MS) return instant(value);
  if (typeof value === 'number') return grouped(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function termLines(term: DossierTerm, bar: string, paint: Paint, layout: Layout): string {
  const [first, ...more] = wrapped(term.says, layout.says);
  const figures = `${nats(term.weight).padStart(7)} ${nats(term.running).padStart(8)} ${probability(term.probability).padStart(9)}`;
  const lines = [
    `  ${first!.padEnd(layout.says)}${figures}  ${bar}`.trimEnd(),
    ...more.map((line) => `  ${line}`),
  ];
  const detail = [
    `${term.reason} · ${term.family} · ${AUTHOR[term.forgeable_by] ?? term.forgeable_by}`,
    ...Object.entries(term.facts).map(([name, value]) => `${name}: ${factText(name, value)}`),
  ];
  if (term.value !== null) detail.push(`shared value: ${term.value}`);
  if (term.related.length > 0) {
    const named = term.related.slice(0, 5).join(', ');
    const rest = term.related.length - 5;
    detail.push(`with ${named}${rest > 0 ? ` and ${rest} more` : ''}`);
  }
  if (term.first_at !== null || term.last_at !== null) {
    detail.push(`seen ${term.first_at ?? '?'} to ${term.last_at ?? '?'}`);
  }
  detail.push(`see ${pageOf(term.detector)}`);
  for (const line of detail.flatMap((text) => wrapped(text, layout.detail))) {
    lines.push(paint('dim', `    ${line}`));
  }
  return `${lines.join('\n')}\n`;
}

/**
 * The sum of a subject, term by term, and what was seen without counting, in lines of about `width`
 * characters.
 */
export function waterfallText(dossier: SubjectDossier, paint: Paint, width: number): string {
  const layout = layoutFor(width);
  const { says, cells } = layout;
  const counted = dossier.terms.filter((term) => term.counted);
  const { prior, threshold } = dossier;
  const span = spanOf([0, prior.log_odds, threshold.log_odds, ...counted.map(({ running }) => running)]);
  let text = heading('Evidence, in nats', paint);
  text += paint('dim', `  ${''.padEnd(says)}${'nats'.padStart(7)} ${'total'.padStart(8)} ${'p'.padStart(9)}`);
  const start = `  ${'Before any evidence'.padEnd(says)}${nats(prior.log_odds).padStart(7)} ${nats(prior.log_odds).padStart(8)} ${probability(prior.probability).padStart(9)}`;
  const priorBar = fallBar(0, prior.log_odds, threshold.log_odds, span, paint, cells);
  text += `\n${`${start}  ${priorBar}`.trimEnd()}\n`;
  for (const term of counted) {
    const bar = fallBar(term.running - term.weight, term.running, threshold.log_odds, span, paint, cells);
    text += termLines(term, bar, paint, layout);
  }
  const goal = `needed for ${threshold.verdict}`;
  text += paint(
    'dim',
    `  ${goal.padEnd(says)}${''.padStart(7)} ${nats(threshold.log_odds).padStart(8)} ${probability(threshold.probability).padStart(9)}\n`,
  );
  const rest = dossier.terms.filter((term) => !term.counted);
  if (rest.length > 0) {
    text += heading('Seen, but not counted', paint);
    for (const { reason, why_not } of rest.slice(0, 12)) text += `  ${reason}: ${why_not}\n`;
    if (rest.length > 12) text += `  and ${rest.length - 12} more\n`;
  }
  return text;
}
