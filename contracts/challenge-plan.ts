/** A plan of challenges: which machines are asked for a run, and when. */
import type { Row } from './dataset.ts';

export interface Plan {
  planId: string;
  rows: Row<'challenges'>[];
  /** Cards asked, by role. */
  cards: Record<Role, number>;
  /**
   * Candidates whose claimed model the catalogue does not know: nobody can say what memory they should have.
   */
  unknownModel: number;
  /** Candidates for whom the budget did not suffice. */
  leftOut: number;
}

export type Role = 'suspect' | 'related' | 'owner' | 'unverified' | 'control';
