/** Rules that units break for now, by id. A unit may leave this list and never enter it. */
import type { Kind } from './unit.ts';

export const OPEN: Readonly<Record<string, readonly Kind[]>> = {
  'challenge-failed': ['tested'],
  'engagement-lockstep': ['wide'],
  'engagement-script': ['literal', 'wide'],
  'host-clone': ['wide'],
  'ip-block': ['wide'],
  'ip-shared': ['wide'],
  'lockstep-activity': ['wide'],
  'mail-pattern': ['wide'],
  'referral-tree': ['wide'],
  'signup-burst': ['wide'],
  'signup-together': ['wide'],
  'transfer-script': ['wide'],
  'wallet-funding': ['wide'],
  'wallet-shared': ['wide'],
  'wallet-sweep': ['wide'],
};
