/**
 * `decisions.ndjson`: what analysts decided after earlier runs, an input of the next one. Appended to, never
 * edited.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { ZodType } from 'zod';
import { GhostcardError } from '../../contracts/errors.ts';
import { type OperatorDecision, OperatorDecisionSchema } from '../../contracts/operator-decision.ts';
import { type Decision, DecisionSchema } from '../../contracts/verdict.ts';

const LINE_LIMIT = 1024 * 1024;
const FILE_LIMIT = 256 * LINE_LIMIT;

export interface Decisions {
  /** Of the bytes that were read; null without a file. */
  sha256: string | null;
  /** About accounts and devices. */
  verdicts: readonly Decision[];
  /** About who belongs together. */
  operators: readonly OperatorDecision[];
}

function invalid(path: string, line: number, expected: string, got: string, cause?: unknown): GhostcardError {
  const detail = { subject: `${path}:${line}`, expected, got, todo: 'Correct or remove the line' };
  return new GhostcardError('E_DECISIONS', detail, { cause });
}

const isOperator = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && Object.hasOwn(json, 'operator');

/** One line. @throws GhostcardError E_DECISIONS. */
export function parseDecision(text: string, path: string, line: number): Decision | OperatorDecision {
  if (text.length > LINE_LIMIT)
    throw invalid(path, line, `at most ${LINE_LIMIT} characters`, String(text.length));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(path, line, 'a JSON object', (cause as Error).message, cause);
  }
  const schema: ZodType<Decision | OperatorDecision> = isOperator(json)
    ? OperatorDecisionSchema
    : DecisionSchema;
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw invalid(path, line, `a decision (field ${issue.path.join('.') || 'line'})`, issue.message);
}

/** The bytes of a decisions file. @throws GhostcardError E_DECISIONS with the line of the first fault. */
export function parseDecisions(bytes: Uint8Array, path: string): Decisions {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid(path, 0, 'UTF-8', (cause as Error).message, cause);
  }
  const verdicts: Decision[] = [];
  const operators: OperatorDecision[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const decision = parseDecision(line, path, i + 1);
    if ('operator' in decision) operators.push(decision);
    else verdicts.push(decision);
  }
  return { sha256: createHash('sha256').update(bytes).digest('hex'), verdicts, operators };
}

/**
 * Reads the file; without a path there are none. @throws GhostcardError E_DECISIONS with the line of the
 * first fault.
 */
export function readDecisions(path: string | undefined): Decisions {
  if (path === undefined) return { sha256: null, verdicts: [], operators: [] };
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > FILE_LIMIT) throw new Error(`a file of ${size} bytes, more than ${FILE_LIMIT}`);
    bytes = readFileSync(path);
  } catch (cause) {
    throw invalid(path, 0, 'a readable file', (cause as Error).message, cause);
  }
  return parseDecisions(bytes, path);
}
