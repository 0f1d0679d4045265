/** Draws one world of the grammar; the options stand as JSON in the first argument. Benches start it. */
import { type GrammarWorldOptions, writeGrammarWorld } from '../../fixtures/worlds/grammar/write.ts';

export type DrawOptions = GrammarWorldOptions;

const [, program, text] = process.argv;
if (program && import.meta.url.endsWith('/draw-grammar.ts') && text)
  await writeGrammarWorld(JSON.parse(text) as DrawOptions);
