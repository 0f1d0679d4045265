import { dirname, extname, resolve, sep } from 'node:path';
import { Argument, Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { GhostcardError } from '../../../contracts/errors.ts';
import { familiesOf, WORLDS, type WorldName, writeWorld } from '../../../fixtures/worlds/world.ts';
import { wholeNumber } from '../numbers.ts';
import { print } from '../terminal.ts';
import { type GrammarRequest, writeDrawnWorld } from './world-grammar.ts';

const GRAMMAR = 'grammar';
/** Options that only a world by the grammar has, as they are typed. */
const DRAWN_ONLY = {
  holdOut: '--hold-out',
  sybilShare: '--sybil-share',
  fakeShare: '--fake-share',
  majority: '--majority',
} as const satisfies Partial<Record<keyof GrammarRequest, string>>;

function parseScale(text: string): number {
  const scale = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(scale > 0 && scale <= 1000)) throw new InvalidArgumentError('Expected a number above 0, up to 1000.');
  return scale;
}

function parseShare(text: string): number {
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(share >= 0 && share < 1)) throw new InvalidArgumentError('Expected a number from 0 to below 1.');
  return share;
}

function isWorld(name: string): name is WorldName {
  return Object.hasOwn(WORLDS, name);
}

const DRAWN =
  'Operators, honest people and cards drawn by a grammar, not chosen: about 2,000 accounts and 3,000 devices, ' +
  'a week. --only names kinds of honest people.';

/** Labels beside the dataset's tables would be read as one of them. */
function checkLabels(labels: string, out: string): void {
  const refuse = (expected: string) => {
    throw new GhostcardError('E_USAGE', {
      subject: '--labels',
      expected,
      got: labels,
      todo: 'Name another file for the truth.',
    });
  };
  if (!['.csv', '.ndjson', '.parquet'].includes(extname(labels)))
    refuse('a name ending in .csv, .ndjson or .parquet');
  if (`${dirname(labels)}${sep}`.startsWith(`${out}${sep}`)) refuse('a file outside the dataset folder');
}

function checkFamilies(name: WorldName, only: readonly string[]): void {
  const families = familiesOf(name);
  const unknown = only.filter((family) => !families.includes(family));
  if (unknown.length > 0)
    throw new GhostcardError('E_USAGE', {
      subject: '--only',
      expected: `families of ${name}: ${families.join(', ')}`,
      got: unknown.join(', '),
      todo: 'Name cohorts and attacks that the world has; docs/worlds.md lists them.',
    });
}

/** Refuses options of the grammar for a world that is not drawn by it. */
function checkChosen(name: string, options: Partial<Record<keyof typeof DRAWN_ONLY, unknown>>): void {
  const given = Object.entries(DRAWN_ONLY).flatMap(([key, flag]) =>
    options[key as keyof typeof DRAWN_ONLY] === undefined ? [] : [flag],
  );
  if (given.length > 0)
    throw new GhostcardError('E_USAGE', {
      subject: given.join(', '),
      expected: `the world ${GRAMMAR}`,
      got: name,
      todo: `Leave it out, or name the world ${GRAMMAR}.`,
    });
}

export function worldCommand() {
  const described = Object.entries(WORLDS).map(([name, { description }]) => [name, description] as const);
  const names = [...described, [GRAMMAR, DRAWN] as const].map(([name, of]) => `  ${name.padEnd(16)}${of}`);
  return new Command('world')
    .description(
      'Writes a made-up network in the dataset contract, honest people and attackers, with its truth.',
    )
    .addArgument(new Argument('<NAME>', 'which world'))
    .requiredOption('--out <dir>', 'the dataset folder; an older world there is replaced')
    .option(
      '--labels <file>',
      `where the truth goes, outside the dataset: .csv, .ndjson or .parquet; of ${GRAMMAR}, truth.csv has ` +
        'truth-groups.csv, truth-members.csv, truth-traits.csv and truth-lies.csv beside it, by the name given',
    )
    .option(
      '--seed <n>',
      'other people and machines of the same kind',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option('--scale <s>', 'multiplies honest people and operators', parseScale, 1)
    .option('--only <families>', 'nobody but these cohorts and attacks, names joined by commas')
    .option('--days <n>', "days of heartbeats and pings, if not the world's own", wholeNumber(1, 60))
    .option('--interval <s>', "seconds between heartbeats, if not the world's own", wholeNumber(60, 21_600))
    .option('--hold-out <traits>', `${GRAMMAR}: traits that nobody dishonest has, names joined by commas`)
    .option(
      '--sybil-share <s>',
      `${GRAMMAR}: share of the accounts that stand behind an operator`,
      parseShare,
    )
    .option('--fake-share <s>', `${GRAMMAR}: share of the devices that are fake`, parseShare)
    .option('--majority <s>', `${GRAMMAR}: one claimed model is fake to this share`, parseShare)
    .option('--json', 'what was written as JSON')
    .addHelpText('after', `\nWorlds:\n${names.join('\n')}`)
    .action(async (name, options) => {
      const out = resolve(options.out);
      const labels = options.labels === undefined ? undefined : resolve(options.labels);
      if (name === GRAMMAR) {
        if (labels !== undefined) checkLabels(labels, out);
        await writeDrawnWorld({ ...options, out, labels });
        return;
      }
      if (!isWorld(name)) {
        throw new GhostcardError('E_WORLD', {
          subject: name,
          expected: [...Object.keys(WORLDS), GRAMMAR].join(', '),
          got: 'another name',
          todo: 'See ghostcard world --help for what each holds.',
        });
      }
      checkChosen(name, options);
      if (labels !== undefined) checkLabels(labels, out);
      const { seed, scale, days, interval } = options;
      const only = options.only?.split(',');
      if (only) checkFamilies(name, only);
      const summary = await writeWorld(name, {
        seed,
        scale,
        out,
        ...(labels === undefined ? {} : { labels }),
        ...(only === undefined ? {} : { only }),
        ...(days === undefined ? {} : { days }),
        ...(interval === undefined ? {} : { intervalS: interval }),
      });
      const { accounts, devices, files } = summary;
      const text = `World ${name}, seed ${seed}: ${accounts} accounts, ${devices} devices, ${files.length} files in ${out}\n`;
      if (options.json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
      else print(text);
    });
}
