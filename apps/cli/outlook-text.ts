/** What a dataset lets be looked at, in words. */
import type { Outlook } from '../../pipelines/detect/outlook.ts';
import { wrapped } from '../../reports/terminal/text.ts';

const WIDTH = 100;

/** `absent: table a, b.c` as its parts. */
const absent = (why: string) => why.replace(/^absent: /, '').split(', ');

function paragraph(name: string, ids: readonly string[]): string {
  const lines = ids.length === 0 ? [] : wrapped(ids.join(', '), WIDTH - 4);
  return `  ${name}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/**
 * Detectors that can run, and the others by the first input that they lack: not looked at is not clean. Ids of the others
 * are named where `names` says so.
 */
export function outlookText({ run, notRun }: Outlook, names: boolean): string {
  const groups = new Map<string, string[]>();
  for (const { id, why } of notRun) {
    const [first = ''] = absent(why);
    groups.set(first, [...(groups.get(first) ?? []), id]);
  }
  const lacking = [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const total = run.length + notRun.length;
  return [
    `\nCan run: ${run.length} of ${total} detectors\n`,
    run.length > 0
      ? `${wrapped(run.join(', '), WIDTH - 2)
          .map((line) => `  ${line}\n`)
          .join('')}`
      : '',
    notRun.length > 0 ? '\nNot looked at, which is not the same as clean\n' : '',
    ...lacking.map(([input, ids]) => paragraph(`without ${input}: ${ids.length}`, names ? ids : [])),
  ].join('');
}
