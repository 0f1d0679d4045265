import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GhostcardError } from '../../contracts/errors.ts';
import type { DecisionRow } from '../../contracts/verdict.ts';
import { finding, judgeScene, policyWith, type Scene, SNAPSHOT, shared } from '../../testing/scene.ts';
import { readDecisions } from './decisions-file.ts';
import { factId } from './terms.ts';

const folder = mkdtempSync(join(tmpdir(), 'decisions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const policy = policyWith({
  wallet: { strong: 6 },
  image: { strong: 5 },
  new: { strong: 2 },
  forged: { strong: 3 },
});
const names = Array.from({ length: 8 }, (_, i) => `a${i}`);
const scene: Scene = {
  accounts: [...names, 'quiet'].map((id, i) => ({ id, at: i + 1, points: 1 })),
  findings: [...shared(names, 'wallet', 'w'), ...shared(names, 'image', 'i', { family: 'identity' })],
};
const seen = [factId('wallet', 'strong', 'w'), factId('image', 'strong', 'i')];
const at = (ms: number) => new Date(ms).toISOString();

function decision(more: Record<string, unknown>): string {
  const whole = {
    subject: 'a0',
    verdict: 'clear',
    by: 'ann',
    at: at(10),
    why: 'a known café',
    evidence: seen,
    ...more,
  };
  return JSON.stringify(whole);
}

function file(...lines: string[]): string {
  const path = join(folder, 'decisions.ndjson');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function run(lines: string[], findings = scene.findings) {
  const judged = await judgeScene({ ...scene, findings }, policy, {
    decisions: readDecisions(file(...lines)),
  });
  return {
    accounts: judged.accounts,
    rows: await judged.warehouse.rows<DecisionRow>(
      'SELECT * FROM verdict.decision ORDER BY "at", subject_id',
    ),
  };
}

describe('a decision', () => {
  it('survives the next run on the same evidence', async () => {
    const { accounts, rows } = await run([decision({})]);
    expect(accounts.get('a0')).toMatchObject({
      verdict: 'clear',
      held_by: 'decision',
      points_after: '1.000000',
    });
    expect(accounts.get('a1')!.verdict).toBe('exclude');
    expect(rows).toMatchObject([{ subject_id: 'a0', state: 'in-force', new_facts: [], until: null }]);
  });

  it('reopens as a review on new evidence and says what is new, but not on what others could create', async () => {
    const theirs = [...scene.findings, finding('a0', 'forged', { family: 'mail', forgeable_by: 'anyone' })];
    expect((await run([decision({})], theirs)).accounts.get('a0')!.verdict).toBe('clear');
    const fresh = [...scene.findings, finding('a0', 'new', { family: 'timing' })];
    const { accounts, rows } = await run([decision({})], fresh);
    expect(accounts.get('a0')!.verdict).toBe('review');
    expect(rows).toMatchObject([{ state: 'reopened', new_facts: [factId('new', 'strong', null)] }]);
  });

  it('ends when it expires, and is replaced by a newer one', async () => {
    const expired = await run([decision({ until: at(SNAPSHOT) })]);
    expect(expired.accounts.get('a0')!.verdict).toBe('exclude');
    expect(expired.rows[0]!.state).toBe('expired');
    const replaced = await run([decision({ at: at(30), verdict: 'review' }), decision({ at: at(20) })]);
    expect(replaced.accounts.get('a0')!.verdict).toBe('review');
    expect(replaced.rows.map(({ state }) => state)).toEqual(['superseded', 'in-force']);
  });

  it('acts on a run of the data that the analyst looked at, though made after their snapshot', async () => {
    const { accounts, rows } = await run([decision({ at: at(SNAPSHOT + 1) })]);
    expect(accounts.get('a0')!.verdict).toBe('clear');
    expect(rows[0]!.state).toBe('in-force');
  });

  it('can act on an account without evidence, and is reported when there is no such account', async () => {
    const { accounts, rows } = await run([
      decision({ subject: 'quiet', verdict: 'exclude', evidence: [] }),
      decision({ subject: 'ghost' }),
    ]);
    expect(accounts.get('quiet')).toMatchObject({ verdict: 'exclude', points_after: '0.000000' });
    expect(rows.find(({ subject_id }) => subject_id === 'ghost')!.state).toBe('unknown-subject');
  });
});

describe('a decisions file is refused', () => {
  it.each([
    ['for a line that is no JSON', '{'],
    ['for an unknown word', decision({ verdict: 'pardon' })],
    ['for an unknown field', decision({ extra: 1 })],
    ['for a time without offset', decision({ at: '2024-04-25 00:00' })],
    ['for an account that would be void', decision({ verdict: 'void' })],
    ['for a device that would be excluded', decision({ subject_type: 'device', verdict: 'exclude' })],
  ])('%s', (_, line) => {
    const path = file(decision({}), line);
    expect(() => readDecisions(path)).toThrow(GhostcardError);
    expect(() => readDecisions(path)).toThrow(/E_DECISIONS .*:2/);
  });
  it('when it cannot be read', () => {
    expect(() => readDecisions(join(folder, 'absent.ndjson'))).toThrow(/E_DECISIONS/);
  });
});
