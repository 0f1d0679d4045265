/** `ghostcard world grammar`: a world that is drawn, not chosen. */
import { GhostcardError } from '../../../contracts/errors.ts';
import { CARD_TRAITS } from '../../../fixtures/worlds/grammar/cards/catalogue.ts';
import { MOVES } from '../../../fixtures/worlds/grammar/framing/catalogue.ts';
import { KIND_IDS } from '../../../fixtures/worlds/grammar/honest/catalogue.ts';
import { LIES } from '../../../fixtures/worlds/grammar/lies/catalogue.ts';
import { TRAIT_IDS } from '../../../fixtures/worlds/grammar/trait.ts';
import { type GrammarWorldOptions, writeGrammarWorld } from '../../../fixtures/worlds/grammar/write.ts';
import { print } from '../terminal.ts';

/** Everything that can be kept away from the dishonest, as the truth names it. */
const WITHHELD = [
  ...TRAIT_IDS,
  ...Object.keys(CARD_TRAITS),
  ...Object.keys(MOVES).map((move) => `framing.${move}`),
  ...Object.keys(LIES).map((lie) => `lie.${lie}`),
];

/** Accounts of a world at `--scale 1`. */
const ACCOUNTS = 2000;

/** What the command line says of a world by the grammar; lists are as typed, joined by commas. */
export interface GrammarRequest {
  out: string;
  labels?: string | undefined;
  seed: number;
  scale: number;
  days?: number | undefined;
  interval?: number | undefined;
  only?: string | undefined;
  holdOut?: string | undefined;
  sybilShare?: number | undefined;
  fakeShare?: number | undefined;
  majority?: number | undefined;
  json?: true | undefined;
}

/** The names of a list; unknown ones are an E_USAGE that names the known. */
function named(option: string, text: string | undefined, known: readonly string[]): string[] | undefined {
  const names = text?.split(',');
  const unknown = names?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new GhostcardError('E_USAGE', {
      subject: option,
      expected: known.join(', '),
      got: unknown.join(', '),
      todo: 'Name some of these; docs/grammar.md says what each is.',
    });
  return names;
}

function optionsOf(request: GrammarRequest): GrammarWorldOptions {
  const { out, labels, seed, scale, days, interval, sybilShare, fakeShare, majority } = request;
  const kinds = named('--only', request.only, KIND_IDS);
  const holdOut = named('--hold-out', request.holdOut, WITHHELD);
  return {
    seed,
    out,
    accounts: Math.max(1, Math.round(ACCOUNTS * scale)),
    ...(labels === undefined ? {} : { labels }),
    ...(days === undefined ? {} : { days }),
    ...(interval === undefined ? {} : { intervalS: interval }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(holdOut === undefined ? {} : { holdOut }),
    ...(sybilShare === undefined ? {} : { sybilShare }),
    ...(fakeShare === undefined ? {} : { fakeShare }),
    ...(majority === undefined ? {} : { majority }),
  };
}

/** Writes the world and says what is in it. E_USAGE for unknown kinds and traits. */
export async function writeDrawnWorld(request: GrammarRequest): Promise<void> {
  const summary = await writeGrammarWorld(optionsOf(request));
  const { seed, accounts, devices, operators, files } = summary;
  if (request.json) process.stdout.write(`${JSON.stringify({ name: 'grammar', ...summary }, null, 2)}\n`);
  else
    print(
      `World grammar, seed ${seed}: ${accounts} accounts, ${devices} devices, ${operators} operators, ${files.length} files in ${request.out}\n`,
    );
}
