/** Judges every device that has evidence. */
import type { Policy } from '../../contracts/policy.ts';
import type { HeldBy, MachineRow, Term } from '../../contracts/verdict.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { cardOf, type Machine, WHOLE } from './cards.ts';
import type { DecisionBook } from './decisions.ts';
import { subjects } from './findings.ts';
import { risk } from './fusion.ts';
import { judgeMachine, termsAbout } from './machine.ts';
import { reasonsOf } from './terms.ts';
import { writeTerms } from './write.ts';

export interface JudgedDevice {
  id: string;
  verdict: string;
  risk: number;
  reasons: string[];
  heldBy: HeldBy[];
}

/** A row of `verdict.judged_gpu`: NULL as index stands for the cards that no evidence names. */
type JudgedGpu = [device: string, card: number | null, verdict: string, risk: number, reasons: string];

async function machines(warehouse: Warehouse): Promise<Map<string, Machine>> {
  const rows = await warehouse.rows<MachineRow>('SELECT * FROM verdict.machine ORDER BY device_id');
  return new Map(rows.map(({ device_id, ...machine }) => [device_id, machine]));
}

/** Writes terms and cards; returns what stands in `verdict.device` for devices with evidence. */
export async function judgeDevices(
  policy: Policy,
  decisions: DecisionBook,
  warehouse: Warehouse,
  progress: (done: number) => void,
): Promise<JudgedDevice[]> {
  const judged: JudgedDevice[] = [];
  const known = await machines(warehouse);
  for await (const { batch, done } of subjects(warehouse, 'device', policy)) {
    const written: Term[] = [];
    const gpus: JudgedGpu[] = [];
    for (const { id, terms: read } of batch) {
      const machine = known.get(id) ?? WHOLE;
      const found = read.map((term) => ({ ...term, card: cardOf(term.card, machine) }));
      const { cards, terms, verdict, heldBy, ...rest } = judgeMachine(found, machine, policy);
      decisions.knows('device', id);
      const decided = decisions.apply('device', id, verdict, terms);
      written.push(...terms);
      if (cards.length > 1) {
        for (const card of cards) {
          const verdictOfCard = decided.byDecision ? decided.verdict : card.verdict;
          const reasons = reasonsOf(termsAbout(found, card)).join('|');
          gpus.push([id, card.card, verdictOfCard, risk(card.logOdds), reasons]);
        }
      }
      judged.push({
        id,
        verdict: decided.verdict,
        ...rest,
        heldBy: decided.byDecision ? [...heldBy, 'decision'] : heldBy,
      });
    }
    await writeTerms(warehouse, written);
    await appendRows(warehouse, 'verdict', 'judged_gpu', ['text', 'int', 'text', 'float', 'text'], gpus);
    progress(done);
  }
  return judged;
}
