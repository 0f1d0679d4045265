/** Commands that stand in running text, checked against the program's own definition. */
import type { Command } from '@commander-js/extra-typings';

/** `ghostcard …` in code spans, a leading `npx` taken off. */
export function commandsIn(text: string): string[] {
  const prose = text.replace(/^```.*?^```/gms, '');
  return [...prose.matchAll(/`(?:npx )?(ghostcard [^`]+)`/g)].map((match) => match[1]!.replace(/\s+/g, ' '));
}

/** Arguments of a command line as printed: `…` stands for more of the same, quotes hold a word together. */
function wordsOf(command: string): string[] {
  return (command.match(/"[^"]*"|\S+/g) ?? [])
    .map((word) => word.replace(/…$/, ''))
    .filter((word) => word !== '');
}

/**
 * What is wrong with a command; null when nothing is. A bare verb only names it. Any more is a command to
 * type, which has every argument and option that the verb asks for.
 */
export function faultOf(command: string, program: Command): string | null {
  const [, name, ...rest] = wordsOf(command);
  if (name === undefined || name === 'VERB' || name.startsWith('-')) return null;
  const verb = program.commands.find((one) => one.name() === name);
  if (!verb) return `no verb ${name}`;
  if (rest.length === 0) return null;
  const given = new Set<string>();
  let positional = 0;
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!;
    if (!word.startsWith('-')) {
      positional++;
      continue;
    }
    if (word === '--help') return null;
    const option = verb.options.find(({ long, short }) => long === word || short === word);
    if (!option) return `no option ${word}`;
    given.add(option.attributeName());
    if (option.required || option.optional) {
      if (rest[i + 1] === undefined) return `${word} lacks its value`;
      i++;
    }
  }
  const lacking = verb.options.find((one) => one.mandatory && !given.has(one.attributeName()));
  if (lacking) return `lacks ${lacking.long ?? lacking.short}`;
  const wanted = verb.registeredArguments.filter(({ required }) => required).length;
  return positional < wanted ? `${positional} of ${wanted} arguments` : null;
}
