/** What an operator writes to make his own excluded ring look like strangers. */
import { MISSIONS } from '../../fixtures/worlds/community.ts';
import { humanMail, person, userAgent, wallet } from '../../fixtures/worlds/people.ts';
import { addressOf, NETWORKS } from '../../fixtures/worlds/places.ts';
import { Random } from '../../fixtures/worlds/random.ts';
import { type Account, DAY, HOUR, MINUTE } from '../../fixtures/worlds/spec.ts';
import type { Attacker } from './cast.ts';
import type { Ground } from './ground.ts';
import { beside } from './networks.ts';
import { put, type Rows } from './rows.ts';

export const LAUNDERINGS = {
  carrier: 'fills the networks of the ring with people of all times, so that they look like a carrier’s',
  exchange:
    'names the wallets of the ring in accounts of all times and networks, so that they look like an exchange’s',
  guide:
    'walks through the ring’s missions in many accounts of all times, so that they look like a popular guide',
  forerunner: 'lets a stranger’s account do the missions before the ring did them',
  referrals:
    'refers people of all times and networks from the ring, and the ring’s accounts among each other',
  dust: 'pays among the ring’s and strangers’ wallets, there and back',
  crowd: 'adds accounts that share one fact with the ring and another with strangers',
} as const;

export type Laundering = keyof typeof LAUNDERINGS;

export interface LaunderScenario {
  /** Which ring: a position, taken modulo how many there are. */
  ring: number;
  moves: readonly Laundering[];
  /** Accounts added. */
  budget: number;
  seed: number;
}

export interface Laundry {
  operator: string;
  ring: readonly Account[];
  rows: Rows;
}

/** The accounts that the operator adds, and what he writes with them. */
export function launder(ground: Ground, scenario: LaunderScenario): Laundry {
  const operators = [...ground.rings.keys()];
  const operator = operators[scenario.ring % operators.length]!;
  const ring = ground.rings.get(operator)!;
  const rng = new Random(`laundering/${operator}/${scenario.seed}`);
  const oldest = Math.min(...ground.accounts.map(({ createdAt }) => createdAt));
  const rows: Rows = {};
  for (let i = 0; i < scenario.budget; i++) {
    const own = rng.stream(i);
    const member = own.pick(ring);
    const created_at = Math.round(own.between(oldest, ground.end - HOUR));
    const who = person(member.country, own);
    const added: Attacker = {
      row: {
        account_id: `acct_${own.text(16, '0123456789abcdefghjkmnpqrstvwxyz')}`,
        email: humanMail(who, own),
        created_at,
        signup_ip: addressOf(own.pick(NETWORKS), own),
        wallet: wallet(own),
        referrer_id: null,
        country: who.country,
        user_agent: userAgent(own),
        house: false,
      },
      actions: [],
    };
    for (const move of scenario.moves) RUN[move](added, { ground, member, rng: own, rows });
    put(rows, 'accounts', added.row);
    put(rows, 'points', { account_id: added.row.account_id, epoch: '1', points: 1 });
    put(
      rows,
      'engagement',
      ...added.actions.map(({ at, kind }) => ({
        account_id: added.row.account_id,
        occurred_at: at,
        kind,
        points: 50,
      })),
    );
  }
  return { operator, ring, rows };
}

interface With {
  ground: Ground;
  member: Account;
  rng: Random;
  rows: Rows;
}

function walk({ row }: Attacker, { ground, member, rng }: With, from: number): Attacker['actions'] {
  const first = member.actions[0]?.at ?? from;
  const shift = from - first + rng.int(1, 5) * MINUTE;
  return member.actions
    .map(({ at, kind }) => ({ kind, at: Math.round(at + shift + rng.normal(0, 2000)) }))
    .filter(({ at }) => at > row.created_at && at < ground.end);
}

const RUN: Readonly<Record<Laundering, (added: Attacker, to: With) => void>> = {
  carrier({ row }, { member, rng }) {
    row.signup_ip = rng.chance(0.5) ? member.signupIp : beside(member.signupIp, rng.int(0, 253));
  },
  exchange({ row }, { member }) {
    row.wallet = member.wallet;
  },
  guide(added, to) {
    added.actions = walk(added, to, added.row.created_at);
  },
  forerunner(added, to) {
    added.row.created_at = to.member.createdAt - to.rng.int(1, 30) * DAY;
    added.actions = walk(added, to, added.row.created_at + HOUR);
  },
  referrals({ row }, { member }) {
    row.referrer_id = row.created_at > member.createdAt ? member.id : null;
  },
  dust({ row }, { ground, member, rng, rows }) {
    if (!row.wallet || !member.wallet || row.wallet === member.wallet) return;
    const at = Math.round(rng.between(Math.max(row.created_at, member.createdAt), ground.end - 1));
    const pay = (from_wallet: string, to_wallet: string, occurred_at: number) =>
      put(rows, 'transfers', {
        from_wallet,
        to_wallet,
        occurred_at,
        amount: 0.01,
        asset: 'SOL',
        tx: rng.hex(40),
      });
    pay(row.wallet, member.wallet, at);
    pay(member.wallet, row.wallet, Math.min(at + HOUR, ground.end - 1));
  },
  crowd(added, to) {
    const { rng, ground, member } = to;
    const stranger = rng.pick(ground.honest);
    if (rng.chance(0.5)) added.row.wallet = member.wallet;
    else added.actions = walk(added, to, added.row.created_at);
    added.row.signup_ip = beside(stranger.signupIp, rng.int(0, 253));
    if (added.actions.length === 0) {
      let at = added.row.created_at;
      added.actions = MISSIONS.filter(() => rng.chance(0.4)).flatMap((kind) => {
        at += rng.int(1, 90) * MINUTE;
        return at < ground.end ? [{ kind, at }] : [];
      });
    }
  },
};
