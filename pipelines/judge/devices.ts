/** Judges every device that has evidence. */
import type { Policy } from '../../contracts/policy.ts';
import type { HeldBy, Term } from '../../contracts/verdict.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { DecisionBook } from './decisions.ts';
import { judgeDevice } from './device-rule.ts';
import { fuseSubject, reasonsOf, subjects, termsOf } from './findings.ts';
import { risk } from './fusion.ts';
import { writeTerms } from './write.ts';

export interface JudgedDevice {
  id: string;
  verdict: string;
  risk: number;
  reasons: string[];
  heldBy: HeldBy[];
}

/** Writes terms; returns what stands in `verdict.device` for devices with evidence. */
export async function judgeDevices(
  policy: Policy,
  decisions: DecisionBook,
  warehouse: Warehouse,
  progress: (done: number) => void,
): Promise<JudgedDevice[]> {
  const judged: JudgedDevice[] = [];
  for await (const { batch, done } of subjects(warehouse, 'device', policy)) {
    const written: Term[] = [];
    for (const subject of batch) {
      const fused = fuseSubject(subject, 'device', policy);
      const terms = termsOf(subject, fused, 'device');
      const { logOdds, verdict, heldBy } = judgeDevice(subject.evidence, fused, policy);
      decisions.knows('device', subject.id);
      const decided = decisions.apply('device', subject.id, verdict, terms);
      written.push(...terms);
      judged.push({
        id: subject.id,
        verdict: decided.verdict,
        risk: risk(logOdds),
        reasons: reasonsOf(terms),
        heldBy: decided.byDecision ? [...heldBy, 'decision'] : heldBy,
      });
    }
    await writeTerms(warehouse, written);
    progress(done);
  }
  return judged;
}
