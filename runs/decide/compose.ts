/** From what an analyst asks for to the lines of the decisions file. */
import { GhostcardError } from '../../contracts/errors.ts';
import {
  OPERATOR_DECISIONS,
  type OperatorDecision,
  type OperatorDecisionKind,
} from '../../contracts/operator-decision.ts';
import type { Decision } from '../../contracts/verdict.ts';
import { parseDecision } from '../../pipelines/judge/decisions-file.ts';
import type { Run } from '../../pipelines/publish/read-run.ts';
import { decideSql, type Known, lookUp } from './known.ts';

export const VERDICT_DECISIONS = ['exclude', 'void', 'review', 'clear'] as const;
export const DECISION_KINDS = [...VERDICT_DECISIONS, ...OPERATOR_DECISIONS] as const;

export type DecisionKind = (typeof DECISION_KINDS)[number];

export interface DecideRequest {
  kind: DecisionKind;
  /** Accounts or devices; with a run also clusters, for their members. */
  ids: readonly string[];
  /** Whom a split parts them from. */
  from?: readonly string[] | undefined;
  /** Id that a pin keeps; where absent, that of the one cluster that `ids` names. */
  cluster?: string | undefined;
  as?: 'account' | 'device' | undefined;
  by: string;
  why: string;
  /** RFC 3339. */
  at: string;
  until: string | null;
}

export interface Composed {
  lines: (Decision | OperatorDecision)[];
  known: Known | null;
}

const isOperatorKind = (kind: DecisionKind): kind is OperatorDecisionKind =>
  (OPERATOR_DECISIONS as readonly string[]).includes(kind);

function usage(subject: string, expected: string, got: string, todo: string): GhostcardError {
  return new GhostcardError('E_USAGE', { subject, expected, got, todo });
}

/**
 * Clusters become their members; each account once, in the order given. @throws GhostcardError E_SUBJECT for
 * a device.
 */
function accountsOf(ids: readonly string[], known: Known | null): string[] {
  const other = ids.find((id) => known && !known.accounts.has(id) && !known.clusters.has(id));
  if (other !== undefined)
    throw new GhostcardError('E_SUBJECT', {
      subject: other,
      expected: 'the id of an account or a cluster',
      got: 'the id of a device',
      todo: 'Name its owner: operators are sets of accounts.',
    });
  return [
    ...new Set(
      ids.flatMap((id) => (known && !known.accounts.has(id) ? (known.clusters.get(id) ?? [id]) : [id])),
    ),
  ];
}

function pinnedId({ ids, cluster }: DecideRequest, known: Known | null): string {
  const named = ids.filter((id) => known?.clusters.has(id));
  const id = cluster ?? (named.length === 1 ? named[0] : undefined);
  if (id !== undefined) return id;
  throw usage(
    'pin',
    'the id that the cluster keeps',
    `${named.length} clusters`,
    'Name it with --cluster, or give --run and the id of one cluster.',
  );
}

function operatorLine(kind: OperatorDecisionKind, request: DecideRequest, known: Known | null): unknown {
  const { from, by, at, until, why } = request;
  if ((kind === 'split') !== (from !== undefined && from.length > 0)) {
    const todo = 'A split needs --from, whom the accounts do not belong with; nothing else takes it.';
    throw usage(
      '--from',
      kind === 'split' ? 'accounts' : 'no option for this decision',
      kind === 'split' ? 'none' : 'accounts',
      todo,
    );
  }
  const others = kind === 'split' ? accountsOf(from!, known) : [];
  const left = new Set(request.ids);
  return {
    operator: kind,
    ...(kind === 'pin' ? { cluster: pinnedId(request, known) } : {}),
    accounts: accountsOf(request.ids, known),
    // A cluster named in --from means its other members.
    ...(kind === 'split' ? { from: others.filter((id) => from!.includes(id) || !left.has(id)) } : {}),
    by,
    at,
    until,
    why,
  };
}

function subjectKind({ kind, as }: DecideRequest, id: string, known: Known | null): 'account' | 'device' {
  if (kind === 'exclude') return 'account';
  if (kind === 'void') return 'device';
  if (as || !known) return as ?? 'account';
  if (known.accounts.has(id) && known.devices.has(id))
    throw usage(id, 'the id of one subject', 'an account and a device of that id', 'Say which with --as.');
  return known.devices.has(id) ? 'device' : 'account';
}

async function verdictLines(
  request: DecideRequest,
  known: Known | null,
  run: Run | null,
): Promise<unknown[]> {
  const { by, at, until, why, kind } = request;
  const subjects = request.ids.map((id) => ({ id, type: subjectKind(request, id, known) }));
  const facts = new Map<string, string[]>();
  for (const type of ['account', 'device'] as const) {
    const ids = subjects.filter((one) => one.type === type).map(({ id }) => id);
    const all = type === 'account' ? known?.accounts : known?.devices;
    const other = ids.find((id) => all && !all.has(id));
    if (other !== undefined)
      throw new GhostcardError('E_SUBJECT', {
        subject: other,
        expected: `the id of a ${type}`,
        got: 'an id of another kind',
        todo:
          kind === 'exclude' || kind === 'void'
            ? 'Accounts are excluded, devices are void.'
            : 'Say with --as what it is.',
      });
    if (!run || ids.length === 0) continue;
    const rows = await run.rows<{ subject_id: string; facts: string[] }>(decideSql('facts'), {
      kind: type,
      ids: JSON.stringify(ids),
    });
    for (const row of rows) facts.set(`${type} ${row.subject_id}`, row.facts);
  }
  return subjects.map(({ id, type }) => ({
    subject_type: type,
    subject: id,
    verdict: kind,
    by,
    at,
    until,
    why,
    evidence: facts.get(`${type} ${id}`) ?? [],
  }));
}

/**
 * The lines of a request, held to the schema of the file. With a run every id must be one of its own, and a
 * verdict notes the facts that the run counts as those that the analyst saw.
 *
 * @throws GhostcardError E_SUBJECT for an id that the run does not know, E_USAGE, E_DECISIONS.
 */
export async function compose(request: DecideRequest, run: Run | null): Promise<Composed> {
  const { kind, ids, from = [] } = request;
  const known = run ? await lookUp(run, [...new Set([...ids, ...from])]) : null;
  const lines = isOperatorKind(kind)
    ? [operatorLine(kind, request, known)]
    : await verdictLines(request, known, run);
  return { lines: lines.map((line, i) => parseDecision(JSON.stringify(line), 'the new line', i + 1)), known };
}
