/** Analysts' decisions about accounts and devices, as a run meets them. */
import type { Decision, DecisionRow, Term } from '../../contracts/verdict.ts';

const subjectKey = (type: string, id: string): string => `${type} ${id}`;

/** A subject after its decision was looked at. */
export interface Decided {
  verdict: string;
  /** True when the analyst's word, and not the rule, makes the verdict. */
  byDecision: boolean;
}

/**
 * The newest decision of a subject is in force, until it expires by the snapshot. It may be younger than the
 * snapshot: what was audited yesterday is decided today, and audited again.
 */
export class DecisionBook {
  readonly #current = new Map<string, { decision: Decision; row: DecisionRow; seen: boolean }>();
  readonly #rows: DecisionRow[] = [];

  constructor(decisions: readonly Decision[], snapshot: number) {
    const rows = decisions.map((decision, line) => ({ decision, line, row: rowOf(decision) }));
    rows.sort((a, b) => a.row.at - b.row.at || a.line - b.line);
    for (const { decision, row } of rows) {
      this.#rows.push(row);
      const key = subjectKey(row.subject_type, row.subject_id);
      const older = this.#current.get(key);
      if (older) older.row.state = 'superseded';
      if (row.until !== null && row.until <= snapshot) row.state = 'expired';
      this.#current.set(key, { decision, row, seen: false });
    }
  }

  /** Marks a subject as existing, with or without evidence. */
  knows(type: 'account' | 'device', id: string): boolean {
    const entry = this.#current.get(subjectKey(type, id));
    if (entry) entry.seen = true;
    return entry !== undefined;
  }

  /**
   * The verdict after the decision. One that spares the subject holds as long as no counted fact is new to
   * the analyst which the subject's own side or the network created; then the case reopens as a review and
   * never goes further.
   */
  apply(type: 'account' | 'device', id: string, verdict: string, terms: readonly Term[]): Decided {
    const entry = this.#current.get(subjectKey(type, id));
    if (entry?.row.state !== 'in-force') return { verdict, byDecision: false };
    const { decision, row } = entry;
    if (decision.verdict === 'exclude' || decision.verdict === 'void')
      return { verdict: decision.verdict, byDecision: true };
    const known = new Set(decision.evidence);
    const fresh = terms.filter(
      (term) => term.counted && term.forgeable_by !== 'anyone' && !known.has(term.fact),
    );
    if (fresh.length === 0 || verdict === 'clear') return { verdict: decision.verdict, byDecision: true };
    row.state = 'reopened';
    row.new_facts = fresh.map(({ fact }) => fact).sort();
    return { verdict: 'review', byDecision: true };
  }

  /** Rows of `verdict.decision`, in file order of time. */
  rows(): DecisionRow[] {
    for (const { row, seen } of this.#current.values()) {
      if (!seen && row.state === 'in-force') row.state = 'unknown-subject';
    }
    return this.#rows;
  }

  /** Subjects of a type that a decision in force speaks about. */
  subjects(type: 'account' | 'device'): string[] {
    return [...this.#current.values()]
      .filter(({ row }) => row.subject_type === type && row.state === 'in-force')
      .map(({ row }) => row.subject_id);
  }
}

function rowOf(decision: Decision): DecisionRow {
  return {
    subject_type: decision.subject_type,
    subject_id: decision.subject,
    verdict: decision.verdict,
    by: decision.by,
    at: Date.parse(decision.at),
    until: decision.until === null ? null : Date.parse(decision.until),
    why: decision.why,
    state: 'in-force',
    new_facts: [],
  };
}
