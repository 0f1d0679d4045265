/** The attackers of one scenario: accounts like anybody's, which the moves then change. */
import { MISSIONS } from '../../fixtures/worlds/community.ts';
import type { AccountRow } from '../../fixtures/worlds/inventory.ts';
import { humanMail, person, userAgent, wallet } from '../../fixtures/worlds/people.ts';
import { addressOf, NETWORKS } from '../../fixtures/worlds/places.ts';
import { Random } from '../../fixtures/worlds/random.ts';
import { type Account, DAY, HOUR, MINUTE } from '../../fixtures/worlds/spec.ts';
import type { Ground } from './ground.ts';
import { networkOf } from './networks.ts';
import { put, type Rows } from './rows.ts';
import type { Scenario } from './scenario.ts';

export interface Attacker {
  row: AccountRow;
  actions: { at: number; kind: string }[];
}

/** A scene being written: who is attacked, who attacks, and the rows of theirs that belong to no account. */
export interface Attack {
  ground: Ground;
  scenario: Scenario;
  victim: Account;
  attackers: Attacker[];
  rng: Random;
  /** Rows of other tables: transfers, reports, lists. */
  rows: Rows;
  /** What a hole of the network lets them change in the victim's own profile. */
  rewrite: Partial<AccountRow>;
}

const OWN = NETWORKS.filter((network) => network.class !== 'campus');

function arrivals({ arrival, budget, paceMinutes }: Scenario, victim: number, rng: Random): number[] {
  const step = () => MINUTE * (0.2 * paceMinutes + rng.wait(0.8 * paceMinutes));
  const times: number[] = [];
  const walk = (count: number, direction: 1 | -1, stretch: number): void => {
    let at = victim;
    for (let i = 0; i < count; i++) {
      at += direction * step() * stretch;
      times.push(Math.round(at));
    }
  };
  if (arrival === 'after') walk(budget, 1, 1);
  else if (arrival === 'slowly') walk(budget, 1, 30);
  else if (arrival === 'around') {
    walk(Math.ceil(budget / 2), -1, 1);
    walk(Math.floor(budget / 2), 1, 1);
  } else if (arrival === 'ahead') {
    walk(Math.min(3, budget), -1, 1);
    walk(Math.max(0, budget - 3), 1, 1);
  } else for (let i = 0; i < budget; i++) times.push(Math.round(victim - rng.between(1, 40) * DAY));
  return times;
}

/** The attackers with everything of their own: mails, wallets, networks, missions. */
export function cast(ground: Ground, scenario: Scenario): Attack {
  const victim = ground.honest[scenario.victim % ground.honest.length]!;
  const rng = new Random(`framing/${victim.id}/${scenario.seed}`);
  const network = rng.pick(OWN);
  const attackers = arrivals(scenario, victim.createdAt, rng.stream('arrivals')).map((at, i): Attacker => {
    const own = rng.stream(i);
    const who = person(victim.country, own);
    const created_at = Math.min(at, ground.end - HOUR);
    return {
      row: {
        account_id: `acct_${own.text(16, '0123456789abcdefghjkmnpqrstvwxyz')}`,
        email: humanMail(who, own),
        created_at,
        signup_ip: addressOf(own.chance(0.5) ? network : own.pick(OWN), own),
        wallet: wallet(own),
        referrer_id: null,
        country: victim.country,
        user_agent: userAgent(own),
        house: false,
      },
      actions: missions(created_at, ground.end, own),
    };
  });
  return { ground, scenario, victim, attackers, rng: rng.stream('moves'), rows: {}, rewrite: {} };
}

function missions(from: number, end: number, rng: Random): Attacker['actions'] {
  let at = from;
  return MISSIONS.filter(() => rng.chance(0.4)).flatMap((kind) => {
    at += rng.between(0.4, 300) * MINUTE;
    return at < end ? [{ at: Math.round(at), kind }] : [];
  });
}

/** The attackers who make a move. */
export function movers({ attackers, scenario, rng }: Attack, name: string): Attacker[] {
  const chosen = attackers.filter((_, i) => rng.stream(`${name}/${i}`).chance(scenario.share));
  return chosen.length > 0 ? chosen : attackers.slice(0, 1);
}

/** Whether somebody can have been in the victim's network before him without knowing of him. */
export function foreseeable({ ground, victim, scenario }: Attack): boolean {
  if (scenario.forewarned) return true;
  const there = ground.neighbours.get(networkOf(victim.signupIp)) ?? [];
  return there.filter(({ createdAt }) => createdAt < victim.createdAt).length >= 2;
}

/** Everything that the attackers have written. */
export function written({ attackers, rows }: Attack): Rows {
  const all: Rows = { ...rows };
  for (const { row, actions } of attackers) {
    put(all, 'accounts', row);
    put(
      all,
      'engagement',
      ...actions.map(({ at, kind }) => ({ account_id: row.account_id, occurred_at: at, kind, points: 50 })),
    );
    put(all, 'points', { account_id: row.account_id, epoch: '1', points: 100 });
  }
  return all;
}
