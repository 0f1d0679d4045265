/** The child's side of `supervise`: one run, its progress and its outcome as messages. */
import { GhostcardError } from '../contracts/errors.ts';
import type { Progress } from './audit-options.ts';
import type { WorkerMessage } from './supervise.ts';

/** Waits for the options, runs once with them, and leaves. */
export function serve<O, R>(run: (options: O, progress: (event: Progress) => void) => Promise<R>): void {
  const say = (message: WorkerMessage<R>) => process.send?.(message);

  // A terminal's Ctrl-C reaches the whole group; the parent decides and ends the child itself.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(1));

  process.once('message', async (options: O) => {
    try {
      say({ type: 'done', result: await run(options, (progress) => say({ type: 'progress', progress })) });
    } catch (error) {
      if (error instanceof GhostcardError) say({ type: 'refused', code: error.code, detail: error.detail });
      else
        say({
          type: 'broken',
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
    } finally {
      process.removeAllListeners('disconnect');
      process.disconnect();
    }
  });
}
