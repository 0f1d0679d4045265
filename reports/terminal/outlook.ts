/** What a dataset lets be looked at, in words. */
import { absentInputs } from '../../contracts/absent.ts';
import type { Outlook } from '../../contracts/outlook.ts';
import { wrapped } from './text.ts';

function paragraph(name: string, ids: readonly string[], width: number): string {
  const lines = ids.length === 0 ? [] : wrapped(ids.join(', '), width - 4);
  return `  ${name}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/**
 * Detectors that can run, and the others by every input that they lack, as the audit counts them: not looked
 * at is not clean. Ids of the others are named where `names` says so. Ids stand in lines of at most `width`
 * characters.
 */
export function outlookText({ run, notRun }: Outlook, names: boolean, width = 100): string {
  const total = run.length + notRun.length;
  return [
    `\nCan run: ${run.length} of ${total} detectors\n`,
    run.length > 0
      ? `${wrapped(run.join(', '), width - 2)
          .map((line) => `  ${line}\n`)
          .join('')}`
      : '',
    notRun.length > 0 ? '\nNot looked at, which is not the same as clean\n' : '',
    ...absentInputs(notRun).map(({ input, detectors }) =>
      paragraph(`without ${input}: ${detectors.length}`, names ? detectors : [], width),
    ),
  ].join('');
}
