/** The child process of `superviseAudit`: one audit, its progress and its outcome as messages. */
import { GhostcardError } from '../contracts/errors.ts';
import { type AuditOptions, audit } from './audit.ts';
import type { WorkerMessage } from './supervise.ts';

const say = (message: WorkerMessage) => process.send?.(message);

// A terminal's Ctrl-C reaches the whole group; the parent decides and ends the child itself.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));

process.once('message', async (options: AuditOptions) => {
  try {
    say({ type: 'done', result: await audit(options, (progress) => say({ type: 'progress', progress })) });
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
