/** From what runs say to what the fit counts: levels, and findings as patterns of them. */
import type { DetectorMeta } from '../../contracts/detector.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { isContradiction, type Policy } from '../../contracts/policy.ts';
import { fuse, type Kind } from '../../pipelines/judge/fusion.ts';
import { presentWeight } from './fit.ts';
import type { LevelInfo, Pattern, PatternPiece } from './material.ts';
import { piecesOf } from './predict.ts';
import type { BoundFinding } from './read.ts';

export type Metas = ReadonlyMap<string, DetectorMeta>;

/**
 * Levels of the detectors that speak about one kind of subject, in the order of `metas` and of their
 * declaration.
 */
export function levelsOf(metas: Metas, kind: Kind, policy: Policy): LevelInfo[] {
  return [...metas]
    .filter(([, { subject }]) => subject === kind)
    .flatMap(([detector, { family, levels }]) =>
      Object.entries(levels).map(([level, { forgeableBy }]) => ({
        detector,
        level,
        family,
        forgeableBy,
        contradiction: isContradiction(policy, detector, level),
      })),
    );
}

function unknown(detector: string, level: string): never {
  throw new GhostcardError('E_RUN', {
    subject: `${detector}.${level}`,
    expected: 'findings of detectors that this version has',
    got: 'a finding of another one',
    todo: 'Audit the dataset again with this version.',
  });
}

/**
 * Positions of the levels that no stronger level of the same statement outdoes under the policy's present
 * weights.
 */
function shownOf(
  pieces: readonly PatternPiece[],
  levels: readonly LevelInfo[],
  kind: Kind,
  policy: Policy,
): number[] {
  const present = levels.map((info) => presentWeight(policy, info));
  const { whyNot } = fuse(piecesOf({ pieces }, present, policy), kind, policy);
  return pieces.flatMap(({ no }, i) => (no === null || whyNot[i] === 'also-holds' ? [] : [no]));
}

/**
 * Turns the findings of `read.ts` into patterns over `levels`. The reader throws E_RUN for a level nobody
 * declares.
 */
export function patternReader(
  levels: readonly LevelInfo[],
  metas: Metas,
  kind: Kind,
  policy: Policy,
): (findings: string) => Pattern {
  const positions = new Map(levels.map(({ detector, level }, i) => [`${detector}.${level}`, i]));
  return (text) => {
    const pieces = (JSON.parse(text) as BoundFinding[]).map((found): PatternPiece => {
      const { detector, level, value } = found;
      const meta = metas.get(detector);
      const declared = meta?.levels[level] ?? unknown(detector, level);
      return {
        ...found,
        no: positions.get(`${detector}.${level}`) ?? null,
        family: meta!.family,
        forgeable_by: declared.forgeableBy,
        facet: declared.facet ?? null,
        links: meta!.links,
        value: value === null ? null : String(value),
        sharers: null,
        sharers_in_cluster: null,
      };
    });
    const spoken = new Set(pieces.flatMap(({ no }) => (no === null ? [] : [no])));
    return { pieces, levels: [...spoken], shown: [...new Set(shownOf(pieces, levels, kind, policy))] };
  };
}
