/** Which lies of the network were named, and which honest events were taken for lies. Pure. */
import { byText } from '../worlds/pool.ts';
import { NAMED_BY } from './lie-reasons.ts';

/** Something that held from `from` to before `to`, in milliseconds, about a figure or a column. */
interface Spell {
  metric: string;
  from: number;
  to: number;
}

/** A lie, or an honest event, by its name in the truth. */
export interface Told extends Spell {
  lie: string;
}

/** A row of `network.csv`. */
export interface Finding extends Spell {
  reason: string;
}

/** One world: what its truth says, and what the audit said of the network. */
export interface Testimony {
  told: readonly Told[];
  findings: readonly Finding[];
}

export interface LieFigures {
  /** By lie: in how many worlds it was told, and named. */
  lies: { lie: string; told: number; named: number }[];
  /** By honest event: in how many worlds it befell, and was taken for a lie. */
  events: { event: string; befell: number; mistaken: number }[];
  findings: number;
  /** Findings that no lie of their world accounts for, an event or not. */
  unfounded: number;
}

const meet = (a: Spell, b: Spell): boolean => a.from < b.to && b.from < a.to;

const isEvent = ({ lie }: Told): boolean => lie.startsWith('honest-');

/** Whether a finding names a lie: by one of its reasons, at its time and, where it must be, of its figure. */
function accountsFor(told: Told, finding: Finding): boolean {
  const by = NAMED_BY[told.lie];
  return (
    by?.reasons.includes(finding.reason) === true &&
    (by.metric === 'any' || told.metric === finding.metric) &&
    meet(told, finding)
  );
}

/** Counts over worlds. An event is mistaken where a finding at its time is accounted for by no lie. */
export function lieFigures(worlds: readonly Testimony[]): LieFigures {
  const lies = new Map<string, { lie: string; told: number; named: number }>();
  const events = new Map<string, { event: string; befell: number; mistaken: number }>();
  let unfounded = 0;
  for (const { told, findings } of worlds) {
    const lying = told.filter((one) => !isEvent(one));
    const open = findings.filter((finding) => !lying.some((one) => accountsFor(one, finding)));
    unfounded += open.length;
    for (const one of lying) {
      const row = lies.get(one.lie) ?? { lie: one.lie, told: 0, named: 0 };
      row.told++;
      if (findings.some((finding) => accountsFor(one, finding))) row.named++;
      lies.set(one.lie, row);
    }
    for (const one of told.filter(isEvent)) {
      const row = events.get(one.lie) ?? { event: one.lie, befell: 0, mistaken: 0 };
      row.befell++;
      if (open.some((finding) => meet(one, finding))) row.mistaken++;
      events.set(one.lie, row);
    }
  }
  return {
    lies: [...lies.values()].sort((a, b) => byText(a.lie, b.lie)),
    events: [...events.values()].sort((a, b) => byText(a.event, b.event)),
    findings: worlds.reduce((sum, { findings }) => sum + findings.length, 0),
    unfounded,
  };
}
