/**
 * Progress for people: one moving line on a terminal, one plain line per stage elsewhere. Always on standard
 * error.
 */
import ora from 'ora';
import type { Progress } from '../../pipelines/audit-options.ts';
import { printable } from '../../reports/terminal/printable.ts';

export interface ProgressView {
  show(event: Progress): void;
  stop(): void;
}

/** The unit at work, counted from one; the last one stays once all are done. */
export function progressLine({ stage, subject, done, total }: Progress): string {
  const count = total > 1 ? ` ${Math.min(done + 1, total)}/${total}` : '';
  return `${stage}${count} ${printable(subject)}`;
}

export function progressView(quiet: boolean): ProgressView {
  if (quiet) return { show: () => {}, stop: () => {} };
  if (!process.stderr.isTTY) {
    let stage = '';
    return {
      show(event) {
        if (event.stage === stage) return;
        stage = event.stage;
        process.stderr.write(`${stage}\n`);
      },
      stop() {},
    };
  }
  const spinner = ora({ stream: process.stderr, discardStdin: false }).start();
  return {
    show(event) {
      spinner.text = progressLine(event);
    },
    stop() {
      spinner.stop();
    },
  };
}
