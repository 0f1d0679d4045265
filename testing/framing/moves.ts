/** Each move on one victim: what its attackers write. Every one of them is an outsider's, but for F12. */
import { MISSIONS } from '../../fixtures/worlds/community.ts';
import { DAY, HOUR, MINUTE } from '../../fixtures/worlds/spec.ts';
import { type Attack, type Attacker, foreseeable, movers } from './cast.ts';
import { beside } from './networks.ts';
import { put } from './rows.ts';
import type { Move } from './scenario.ts';

const came = ({ victim }: Attack, { row }: Attacker): boolean => row.created_at > victim.createdAt;

/** Whoever was there before the victim can only be in his network by chance. */
function network(attack: Attack): void {
  const { victim, rng } = attack;
  const same = rng.chance(0.3);
  for (const [i, attacker] of movers(attack, 'network').entries()) {
    if (!came(attack, attacker) && !foreseeable(attack)) continue;
    attacker.row.signup_ip =
      same && came(attack, attacker) ? victim.signupIp : beside(victim.signupIp, (i * 7 + 3) % 254);
    attacker.row.user_agent = victim.userAgent;
  }
}

function mails(attack: Attack): void {
  const { victim, rng } = attack;
  const [local = '', domain = ''] = (victim.email ?? 'nobody@gmail.com').split('@');
  const [, stem = local, digits = ''] = /^(.*?)(\d*)$/.exec(local) ?? [];
  const forms: ((i: number) => string)[] = [
    (i) => `${local}+${i + 1}`,
    (i) =>
      `${stem}${String(Number(digits || '100') + (i % 2 ? 1 : -1) * (1 + (i >> 1))).padStart(digits.length, '0')}`,
    (i) => `${stem}${rng.stream(i).text(Math.max(2, digits.length), '0123456789')}`,
    (i) => `${local.slice(0, 1)}.${local.slice(1)}${'.'.repeat(0)}${i ? i : ''}`,
    (i) =>
      local.replace(/[aeio]/g, (c) => (i % 2 ? { a: '4', e: '3', i: '1', o: '0' }[c]! : c)) + (i >> 1 || ''),
  ];
  const form = rng.pick(forms);
  // Who came before the victim cannot have known his address.
  movers(attack, 'mails')
    .filter((attacker) => came(attack, attacker))
    .forEach((attacker, i) => {
      attacker.row.email = `${form(i)}@${domain}`;
    });
}

/**
 * Each attacker does what the victim did, a while after him; half of the time others have tried every pace
 * before.
 */
function missions(attack: Attack): void {
  const { victim, ground, rng } = attack;
  const team = movers(attack, 'missions');
  const covering = rng.chance(0.5);
  const jitter = rng.pick([0, 500, 3000, 60_000]);
  team.forEach((attacker, i) => {
    const own = rng.stream(`missions/${i}`);
    if (covering && i % 2 === 0) {
      attacker.actions = paced(attacker.row.created_at, i >> 1, ground.end);
      return;
    }
    const lag = Math.max(1000, attacker.row.created_at - victim.createdAt) + own.int(1, 600) * 1000;
    attacker.actions = victim.actions
      .map(({ at, kind }) => ({ kind, at: at + lag + Math.round(own.unit() * jitter) }))
      .filter(({ at }) => at < ground.end && at > attacker.row.created_at);
  });
}

/**
 * The missions of the page in its order, at the two paces that belong to `cell`: together the cells cover
 * all.
 */
function paced(from: number, cell: number, end: number): Attacker['actions'] {
  const pace = (k: number) => 1000 * Math.E ** (k % 11);
  let at = from + 5 * MINUTE;
  return MISSIONS.flatMap((kind, i) => {
    at += pace(i % 2 ? cell : Math.floor(cell / 11));
    return at < end ? [{ kind, at: Math.round(at) }] : [];
  });
}

function money(attack: Attack): void {
  const { victim, ground, rng } = attack;
  if (!victim.wallet) return;
  const send = (from: string, to: string, at: number): void =>
    put(attack.rows, 'transfers', {
      from_wallet: from,
      to_wallet: to,
      occurred_at: Math.round(Math.min(at, ground.end - 1)),
      amount: 0.001,
      asset: 'SOL',
      tx: rng.hex(40),
    });
  const purse = `purse${rng.hex(38)}`;
  const dusted = Math.max(victim.createdAt + HOUR, ground.end - rng.between(0.1, 20) * DAY);
  send(purse, victim.wallet, dusted);
  const payees = ground.payees.get(victim.wallet) ?? [];
  for (const { row } of movers(attack, 'money')) {
    if (!row.wallet || row.wallet === victim.wallet) continue;
    send(purse, row.wallet, dusted + rng.between(0, 2) * HOUR);
    send(row.wallet, victim.wallet, dusted + rng.between(2, 9) * HOUR);
    // Whom the victim has paid is public once he has.
    for (const { to, at } of payees) send(row.wallet, to, at + rng.between(0.1, 5) * HOUR);
  }
}

function referrals(attack: Attack): void {
  const { victim, rng } = attack;
  const team = movers(attack, 'referrals').filter((attacker) => came(attack, attacker));
  // His own referrer may be one of theirs: whoever brought him can bring others.
  const codes = [victim.id, ...(victim.referrer ? [victim.referrer] : [])];
  const chain = rng.chance(0.4);
  team.forEach((attacker, i) => {
    attacker.row.referrer_id = chain && i > 0 ? team[rng.int(0, i - 1)]!.row.account_id : rng.pick(codes);
  });
}

/** A profile can be changed at any time: whoever registered before the victim can name his wallet today. */
function wallets(attack: Attack): void {
  if (attack.victim.wallet)
    for (const attacker of movers(attack, 'wallets')) attacker.row.wallet = attack.victim.wallet;
}

function bridge(attack: Attack): void {
  const { ground, victim, rng } = attack;
  const rings = [...ground.rings.values()];
  if (rings.length === 0) return;
  const ring = rng.pick(rings);
  movers(attack, 'bridge').forEach((attacker, i) => {
    const own = rng.stream(`bridge/${i}`);
    const member = own.pick(ring);
    const take = <T>(of: T, from: T): T => (own.chance(0.5) ? of : from);
    const later = came(attack, attacker);
    attacker.row.wallet = take(victim.wallet, member.wallet);
    if (later || foreseeable(attack))
      attacker.row.signup_ip = take(
        beside(victim.signupIp, own.int(0, 253)),
        beside(member.signupIp, own.int(0, 253)),
      );
    else attacker.row.signup_ip = beside(member.signupIp, own.int(0, 253));
    if (later) attacker.row.referrer_id = take(victim.id, member.id);
    const copied = take(victim.actions, member.actions);
    attacker.actions = copied
      .map(({ at, kind }) => ({ kind, at: at + 60_000 * (i + 1) }))
      .filter(({ at }) => at < ground.end && at > attacker.row.created_at);
  });
}

function hole(attack: Attack): void {
  const { ground, rng, attackers } = attack;
  const ring = rng.pick([...ground.rings.values()]);
  const wallet = rng.chance(0.5) ? attackers[0]!.row.wallet : rng.pick(ring).wallet;
  attack.rewrite = { wallet };
  if (rng.chance(0.5)) attack.rewrite.email = attackers[0]!.row.email?.replace('@', '7@') ?? null;
  if (rng.chance(0.5))
    attack.rewrite.referrer_id = rng.chance(0.5) ? attackers[0]!.row.account_id : rng.pick(ring).id;
}

function reports(attack: Attack): void {
  const { victim, ground, rng } = attack;
  for (const { row } of movers(attack, 'reports')) {
    const at = Math.max(row.created_at, ground.end - rng.between(0.1, 9) * DAY);
    put(attack.rows, 'community_reports', {
      report_id: rng.hex(16),
      occurred_at: Math.round(Math.min(at, ground.end - 1)),
      subject_type: 'account',
      subject_id: victim.id,
      reporter: row.account_id,
      text: 'dozens of alts',
    });
  }
  if (rng.chance(0.5))
    put(attack.rows, 'prior_list', {
      source: `list ${rng.hex(6)}`,
      account_id: victim.id,
      wallet: victim.wallet,
      verdict: 'sybil',
      listed_at: victim.createdAt + HOUR,
    });
}

/** Names that a short key, a folded case or a cut would take for the victim's. */
function likeNames(attack: Attack): void {
  const { victim, rng } = attack;
  const other = (text: string, i: number): string => {
    const at = i % 3 === 0 ? text.length - 1 : rng.int(8, text.length - 1);
    return `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
  };
  movers(attack, 'names').forEach((attacker, i) => {
    attacker.row.account_id = `${victim.id}${rng.hex(6)}`;
    if (!victim.wallet) return;
    const turned = [...victim.wallet]
      .map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()))
      .join('');
    attacker.row.wallet = i % 4 === 3 ? turned : other(victim.wallet, i);
  });
}

function everything(attack: Attack): void {
  const { ground, victim, rng } = attack;
  for (const attacker of attack.attackers)
    attacker.row.created_at = Math.round(
      Math.min(victim.createdAt + rng.between(-40, 20) * DAY, ground.end - HOUR),
    );
  for (const move of [network, mails, missions, money, referrals, wallets, reports]) move(attack);
}

export const RUN: Readonly<Record<Move, (attack: Attack) => void>> = {
  F4: network,
  F5: mails,
  F6: missions,
  F8: money,
  F9: referrals,
  F10: wallets,
  F11: bridge,
  F12: hole,
  F13: reports,
  F15: likeNames,
  F17: everything,
};
