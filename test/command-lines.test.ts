import { expect, it } from 'vitest';
import { program } from '../apps/cli/run.ts';
import { blocksOf } from './command-blocks.ts';
import { commandsIn, faultOf } from './command-lines.ts';

it('finds commands in code spans, and none in fences', () => {
  expect(
    commandsIn('a `npx ghostcard explain R ID` b `ghostcard doctor`\n```sh\n`ghostcard x`\n```\n'),
  ).toEqual(['ghostcard explain R ID', 'ghostcard doctor']);
});

it.each([
  ['ghostcard explain', null],
  ['ghostcard explain RUN ID', null],
  ['ghostcard explain RUN', '1 of 2 arguments'],
  ['ghostcard explane RUN ID', 'no verb explane'],
  ['ghostcard explain RUN ID --svq x', 'no option --svq'],
  ['ghostcard explain RUN ID --svg', '--svg lacks its value'],
  ['ghostcard sample RUN --seed x', 'lacks -n'],
  ['ghostcard decide KIND ID… --why …', '--why lacks its value'],
  ['ghostcard decide KIND ID… --why "a b" --by x', 'lacks --file'],
  ['ghostcard --help', null],
])('%s: %s', (command, fault) => {
  expect(faultOf(command, program(true))).toBe(fault);
});

it('reads fences with their place and language', () => {
  expect(blocksOf('p', 'a\n\n```sh\nx\ny\n```\n```\nz\n```\n')).toEqual([
    { page: 'p', line: 3, language: 'sh', text: 'x\ny\n' },
    { page: 'p', line: 7, language: '', text: 'z\n' },
  ]);
});
