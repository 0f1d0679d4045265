/** The terms of a subject with the running total, from the prior to the verdict. */
import type { DetectorMeta } from '../../contracts/detector.ts';
import type { DossierTerm } from '../../contracts/dossier.ts';
import { type Term, WHY_NOT } from '../../contracts/verdict.ts';
import { sigmoid } from '../../pipelines/judge/fusion.ts';

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

function factsOf(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' ? { ...parsed } : { value: parsed };
  } catch {
    return { text };
  }
}

/** What a term says of the accused, from the detector's metadata. */
export function sentenceOf(term: Term, detectors: Readonly<Record<string, DetectorMeta>>): string {
  return detectors[term.detector]?.levels[term.level]?.says ?? term.reason;
}

/** `terms` in order of weight; `prior` in log-odds. */
export function waterfallOf(
  terms: readonly Term[],
  prior: number,
  detectors: Readonly<Record<string, DetectorMeta>>,
): DossierTerm[] {
  let running = prior;
  return terms.map((term) => {
    if (term.counted) running += term.weight;
    return {
      detector: term.detector,
      title: detectors[term.detector]?.title ?? term.detector,
      family: term.family,
      reason: term.reason,
      says: sentenceOf(term, detectors),
      forgeable_by: term.forgeable_by,
      weight: term.weight,
      weight_raw: term.weight_raw,
      running,
      probability: sigmoid(running),
      counted: term.counted,
      why_not: term.counted ? '' : term.why_not === null ? 'it adds nothing' : WHY_NOT[term.why_not],
      fact: term.fact,
      value: term.value,
      related: term.related ?? [],
      facts: factsOf(term.facts),
      first_at: time(term.first_at),
      last_at: time(term.last_at),
    };
  });
}
