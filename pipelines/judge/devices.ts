/** Judges every device that has evidence. */
import type { Policy } from '../../contracts/policy.ts';
import type { HeldBy, Term } from '../../contracts/verdict.ts';
import { appendRows } from '../warehouse/append.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { judgeCards, type Machine, verdictOfCards, worstCard } from './cards.ts';
import type { DecisionBook } from './decisions.ts';
import { reasonsOf, type Subject, subjects, termsOf } from './findings.ts';
import { risk } from './fusion.ts';
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

/** Every finding as a term: those about other cards than the worst one add nothing. */
function termsOfCards(subject: Subject, cards: ReturnType<typeof judgeCards>): Term[] {
  const worst = worstCard(cards);
  const summed = termsOf({ ...subject, evidence: worst.evidence }, worst.fused, 'device');
  const others = subject.evidence.filter((one) => !worst.evidence.includes(one));
  const none = { weights: others.map(() => 0), whyNot: others.map(() => null), logOdds: 0 };
  const left = termsOf({ ...subject, evidence: others }, none, 'device');
  return [...summed, ...left.map((term) => ({ ...term, weight_raw: 0, why_not: 'other-card' as const }))];
}

function machineOf({ evidence }: Subject): Machine {
  const measured = evidence.find(({ row }) => row.judgeable !== null)?.row.judgeable;
  const row = evidence[0]?.row;
  return { places: row?.places ?? [], judgeable: measured ?? [], listed: row?.listed ?? null };
}

/** Writes terms and cards; returns what stands in `verdict.device` for devices with evidence. */
export async function judgeDevices(
  policy: Policy,
  decisions: DecisionBook,
  warehouse: Warehouse,
  progress: (done: number) => void,
): Promise<JudgedDevice[]> {
  const judged: JudgedDevice[] = [];
  for await (const { batch, done } of subjects(warehouse, 'device', policy)) {
    const written: Term[] = [];
    const gpus: JudgedGpu[] = [];
    for (const subject of batch) {
      const machine = machineOf(subject);
      const cards = judgeCards(subject, machine, policy);
      const terms = termsOfCards(subject, cards);
      const { logOdds } = worstCard(cards);
      const { verdict, heldBy } = verdictOfCards(cards, machine);
      decisions.knows('device', subject.id);
      const decided = decisions.apply('device', subject.id, verdict, terms);
      written.push(...terms);
      if (cards.length > 1) {
        for (const card of cards) {
          const own = termsOf({ ...subject, evidence: card.evidence }, card.fused, 'device');
          const verdictOfCard = decided.byDecision ? decided.verdict : card.verdict;
          gpus.push([subject.id, card.card, verdictOfCard, risk(card.logOdds), reasonsOf(own).join('|')]);
        }
      }
      judged.push({
        id: subject.id,
        verdict: decided.verdict,
        risk: risk(logOdds),
        reasons: reasonsOf(terms),
        heldBy: decided.byDecision ? [...heldBy, 'decision'] : heldBy,
      });
    }
    await writeTerms(warehouse, written);
    await appendRows(warehouse, 'verdict', 'judged_gpu', ['text', 'int', 'text', 'float', 'text'], gpus);
    progress(done);
  }
  return judged;
}
