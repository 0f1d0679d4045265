/** Analysts' decisions: an append-only file of earlier runs' conclusions, read as an input of this one. */
import { readFileSync } from 'node:fs';
import { GhostcardError } from '../../contracts/errors.ts';
import { type Decision, type DecisionRow, DecisionSchema, type Term } from '../../contracts/verdict.ts';

const LINE_LIMIT = 64 * 1024;

function invalid(path: string, line: number, expected: string, got: string, cause?: unknown): GhostcardError {
  const detail = { subject: `${path}:${line}`, expected, got, todo: 'Correct or remove the line' };
  return new GhostcardError('E_DECISIONS', detail, { cause });
}

/** Reads `decisions.ndjson`. @throws GhostcardError E_DECISIONS with the line of the first fault. */
export function readDecisions(path: string): Decision[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    throw invalid(path, 0, 'a readable UTF-8 file', String(cause), cause);
  }
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    if (line.length > LINE_LIMIT)
      throw invalid(path, i + 1, `at most ${LINE_LIMIT} characters`, String(line.length));
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch (cause) {
      throw invalid(path, i + 1, 'a JSON object', (cause as Error).message, cause);
    }
    const parsed = DecisionSchema.safeParse(json);
    if (parsed.success) return [parsed.data];
    const issue = parsed.error.issues[0]!;
    throw invalid(path, i + 1, `a decision (field ${issue.path.join('.') || 'line'})`, issue.message);
  });
}

const subjectKey = (type: string, id: string): string => `${type} ${id}`;

/** A subject after its decision was looked at. */
export interface Decided {
  verdict: string;
  /** True when the analyst's word, and not the rule, makes the verdict. */
  byDecision: boolean;
}

/** Decisions as the run meets them. The newest one of a subject is in force; times are compared with the snapshot. */
export class DecisionBook {
  readonly #current = new Map<string, { decision: Decision; row: DecisionRow; seen: boolean }>();
  readonly #rows: DecisionRow[] = [];

  constructor(decisions: readonly Decision[], snapshot: number) {
    const rows = decisions.map((decision, line) => ({ decision, line, row: rowOf(decision) }));
    rows.sort((a, b) => a.row.at - b.row.at || a.line - b.line);
    for (const { decision, row } of rows) {
      this.#rows.push(row);
      if (row.at > snapshot) continue;
      const key = subjectKey(row.subject_type, row.subject_id);
      const older = this.#current.get(key);
      if (older) older.row.state = 'superseded';
      if (row.until !== null && row.until <= snapshot) row.state = 'expired';
      this.#current.set(key, { decision, row, seen: false });
    }
    for (const row of this.#rows) if (row.at > snapshot) row.state = 'expired';
  }

  /** Marks a subject as existing, with or without evidence. */
  knows(type: 'account' | 'device', id: string): boolean {
    const entry = this.#current.get(subjectKey(type, id));
    if (entry) entry.seen = true;
    return entry !== undefined;
  }

  /**
   * The verdict after the decision. One that spares the subject holds as long as no counted fact is new to the analyst
   * which the subject's own side or the network created; then the case reopens as a review and never goes further.
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
