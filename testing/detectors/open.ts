/** Rules that units break for now, by id. A unit may leave this list and never enter it. */
import type { Kind } from './unit.ts';

export const OPEN: Readonly<Record<string, readonly Kind[]>> = {
  'challenge-failed': ['tested'],
  'engagement-lockstep': ['literal', 'metadata', 'notes', 'wide'],
  'engagement-script': ['literal', 'metadata', 'notes', 'wide'],
  'host-clone': ['ctes', 'literal', 'metadata', 'notes', 'wide'],
  'ip-block': ['literal', 'metadata', 'notes', 'wide'],
  'ip-shared': ['literal', 'metadata', 'notes', 'wide'],
  'lockstep-activity': ['literal', 'metadata', 'notes', 'wide'],
  'mail-pattern': ['ctes', 'literal', 'metadata', 'notes', 'wide'],
  'referral-tree': ['literal', 'metadata', 'notes', 'wide'],
  'signup-burst': ['literal', 'metadata', 'notes', 'wide'],
  'signup-together': ['idle', 'literal', 'metadata', 'notes', 'wide'],
  'transfer-script': ['ctes', 'literal', 'metadata', 'notes', 'wide'],
  'wallet-funding': ['ctes', 'literal', 'metadata', 'notes', 'wide'],
  'wallet-shared': ['literal', 'metadata', 'notes', 'wide'],
  'wallet-sweep': ['literal', 'metadata', 'notes', 'wide'],
};
