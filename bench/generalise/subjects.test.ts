import { describe, expect, it } from 'vitest';
import { type MadeUpRow, openMadeUp } from './made-up.ts';
import { makeHonestSets } from './oracle-sets.ts';
import { subjectsOf } from './subjects.ts';

/** A family of three who share nothing, a forger and a loner; each has a machine. */
async function household(members: readonly MadeUpRow[] | null) {
  const who = {
    a1: 'honest-family',
    a2: 'honest-family',
    a3: 'honest-family',
    f: 'forger',
    l: 'honest-loner',
  };
  const accounts = Object.keys(who).map((account_id) => ({ account_id, country: 'DE' }));
  const devices = accounts.map(({ account_id }) => ({
    device_id: `d${account_id}`,
    account_id,
    gpu_model: 'T',
  }));
  const labels = Object.entries(who).flatMap(([id, family]) => [
    { subject_type: 'account', subject_id: id, truth: 'good', family, operator: null },
    { subject_type: 'device', subject_id: `d${id}`, truth: 'good', family, operator: null },
  ]);
  const all = { tables: { accounts, devices }, labels, traits: [] };
  return openMadeUp(members ? { ...all, members } : all);
}
const family = ['a1', 'a2', 'a3'].map((id) => ({ group: 'fam', subject_type: 'account', subject_id: id }));

describe('who belongs together', () => {
  it('is who is named, whether or not they share a trait', async () => {
    const world = await household(family);
    const units = async (type: 'account' | 'device') =>
      (await subjectsOf(world, type)).map(({ unit }) => unit);
    expect(await units('account')).toEqual(['fam', 'fam', 'fam', 'f', 'l']);
    expect(await units('device')).toEqual(['fam', 'fam', 'fam', 'f', 'l']);
    world.close();
  });

  it('is nobody without the file, where nothing is shared', async () => {
    const world = await household(null);
    expect((await subjectsOf(world, 'account')).map(({ unit }) => unit)).toEqual([
      'a1',
      'a2',
      'a3',
      'f',
      'l',
    ]);
    world.close();
  });

  it('is one set for an oracle, without owners of forged cards', async () => {
    const world = await household(family);
    for (const [type, prefix] of [
      ['account', ''],
      ['device', 'd'],
    ] as const) {
      await makeHonestSets(world, type, 1);
      const sets = await world.rows<{ set_id: string; subject: string }>(
        "SELECT * FROM honest WHERE starts_with(set_id, 'group ') ORDER BY subject",
      );
      expect(sets).toEqual(['a1', 'a2', 'a3'].map((id) => ({ set_id: 'group fam', subject: prefix + id })));
      const all = await world.rows<{ subject: string }>('SELECT subject FROM honest ORDER BY subject');
      expect(all.map(({ subject }) => subject)).toEqual(['a1', 'a2', 'a3', 'l'].map((id) => prefix + id));
    }
    world.close();
  });
});
