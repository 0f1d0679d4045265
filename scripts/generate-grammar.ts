/** The page of the grammar that worlds are drawn from: traits and kinds of people, from their catalogues. */
import { CARD_TRAITS } from '../fixtures/worlds/grammar/cards/catalogue.ts';
import type { CardTrait } from '../fixtures/worlds/grammar/cards/trait.ts';
import { MOVES } from '../fixtures/worlds/grammar/framing/catalogue.ts';
import { THEMES } from '../fixtures/worlds/grammar/honest/catalogue.ts';
import type { Kind, Share } from '../fixtures/worlds/grammar/honest/kind.ts';
import { EVENTS, LIES } from '../fixtures/worlds/grammar/lies/catalogue.ts';
import type { Lie } from '../fixtures/worlds/grammar/lies/lie.ts';
import { TRAIT_IDS } from '../fixtures/worlds/grammar/trait.ts';
import { TRAITS } from '../fixtures/worlds/grammar/traits/catalogue.ts';
import { code, GENERATED, page, table } from './markdown.ts';

/** `3` or `3 to 8`. */
function range([low, high]: readonly [number, number]): string {
  const short = (value: number) => String(Math.round(value * 1e4) / 1e4);
  return low === high ? short(low) : `${short(low)} to ${short(high)}`;
}

const ALL = [1, 1] as const;

/** A trait with how often, among which part and how blurred a kind shares it. */
function shareText([trait, { chance = 1, among = ALL, blur }]: [string, Share]): string {
  const part = among[0] === 1 ? '' : `, among ${range(among)}`;
  return `${trait}${chance === 1 ? '' : ` (${chance})`}${part}, blur ${range(blur)}`;
}

function traitsTable(): string {
  const rows = TRAIT_IDS.map((id) => {
    const { what, blurred, cost, usual } = TRAITS[id];
    return [code(id), what, blurred, range(cost), String(usual)];
  });
  return table(['trait', 'what is shared', 'blurred', 'USD a member and week', 'usual'], rows, 'lllrr');
}

function cardsTable(): string {
  const rows = Object.entries<CardTrait>(CARD_TRAITS).map(([id, { what, blurred, cost, usual }]) => [
    code(id),
    what,
    blurred,
    range(cost),
    String(usual),
  ]);
  return table(['trait', 'what', 'blurred', 'USD a machine and week', 'usual'], rows, 'lllrr');
}

function movesTable(): string {
  const rows = Object.entries(MOVES).map(([id, { what, blurred, forges, cost }]) => [
    code(`framing.${id}`),
    what,
    blurred,
    forges,
    range(cost),
  ]);
  return table(['move', 'what', 'blurred', 'facts that it writes', 'USD a framer and week'], rows, 'llllr');
}

function liesTable(lies: Readonly<Record<string, Lie>>): string {
  const rows = Object.entries(lies).map(([id, { what, of, size, lasts }]) => [
    code(id),
    what,
    `${range(size)}, of ${of}`,
    range(lasts),
  ]);
  return table(['name', 'what', 'size', 'part of the window'], rows, 'lllr');
}

function kindsTable(kinds: Readonly<Record<string, Kind>>): string {
  const rows = Object.entries(kinds).map(([id, { who, size, perThousand, shares = {}, common = '' }]) => [
    code(id),
    who,
    range(size),
    String(perThousand),
    (Object.entries(shares) as [string, Share][]).map(shareText).join('; '),
    common,
  ]);
  return table(['kind', 'who, and why', 'together', 'of 1,000', 'traits', 'also in common'], rows, 'llrrll');
}

function grammarPage(): string {
  return page(
    GENERATED,
    '# The grammar of worlds',
    '`ghostcard world grammar --seed 7 --out DIR --labels truth.csv` draws a network that nobody chose: how it is made stands in ' +
      '[fixtures/README.md](../fixtures/README.md#worlds-by-the-grammar). Here is what it draws from.',
    '## Traits of accounts',
    'What members of a group can share. An operator draws traits at random, an honest kind has reasons for its own. `blur` goes from 0, ' +
      'the thing as it is, to 1, hidden as well as money can. The cost is that of blur 0, then of blur 1. `usual` is the chance that an ' +
      'operator shares it, before its concealment is counted.',
    traitsTable(),
    '## Kinds of honest people',
    'Everybody is somebody unrelated, whose life is moved by what the kind shares and by what befalls its people. `together` is the size ' +
      'of a group, `of 1,000` the share of honest accounts. Behind a trait stand the chance that a group shares it (none: always), the part ' +
      'of the members (none: all) and the blur.',
    ...Object.entries(THEMES).flatMap(([theme, kinds]) => [`### ${theme}`, kindsTable(kinds)]),
    '## Traits of fake cards',
    'A fake answers five questions: who executes, what is reported, what queues, what the path adds, what is simulated. Exactly one trait ' +
      'says who executes; `usual` is its weight among those, and of the others the chance that they are added. Makers are some operators, ' +
      'lone forgers, services, and merchants whose customers are honest.',
    cardsTable(),
    '## Moves of framers',
    'A framer is an operator who also makes strangers look like his own. His victims are good.',
    movesTable(),
    '## Lies of the network',
    'Half of the networks tell none, the others one to three. `--hold-out` names them with `lie.` in front.',
    liesTable(LIES),
    '### Honest events that look alike',
    liesTable(EVENTS),
  );
}

/** Path → content of the page. */
export function grammarFiles(): Map<string, string> {
  return new Map([['docs/grammar.md', grammarPage()]]);
}
