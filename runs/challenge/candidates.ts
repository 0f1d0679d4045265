/**
 * Whom to ask: machines about which an answer would say most, each with those that it may share a card with.
 */
import type { Role } from '../../contracts/challenge-plan.ts';

/** A machine as the run left it. */
export interface Machine {
  device_id: string;
  account_id: string;
  gpu_model: string;
  gpu_count: number;
  /**
   * Memory of the smallest card sold under the claimed name, MiB; NULL when the catalogue does not know the
   * name.
   */
  memory_min_mib: number | null;
  vendor: string | null;
  verdict: 'void' | 'review' | 'clear';
  /** Probability of being fake. */
  risk: number;
  /** True when the network itself has measured it. */
  measured: boolean;
}

/** Two machines that a fact of the run ties together. */
export interface Tie {
  a: string;
  b: string;
}

export interface Candidate {
  machine: Machine;
  role: Exclude<Role, 'control'>;
  /** Nats that a certain answer is worth: the entropy of the probability of being fake. */
  worth: number;
}

/** Below this a clear machine is no suspect: five times the shipped prior. */
const SUSPICION = 0.05;

function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
}

function neighbours(ties: readonly Tie[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (from: string, to: string) => {
    const known = found.get(from);
    if (known) known.push(to);
    else found.set(from, [to]);
  };
  for (const { a, b } of ties) {
    if (a === b) continue;
    add(a, b);
    add(b, a);
  }
  return found;
}

/**
 * Groups of machines to be asked, the most worth knowing first; within a group in the order of a walk along
 * its ties, so that a cut separates few of them. `asked` are machines that somebody wants to be heard (an
 * appeal).
 */
export function candidateGroups(
  machines: readonly Machine[],
  ties: readonly Tie[],
  asked: ReadonlySet<string>,
): Candidate[][] {
  const byId = new Map(machines.map((machine) => [machine.device_id, machine]));
  const tied = neighbours(ties);
  const ofOwner = new Map<string, Machine[]>();
  for (const machine of machines) {
    const own = ofOwner.get(machine.account_id);
    if (own) own.push(machine);
    else ofOwner.set(machine.account_id, [machine]);
  }
  const taken = new Map<string, Candidate>();
  const take = (machine: Machine | undefined, role: Candidate['role'], risk: number) => {
    if (!machine || taken.has(machine.device_id)) return;
    taken.set(machine.device_id, { machine, role, worth: entropy(Math.max(machine.risk, risk)) });
  };
  const suspects = machines.filter(
    ({ device_id, verdict, risk }) =>
      asked.has(device_id) || verdict === 'review' || (verdict === 'clear' && risk >= SUSPICION),
  );
  for (const suspect of suspects) take(suspect, 'suspect', asked.has(suspect.device_id) ? 0.5 : 0);
  // A tie to a suspect, or its owner, is half a suspicion.
  for (const { device_id, risk } of suspects)
    for (const id of tied.get(device_id) ?? []) take(byId.get(id), 'related', risk / 2);
  const ownerRisk = new Map<string, number>();
  for (const { account_id, risk } of suspects)
    ownerRisk.set(account_id, Math.max(ownerRisk.get(account_id) ?? 0, risk));
  for (const [account, risk] of ownerRisk)
    for (const machine of ofOwner.get(account) ?? [])
      if (machine.verdict !== 'void') take(machine, 'owner', risk / 2);
  for (const machine of machines)
    if (!machine.measured && machine.verdict !== 'void') take(machine, 'unverified', 0);

  const walked = new Set<string>();
  const groups = walk(taken, ({ machine: { device_id, account_id }, role }) => {
    const near = tied.get(device_id) ?? [];
    // One machine of an owner leads to all of his, once.
    if (role === 'unverified' || walked.has(account_id)) return near;
    walked.add(account_id);
    return [...near, ...ofOwner.get(account_id)!.map((machine) => machine.device_id)];
  });
  const mean = (group: readonly Candidate[]) =>
    group.reduce((sum, { worth }) => sum + worth, 0) / group.length;
  return groups
    .map((group) => ({ group, worth: mean(group) }))
    .sort((x, y) => y.worth - x.worth)
    .map(({ group }) => group);
}

/** Connected groups in breadth-first order, the first machine of each in the order of `taken`. */
function walk(
  taken: ReadonlyMap<string, Candidate>,
  next: (candidate: Candidate) => readonly string[],
): Candidate[][] {
  const seen = new Set<string>();
  const groups: Candidate[][] = [];
  for (const [start, first] of taken) {
    if (seen.has(start)) continue;
    seen.add(start);
    const group = [first];
    for (let i = 0; i < group.length; i++) {
      for (const id of next(group[i]!)) {
        const candidate = taken.get(id);
        if (!candidate || seen.has(id)) continue;
        seen.add(id);
        group.push(candidate);
      }
    }
    groups.push(group);
  }
  return groups;
}
