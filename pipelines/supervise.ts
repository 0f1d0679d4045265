/**
 * Runs the audit in a child process that is allowed to die: hostile bytes may bring DuckDB down, never the
 * caller.
 */
import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, type ErrorDetail, GhostcardError } from '../contracts/errors.ts';
import type { RunManifest } from '../contracts/run.ts';
import type { AuditOptions, Progress } from './audit-options.ts';
import type { CheckOptions, CheckReport } from './check/check.ts';
import type { InitOptions, InitReport } from './init/init.ts';

/** What the child tells. */
export type WorkerMessage<R = RunManifest> =
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; result: R }
  | { type: 'refused'; code: ErrorCode; detail: ErrorDetail }
  | { type: 'broken'; message: string };

/** A child that dies is started again; what it had finished stands in the ledger. */
const MAX_STARTS = 3;
/** Deaths at one input file after which that file is refused. */
const MAX_DEATHS_AT_FILE = 2;

interface Ended<R> {
  message: WorkerMessage<R> | null;
  signal: NodeJS.Signals | null;
  exit: number | null;
  last: Progress | null;
}

/** A worker beside this file: compiled code starts compiled code, sources start sources. */
const workerOf = (name: string) =>
  new URL(`./${name}${extname(fileURLToPath(import.meta.url))}`, import.meta.url);

function once<R>(
  options: object,
  worker: URL,
  progress: (event: Progress) => void,
  signal?: AbortSignal,
): Promise<Ended<R>> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(worker), [], {
      execArgv: worker.pathname.endsWith('.ts') ? ['--import', 'tsx'] : [],
      env: { ...process.env, TZ: 'UTC' },
    });
    const stop = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    let last: Progress | null = null;
    let message: WorkerMessage<R> | null = null;
    child.on('message', (received: WorkerMessage<R>) => {
      if (received.type === 'progress') {
        last = received.progress;
        progress(received.progress);
      } else message = received;
    });
    child.on('error', reject);
    child.on('exit', (exit, killedBy) => {
      signal?.removeEventListener('abort', stop);
      resolve({ message, signal: killedBy, exit, last });
    });
    child.send(options);
  });
}

export interface SuperviseEffects {
  progress(event: Progress): void;
  signal?: AbortSignal;
}

/** Runs `audit` in a child; see `supervise`. */
export const superviseAudit = (
  options: AuditOptions,
  effects: SuperviseEffects,
  worker = workerOf('worker'),
) => supervise<RunManifest>(options, options.out, effects, worker);

/** Runs `check` in a child; see `supervise`. */
export const superviseCheck = (options: CheckOptions, effects: SuperviseEffects) =>
  supervise<CheckReport>(options, options.dataset, effects, workerOf('check-worker'));

/** Runs `init` in a child; see `supervise`. */
export const superviseInit = (options: InitOptions) =>
  supervise<InitReport>(options, options.dataset, { progress: () => {} }, workerOf('init-worker'));

/**
 * Runs a worker. Errors come back as the same GhostcardError; a child that keeps dying at one input file
 * gives E_INPUT_POISON with its name, any other repeated death E_CHILD.
 */
async function supervise<R>(
  options: object,
  interrupted: string,
  effects: SuperviseEffects,
  worker: URL,
): Promise<R> {
  const deaths = new Map<string, number>();
  for (let start = 1; ; start++) {
    const { message, signal, exit, last } = await once<R>(options, worker, effects.progress, effects.signal);
    if (message?.type === 'done') return message.result;
    if (message?.type === 'refused') throw new GhostcardError(message.code, message.detail);
    if (message?.type === 'broken') throw new Error(message.message);
    if (effects.signal?.aborted) {
      throw new GhostcardError('E_INTERRUPTED', {
        subject: interrupted,
        expected: 'the run to finish',
        got: 'an interruption',
        todo: 'Run the same command again: finished input files and days are not read twice.',
      });
    }
    const subject = last?.stage === 'ingest' ? last.subject : '';
    deaths.set(subject, (deaths.get(subject) ?? 0) + 1);
    const how = signal ? `signal ${signal}` : `exit status ${exit}`;
    if (subject && deaths.get(subject)! >= MAX_DEATHS_AT_FILE) {
      throw new GhostcardError('E_INPUT_POISON', {
        subject,
        expected: 'a file that can be read',
        got: `the reader process died ${deaths.get(subject)} times (${how})`,
        todo: 'Take the file out of the dataset and report it; nothing of it was used.',
      });
    }
    if (start >= MAX_STARTS) {
      throw new GhostcardError('E_CHILD', {
        subject: last ? `stage ${last.stage}` : 'start',
        expected: 'the worker process to finish',
        got: how,
        todo: 'If the machine ran out of memory, lower --memory or --threads; otherwise report this.',
      });
    }
  }
}
