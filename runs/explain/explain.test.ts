import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterDossier, SubjectDossier } from '../../contracts/dossier.ts';
import { MANIFEST_FILE, RUN_LOG_FILE } from '../../contracts/run.ts';
import { publish } from '../../pipelines/publish/publish.ts';
import { dossierJson } from '../../reports/json/dossier.ts';
import { dossierText } from '../../reports/terminal/dossier.ts';
import { tinyInput } from '../../testing/tiny-input.ts';
import { PLAIN_NAMES, type TinyNames, tinyWarehouse } from '../../testing/tiny-warehouse.ts';
import { drawCluster, explain } from './explain.ts';

const HOSTILE = '\u001b[2J\u202eevil\u2066\u0007';
let base: string;
let run: string;

async function published(name: string, names: TinyNames): Promise<string> {
  const out = join(base, name);
  const warehouse = await tinyWarehouse(names);
  await publish(tinyInput(out), { warehouse, progress: () => {} });
  warehouse.close();
  return out;
}

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'ghostcard [explain]*'));
  run = await published("run it's", PLAIN_NAMES);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const plain = (_: unknown, text: string) => text;
const subject = async (id: string) => (await explain(run, id)) as SubjectDossier;

describe('the customer of a merchant', () => {
  test('is told how many machines share how many cards, which are his, and what to do before the snapshot', async () => {
    const [merchant] = (await subject('u-ann')).merchants;
    expect(merchant).toMatchObject({ merchant_id: 'm-0123456789abcdef', own_devices: ['dev-5'] });
    expect(merchant!.says).toBe(
      '3 machines of 3 accounts answer with 1 real card; the 2 that are void belong to owners whom nothing else links.',
    );
    expect(merchant!.advice).toContain('before the snapshot');
    expect(dossierText(await subject('u-ann'), plain)).toContain('One card sold to several owners');
    expect((await subject('dev-5')).merchants).toHaveLength(1);
  });

  test.each([
    ['an account whose machine on that card is only under review', 'u-bob'],
    ['that machine', 'dev-6'],
    ['an account without a machine on that card', 'u-eve'],
    ['an excluded account, whose own doing it may be', 'u-ring-1'],
    ['its machine', 'dev-fake'],
  ])('is not %s', async (_, id) => {
    expect((await subject(id)).merchants).toEqual([]);
  });
});

describe('an excluded account', () => {
  test('has a waterfall from the prior to its verdict', async () => {
    const dossier = await subject('u-ring-1');
    expect(dossier).toMatchObject({ kind: 'account', verdict: 'exclude', risk: 0.9987, link_count: 4 });
    const counted = dossier.terms.filter((term) => term.counted);
    const sum = counted.reduce((total, { weight }) => total + weight, dossier.prior.log_odds);
    expect(counted.at(-1)!.running).toBeCloseTo(sum, 9);
    expect(counted.map(({ weight }) => weight)).toEqual([7.5, 3.7]);
    expect(counted[0]!.facts).toEqual({ wallet: 'a shared password hint', accounts: 5, rate: 1e-7 });
    expect(dossier.terms.find((term) => !term.counted)).toMatchObject({
      reason: 'ip-shared',
      why_not: 'the family has reached its cap',
    });
  });

  test('names whom it is linked with and why, what it survived, what it owns and what would clear it', async () => {
    const dossier = await subject('u-ring-1');
    expect(dossier.links.map(({ account_id }) => account_id)).toEqual([...PLAIN_NAMES.ring.slice(1)]);
    expect(dossier.links[0]!.shared[0]).toMatchObject({ value: 'wallet-ring', weight: 8 });
    expect(dossier.certificates).toHaveLength(1);
    expect(dossier.devices).toMatchObject([{ device_id: 'dev-fake', verdict: 'void' }]);
    expect(dossier.appeal).toEqual([
      {
        title: 'One payout wallet behind many accounts',
        shows: 'Show that the wallet belongs to an exchange.',
      },
    ]);
    expect(dossier.unseen).toEqual([{ detector: 'rtt-twins', why: 'did not run (absent: pings.probe_id)' }]);
    expect(dossier.activity).toEqual([
      { day: '2024-04-17', messages: 1440, online_bins: 96, pings: 96, answered: 0 },
    ]);
  });
});

test('a void device falls with the term that it stands on', async () => {
  const dossier = await subject('dev-fake');
  expect(dossier).toMatchObject({ kind: 'device', verdict: 'void', about: { owner: 'u-ring-1' } });
  expect(dossier.flip).toMatchObject({ smallest: true, removed: [{ reason: 'benchmark-below-claim' }] });
});

test('a clear account needs no evidence to be taken away and keeps its decisions', async () => {
  const dossier = await subject('u-ann');
  expect(dossier).toMatchObject({ verdict: 'clear', flip: null, terms: [], links: [] });
  expect(dossier.decisions).toMatchObject([
    { verdict: 'clear', by: 'analyst', state: 'in-force', until: null },
  ]);
});

test('a cluster shows its members and what they share', async () => {
  const dossier = (await explain(run, 'c-0123456789ab')) as ClusterDossier;
  expect(dossier).toMatchObject({ kind: 'cluster', accounts: 5, excluded: 4 });
  expect(dossier.members).toHaveLength(5);
  expect(dossier.facts[0]).toMatchObject({
    letter: 'A',
    detector: 'wallet-shared',
    value: 'wallet-ring',
    family: 'money',
    forgeable_by: 'operator',
    weight: 8,
    accounts: 5,
    first: 'u-ring-1',
    last_at: dossier.last_seen,
  });
  expect(dossier.facts.at(-1)).toMatchObject({ detector: 'ip-shared', forgeable_by: 'anyone', first: null });
  expect(dossier.ties[0]).toEqual({ a: 'u-ring-1', b: 'u-ring-2', weight: 8, facts: ['A'] });
  expect(dossier.tie_count).toBe(4);
  expect(dossier.decisions).toMatchObject([{ kind: 'pin', by: 'analyst', state: 'in-force', accounts: 5 }]);
  const text = dossierText(dossier, plain);
  expect(text).toMatch(
    /A +\+8\.00 +5 +money +accused +.* u-ring-1 +One payout wallet behind many accounts: wallet-ring/,
  );
  expect(text).toMatch(/\+8\.00 +u-ring-1 +u-ring-2 +A/);
});

test('a cluster is drawn, by its own id or by that of an account, which is ringed', async () => {
  const whole = await drawCluster(run, await explain(run, 'c-0123456789ab'));
  expect(whole).toMatchObject({ id: 'c-0123456789ab', more_facts: 0 });
  expect(whole.accounts.map(({ id }) => id)).toEqual([...PLAIN_NAMES.ring]);
  expect(whole.facts.map(({ letters, accounts }) => [letters, accounts])).toEqual([
    [['A'], [0, 1, 2, 3, 4]],
    [['B'], [0, 1, 2, 3, 4]],
    [['C'], [0, 1, 2, 3, 4]],
  ]);
  expect(await drawCluster(run, await explain(run, 'u-ring-2'))).toEqual({ ...whole, highlight: 1 });
  for (const id of ['u-ann', 'dev-fake']) {
    await expect(drawCluster(run, await explain(run, id))).rejects.toMatchObject({ code: 'E_SUBJECT' });
  }
});

test('an account is shown the decisions about operators that name it, and whether they still hold for it', async () => {
  expect((await subject('u-ring-1')).decisions).toMatchObject([{ verdict: 'pin', state: 'in-force' }]);
  expect((await subject('u-ring-5')).decisions).toMatchObject([{ verdict: 'pin', state: 'superseded' }]);
});

test('an id that names several subjects is told apart by --as, an unknown one is refused', async () => {
  const both = await published('both', { ...PLAIN_NAMES, device: 'u-ring-1' });
  expect((await explain(both, 'u-ring-1')).kind).toBe('account');
  expect((await explain(both, 'u-ring-1', 'device')).kind).toBe('device');
  await expect(explain(run, 'u-ring-1', 'device')).rejects.toMatchObject({ code: 'E_SUBJECT', exitCode: 5 });
  await expect(explain(run, 'U-RING-1')).rejects.toMatchObject({ code: 'E_SUBJECT' });
});

describe('what is no whole run is refused', () => {
  test('no folder, an empty folder, another manifest', async () => {
    const empty = join(base, 'empty');
    mkdirSync(empty);
    await expect(explain(join(base, 'nowhere'), 'x')).rejects.toMatchObject({ code: 'E_RUN' });
    await expect(explain(empty, 'x')).rejects.toMatchObject({ code: 'E_RUN' });
    writeFileSync(join(empty, MANIFEST_FILE), '{"name":"app"}');
    await expect(explain(empty, 'x')).rejects.toMatchObject({ code: 'E_RUN' });
  });

  test('one byte more in any sealed file, or one file less', async () => {
    const sealed = readdirSync(run).filter((file) => file !== MANIFEST_FILE && file !== RUN_LOG_FILE);
    const copy = join(base, 'copy');
    for (const file of sealed) {
      cpSync(run, copy, { recursive: true });
      appendFileSync(join(copy, file), '\n');
      await expect(explain(copy, 'u-ann'), file).rejects.toMatchObject({ code: 'E_RUN' });
      rmSync(join(copy, file));
      await expect(explain(copy, 'u-ann'), file).rejects.toMatchObject({ code: 'E_RUN' });
      rmSync(copy, { recursive: true });
    }
  });
});

test('hostile text in any place moves no cursor and stays readable in JSON', async () => {
  const names = {
    ...PLAIN_NAMES,
    ring: ['u1', 'u2', 'u3', 'u4', HOSTILE],
    wallet: HOSTILE,
    fact: HOSTILE,
    model: HOSTILE,
    device: `d${HOSTILE}`,
    metric: HOSTILE,
  };
  const out = await published('hostile', names);
  for (const id of ['u1', HOSTILE, `d${HOSTILE}`, 'u-ann', 'c-0123456789ab']) {
    const dossier = await explain(out, id);
    expect(dossierText(dossier, plain)).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
    );
    expect(JSON.parse(dossierJson(dossier))).toEqual(JSON.parse(JSON.stringify(dossier)));
  }
  expect(dossierText(await explain(out, HOSTILE), plain)).toContain('\\u{1b}[2J\\u{202e}evil');
});

test('whatever stands in a dossier, its text has no control character but line ends', async () => {
  const dossier = await subject('u-ring-1');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [term] = dossier.terms;
      const changed: SubjectDossier = {
        ...dossier,
        id: text,
        about: { wallet: text },
        terms: [
          { ...term!, says: text, value: text, related: [text], facts: { [text]: text, list: [text] } },
        ],
        links: [
          {
            account_id: text,
            verdict: 'clear',
            weight: 1,
            shared: [{ detector: 'd', title: text, value: text, weight: 1 }],
          },
        ],
        decisions: [{ verdict: 'clear', by: text, at: '2024', until: null, why: text, state: 'in-force' }],
        unseen: [{ detector: 'd', why: text }],
      };
      expect(dossierText(changed, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}]/u);
    }),
  );
});
