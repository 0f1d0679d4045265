/** From what runs say to what the fit counts: levels, and findings as patterns of them. */
import type { DetectorMeta } from '../../contracts/detector.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { Kind } from '../../pipelines/judge/fusion.ts';
import type { LevelInfo, Pattern } from './material.ts';
import type { BoundFinding } from './read.ts';

export type Metas = ReadonlyMap<string, DetectorMeta>;

/** Levels of the detectors that speak about one kind of subject, in the order of `metas` and of their declaration. */
export function levelsOf(metas: Metas, kind: Kind, policy: Policy): LevelInfo[] {
  return [...metas]
    .filter(([, { subject }]) => subject === kind)
    .flatMap(([detector, { family, levels }]) =>
      Object.entries(levels).map(([level, { forgeableBy }]) => ({
        detector,
        level,
        family,
        forgeableBy,
        contradiction: Object.hasOwn(policy.contradictions.levels[detector] ?? {}, level),
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

/** Turns the findings of `read.ts` into patterns over `levels`. The reader throws E_RUN for a level nobody declares. */
export function patternReader(levels: readonly LevelInfo[], metas: Metas): (findings: string) => Pattern {
  const positions = new Map(levels.map(({ detector, level }, i) => [`${detector}.${level}`, i]));
  return (text) => {
    const pieces = (JSON.parse(text) as BoundFinding[]).map(({ detector, level: name, value, bound }) => {
      const meta = metas.get(detector);
      const declared = meta?.levels[name] ?? unknown(detector, name);
      const level = positions.get(`${detector}.${name}`) ?? null;
      return {
        level,
        detector,
        name,
        family: meta!.family,
        forgeableBy: declared.forgeableBy,
        value: value === null ? null : String(value),
        bound,
        contradiction: level === null ? false : levels[level]!.contradiction,
      };
    });
    const spoken = new Set(pieces.flatMap(({ level }) => (level === null ? [] : [level])));
    return { pieces, levels: [...spoken] };
  };
}
