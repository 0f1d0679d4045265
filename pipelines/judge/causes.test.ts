import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../contracts/evidence.ts';
import { pieceWith } from '../../testing/pieces.ts';
import { policyWith } from '../../testing/scene.ts';
import { judgeAccount } from './account-rule.ts';
import { causesOf, mayHold } from './causes.ts';
import { judgeDevice } from './device-rule.ts';
import { fuse, type Kind } from './fusion.ts';
import type { Piece } from './piece.ts';

const DAY = 86_400_000;
const policy = policyWith(
  {},
  {
    holds: {
      least: 2,
      causes: {
        arrival: ['together', 'referral', 'address', 'guide'],
        machine: ['guide:second'],
        queue: ['queued'],
      },
      explains: { 'address:room': { image: 'arrival' }, image: { restarts: 'hosting' } },
      occasionHours: 24,
      alone: {},
    },
  },
);

const piece = (detector: string, family: Piece['family'], raw: number, more: Partial<Piece> = {}) =>
  pieceWith({ detector, family, raw }, more);

const causesFor = (kind: Kind, pieces: Piece[]) =>
  [...causesOf(pieces, fuse(pieces, kind, policy), policy)].sort();
const causes = (...pieces: Piece[]) => causesFor('account', pieces);
const device = (...pieces: Piece[]) => judgeDevice(pieces, fuse(pieces, 'device', policy), policy);
const account = (...pieces: Piece[]) =>
  judgeAccount(pieces, fuse(pieces, 'account', policy), { house: false, cluster: null }, policy);

describe('the causes that speak', () => {
  it('are one for room, code and afternoon, whatever their families', () => {
    expect(
      causes(piece('together', 'timing', 5), piece('referral', 'graph', 5), piece('address', 'network', 3)),
    ).toEqual(['arrival']);
  });

  it('are one for what was over on the day of the arrival', () => {
    const arrival = piece('together', 'timing', 3, { first_at: 0, last_at: DAY });
    const missions = (from: number, to: number) =>
      piece('missions', 'behaviour', 5, { first_at: from, last_at: to });
    expect(causes(arrival, missions(DAY, DAY + 600_000))).toEqual(['arrival']);
    expect(causes(arrival, missions(3 * DAY, 3 * DAY + 600_000))).toEqual(['arrival', 'behaviour']);
    expect(causes(arrival, missions(0, 9 * DAY))).toEqual(['arrival', 'behaviour']);
  });

  it('are one where a finding explains another: a room its equal machines, an image its restarts', () => {
    const image = piece('image', 'identity', 5);
    const restarts = piece('restarts', 'timing', 5);
    const together = piece('together', 'timing', 5);
    expect(causes(image, together)).toEqual(['arrival', 'identity']);
    expect(causes(image, together, piece('address', 'network', 3, { level: 'room' }))).toEqual(['arrival']);
    expect(causes(image, together, piece('address', 'network', 3))).toEqual(['arrival', 'identity']);
    expect(causes(restarts, together)).toEqual(['arrival', 'timing']);
    const three = [image, restarts, together];
    expect(causes(...three)).toEqual(['arrival', 'hosting', 'identity']);
    const fused = fuse(three, 'account', policy);
    expect([...causesOf(three, fused, policy, 'exclude')].sort()).toEqual(['arrival', 'identity', 'timing']);
  });

  it('go by the level where the policy names one', () => {
    const arrival = piece('together', 'timing', 3, { first_at: 0, last_at: DAY });
    const guide = (level: string) => piece('guide', 'behaviour', 5, { level, first_at: 0, last_at: 600_000 });
    expect(causes(arrival, guide('pace'))).toEqual(['arrival']);
    expect(causes(arrival, guide('second'))).toEqual(['arrival', 'machine']);
  });

  it('are two for figures and for the place in a queue, both of one family', () => {
    expect(causesFor('device', [piece('silicon', 'benchmark', 4), piece('queued', 'benchmark', 4)])).toEqual([
      'benchmark',
      'queue',
    ]);
  });

  it('speak from one nat on', () => {
    expect(causes(piece('silicon', 'benchmark', 4), piece('clock', 'clock', 0.9))).toEqual(['benchmark']);
  });
});

describe('a hold', () => {
  it('needs two causes', () => {
    expect(device(piece('power', 'telemetry', 6.5))).toMatchObject({
      verdict: 'clear',
      heldBy: ['one-cause'],
    });
    expect(device(piece('power', 'telemetry', 5), piece('uuid', 'identity', 2))).toMatchObject({
      verdict: 'review',
      heldBy: [],
    });
    expect(account(piece('together', 'timing', 5.7))).toMatchObject({
      verdict: 'clear',
      heldBy: ['one-cause'],
    });
  });

  it('stands on one cause that the network measured again and again', () => {
    expect(device(piece('speed', 'benchmark', 6, { alone: true })).verdict).toBe('review');
  });

  it('does not exclude either on one cause, however many families', () => {
    const cluster = { accounts: 8, stable: true, density: 1, bridge: false };
    const judged = (...pieces: Piece[]) =>
      judgeAccount(pieces, fuse(pieces, 'account', policy), { house: false, cluster }, policy);
    const together = piece('together', 'timing', 7);
    expect(judged(together, piece('referral', 'graph', 7))).toMatchObject({
      verdict: 'clear',
      heldBy: ['one-cause'],
    });
    expect(judged(together, piece('purse', 'money', 7))).toMatchObject({ verdict: 'candidate', heldBy: [] });
  });

  it('leaves a void card void', () => {
    const broken = { contradiction: true, forgeable_by: 'nobody', alone: true } as const;
    expect(device(piece('memory', 'benchmark', 11, broken)).verdict).toBe('void');
  });

  it('never comes from more of the same cause', () => {
    const same = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(same, fc.constantFrom(...FAMILIES), (nats, family) => {
        const pieces = nats.map((raw, i) => piece('one', family, raw, { facet: String(i) }));
        expect(mayHold(pieces, fuse(pieces, 'device', policy), policy)).toBe(false);
      }),
    );
  });
});
