/** Draws one world of the grammar; its options stand as JSON in the first argument. `draw.ts` starts it. */
import { type GrammarWorldOptions, writeGrammarWorld } from '../../fixtures/worlds/grammar/write.ts';

export type DrawOptions = GrammarWorldOptions;

const options = process.argv[2];
if (options === undefined) throw new Error('expected the options of a world as JSON, got nothing');
await writeGrammarWorld(JSON.parse(options) as DrawOptions);
