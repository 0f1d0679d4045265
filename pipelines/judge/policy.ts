/** Reads a policy and refuses one that could convict on too little. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { DetectorMeta } from '../../contracts/detector.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { FAMILIES } from '../../contracts/evidence.ts';
import { contradictionsOf, natsOf, type Policy, PolicySchema } from '../../contracts/policy.ts';
import { anyoneBound, logit } from './fusion.ts';

const DEFAULT = new URL('../../policies/default.json', import.meta.url);
const KINDS = ['account', 'device'] as const;
const NATS = 1e-9;

function refuse(path: string, expected: string, got: string): never {
  throw new GhostcardError('E_POLICY', {
    subject: path,
    expected,
    got,
    todo: 'Correct the policy file; policies/default.json is a working example',
  });
}

function firstIssue(error: z.ZodError): never {
  const issue = error.issues[0]!;
  const path = issue.path.length === 0 ? 'policy' : `policy.${issue.path.join('.')}`;
  return refuse(path, 'a valid value', issue.message);
}

/** What the caps of a policy must keep impossible, and what they must leave possible. */
export function checkPolicy(policy: Policy): Policy {
  const { caps, thresholds, prior } = policy;
  for (const kind of KINDS) {
    const threshold = kind === 'account' ? 'exclude' : 'void';
    const start = logit(prior[kind]);
    const need = logit(thresholds[threshold]) - start;
    const families = FAMILIES.map((family) => ({ family, cap: caps[kind][family] ?? 0 }));
    const strongest = families.toSorted((a, b) => b.cap - a.cap);
    const [first, second] = [strongest[0]!, strongest[1]!];
    if (first.cap >= need - NATS) {
      refuse(
        `policy.caps.${kind}.${first.family}`,
        `less than ${need.toFixed(3)} nats, so that one family cannot reach the ${threshold} threshold`,
        String(first.cap),
      );
    }
    if (first.cap + second.cap < need + thresholds.priorSlack) {
      refuse(
        `policy.caps.${kind}`,
        `two families that together reach ${(need + thresholds.priorSlack).toFixed(3)} nats`,
        `${first.family} and ${second.family} with ${first.cap + second.cap}`,
      );
    }
    const bound = anyoneBound(policy, kind);
    if (caps.anyone[kind] > bound) {
      refuse(
        `policy.caps.anyone.${kind}`,
        `at most ${bound.toFixed(3)} nats, so that what others can create never reaches the review threshold`,
        String(caps.anyone[kind]),
      );
    }
    if (thresholds.review >= thresholds[threshold]) {
      refuse(`policy.thresholds.review`, `less than ${threshold}`, String(thresholds.review));
    }
  }
  for (const detector of Object.keys(policy.contradictions.levels)) {
    for (const level of contradictionsOf(policy, detector)) {
      if (natsOf(policy.weights, detector, level) === 0) {
        refuse(`policy.contradictions.levels.${detector}`, 'levels with a weight in policy.weights', level);
      }
    }
  }
  return policy;
}

/**
 * Refuses weights for detectors and levels that do not exist, contradictions and lone holds that others could
 * create, causes and explanations of no detector, idle lifts. The shipped policy may weigh a detector whose
 * folder is gone: it then weighs nothing.
 */
export function checkAgainstDetectors(
  policy: Policy,
  detectors: readonly { id: string; meta: DetectorMeta }[],
  { shipped = false }: { shipped?: boolean } = {},
): void {
  const metas = new Map(detectors.map(({ id, meta }) => [id, meta]));
  for (const section of ['weights', 'lift'] as const) {
    for (const [id, levels] of Object.entries(policy[section])) {
      if (shipped && !metas.has(id)) continue;
      const meta = metas.get(id) ?? refuse(`policy.${section}.${id}`, 'a detector', 'no detector of that id');
      for (const level of Object.keys(levels)) {
        if (!Object.hasOwn(meta.levels, level)) {
          refuse(`policy.${section}.${id}.${level}`, `one of ${Object.keys(meta.levels).join(', ')}`, level);
        }
      }
      if (section === 'lift' && !(meta.links && meta.subject === 'device')) {
        refuse(
          `policy.lift.${id}`,
          'a detector that links devices',
          `subject ${meta.subject}, links ${meta.links}`,
        );
      }
    }
  }
  const contradictions = Object.keys(policy.contradictions.levels).map(
    (id) => ['contradictions.levels', id, contradictionsOf(policy, id)] as const,
  );
  const alone = Object.entries(policy.holds.alone).map(
    ([id, levels]) => ['holds.alone', id, levels] as const,
  );
  for (const [section, id, levels] of [...contradictions, ...alone]) {
    if (shipped && !metas.has(id)) continue;
    for (const level of levels) {
      const author = metas.get(id)?.levels[level]?.forgeableBy;
      if (author !== 'nobody') {
        refuse(`policy.${section}.${id}`, 'levels that the network itself measured', `${level}: ${author}`);
      }
    }
  }
  const isUnknown = (name: string) => {
    const [id, level] = name.split(':') as [string, string?];
    const meta = metas.get(id);
    return !meta || (level !== undefined && !Object.hasOwn(meta.levels, level));
  };
  const { causes, explains } = policy.holds;
  const named = [
    ...Object.entries(causes).map(([cause, names]) => [`causes.${cause}`, names] as const),
    ...Object.entries(explains).map(
      ([speaker, others]) => [`explains.${speaker}`, [speaker, ...Object.keys(others)]] as const,
    ),
  ];
  for (const [place, names] of named) {
    const unknown = names.find(isUnknown);
    if (unknown && !shipped) refuse(`policy.holds.${place}`, 'detectors', unknown);
  }
}

/**
 * Loads and checks a policy; without a path the one that ships with ghostcard.
 * @throws GhostcardError E_POLICY with the JSON path of the first fault.
 */
export function loadPolicy(path?: string): Policy {
  const subject = path ?? 'policies/default.json';
  let text: string;
  try {
    text = readFileSync(path ?? DEFAULT, 'utf8');
  } catch (cause) {
    throw new GhostcardError(
      'E_POLICY',
      { subject, expected: 'a readable file', got: String(cause), todo: 'Check the path given by --policy' },
      { cause },
    );
  }
  return parsePolicy(text, subject);
}

/** A policy from its JSON text. */
export function parsePolicy(text: string, subject: string): Policy {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new GhostcardError(
      'E_POLICY',
      { subject, expected: 'JSON', got: (cause as Error).message, todo: 'Correct the policy file' },
      { cause },
    );
  }
  const parsed = PolicySchema.safeParse(json);
  return parsed.success ? checkPolicy(parsed.data) : firstIssue(parsed.error);
}
