/** What a new unit is about; decides its tables. */
export const KINDS = ['device', 'account', 'linking', 'learned'] as const;

export type Kind = (typeof KINDS)[number];

/** Machines (`device`, `learned`) or accounts (`account`, `linking`). */
export const subjectOf = (kind: Kind): 'device' | 'account' =>
  kind === 'account' || kind === 'linking' ? 'account' : 'device';

/** The number with which every new unit starts, to show how a number gets its name. */
export const paramOf = (kind: Kind): string =>
  subjectOf(kind) === 'device' ? 'most_cards' : 'least_accounts';
