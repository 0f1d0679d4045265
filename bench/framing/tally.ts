/** Counts of scenarios and of what they changed, by move, and their table. */
import type { LaunderingOutcome } from './trial.ts';

interface Count {
  scenarios: number;
  /** Scenarios of this move alone. */
  alone: number;
  framed: number;
  held: number;
}

interface Moving {
  moves: readonly string[];
}

interface Changed {
  scenario?: Moving | undefined;
}

const KINDS = {
  plain: 'Accounts',
  forewarned: 'Accounts, attackers in the victim’s network before him',
  machines: 'Machines',
} as const;
type Kind = keyof typeof KINDS;

const fresh = (): Count => ({ scenarios: 0, alone: 0, framed: 0, held: 0 });
const bump = (count: Count, change: Partial<Count>): void => {
  for (const [name, by] of Object.entries(change)) count[name as keyof Count] += by;
};

export class Tally {
  readonly totals: Record<Kind, Count> = { plain: fresh(), forewarned: fresh(), machines: fresh() };
  readonly moves: Record<Kind, Record<string, Count>> = { plain: {}, forewarned: {}, machines: {} };
  /** Honest accounts that nobody aimed at and that were held. */
  bystanders = 0;
  heldOutsideF2F12 = 0;
  rings = { scenarios: 0, excluded: 0, review: 0, freed: 0, freedByFraming: 0 };
  readonly #titles: Readonly<Record<string, string>>;

  constructor(titles: Readonly<Record<string, string>>) {
    this.#titles = titles;
  }

  total(kind: Kind): number {
    return this.totals[kind].scenarios;
  }

  add(
    kind: Kind,
    scenarios: readonly Moving[],
    {
      framed,
      held,
      laundered = [],
    }: { framed: readonly Changed[]; held: readonly Changed[]; laundered?: readonly unknown[] },
  ): void {
    for (const { moves } of scenarios)
      this.#count(kind, moves, { scenarios: 1, alone: moves.length === 1 ? 1 : 0 });
    for (const { scenario } of framed) this.#count(kind, scenario?.moves ?? [], { framed: 1 });
    for (const { scenario } of held) {
      this.#count(kind, scenario?.moves ?? [], { held: 1 });
      if (kind !== 'plain') continue;
      if (!scenario) this.bystanders++;
      if (!scenario?.moves.includes('F12')) this.heldOutsideF2F12++;
    }
    if (kind === 'plain') this.rings.freedByFraming += laundered.length;
  }

  wash({ scenarios, excluded, review, freed }: LaunderingOutcome): void {
    this.rings.scenarios += scenarios.length;
    this.rings.excluded += excluded;
    this.rings.review += review;
    this.rings.freed += freed.length;
  }

  #count(kind: Kind, moves: readonly string[], change: Partial<Count>): void {
    bump(this.totals[kind], change);
    for (const move of moves) {
      this.moves[kind][move] ??= fresh();
      bump(this.moves[kind][move], change);
    }
  }

  markdown(command: string): string {
    const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
    const row = (name: string, { scenarios, alone, framed, held }: Count): string =>
      `| ${name} | ${[scenarios, alone, framed, held].map(number).join(' | ')} |`;
    const tables = (Object.keys(KINDS) as Kind[]).map((kind) => {
      const names = Object.keys(this.moves[kind]).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
      return [
        `## ${KINDS[kind]}`,
        '',
        '| move | scenarios | of this move alone | turned to exclude or void | turned from clear to review |',
        '| --- | ---: | ---: | ---: | ---: |',
        ...names.map((move) => row(`${move}: ${this.#titles[move]}`, this.moves[kind][move]!)),
        row('**all**', this.totals[kind]),
        '',
      ].join('\n');
    });
    const { rings, totals } = this;
    const share = (100 * this.heldOutsideF2F12) / Math.max(1, totals.plain.scenarios);
    return [
      '# Framing and laundering',
      '',
      `Made by \`${command}\`. A scenario of several moves counts in the row of each.`,
      '',
      ...tables,
      `Held outside F12: ${number(this.heldOutsideF2F12)} of ${number(totals.plain.scenarios)} scenarios with accounts (${share.toFixed(3)} %), of them bystanders: ${number(this.bystanders)}.`,
      '',
      '## Laundering',
      '',
      `${number(rings.scenarios)} rings of which ${number(rings.excluded)} accounts are excluded: ${number(rings.review)} fell to review, ${number(rings.freed)} to clear. Of all accounts excluded without attackers, scenarios of framing freed ${number(rings.freedByFraming)}.`,
      '',
    ].join('\n');
  }
}
