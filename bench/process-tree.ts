/** Runs a command and watches what it and its children take of memory and processors. Linux: reads /proc. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  seconds: number;
  /** Processor time of all threads, user and system, to the last sample before the end. */
  cpuSeconds: number;
  /** Highest sum of resident memory over the process and all its descendants, sampled each 100 ms. */
  peakBytes: number;
}

const PAGE_BYTES = 4096;
const TICKS_PER_SECOND = 100;

export interface Usage {
  bytes: number;
  cpuSeconds: number;
}

/**
 * What a process and everything below it hold now, and the processor time they and their ended children took.
 */
export function treeUsage(root: number): Usage {
  const parents = new Map<number, number>();
  const usages = new Map<number, Usage>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The name stands in parentheses and may hold spaces: fields count from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      parents.set(Number(entry), Number(fields[1]));
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      usages.set(Number(entry), {
        bytes: Number(fields[21]) * PAGE_BYTES,
        cpuSeconds: ticks / TICKS_PER_SECOND,
      });
    } catch {
      // The process ended between listing and reading.
    }
  }
  const inTree = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 0 && (pid === root || inTree(parents.get(pid)));
  const total: Usage = { bytes: 0, cpuSeconds: 0 };
  for (const [pid, usage] of usages) {
    if (!inTree(pid)) continue;
    total.bytes += usage.bytes;
    total.cpuSeconds += usage.cpuSeconds;
  }
  return total;
}

/** Rejects when the command fails. */
export function measure(command: string, args: readonly string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const seen = { cpuSeconds: 0, peakBytes: 0 };
    const timer = setInterval(() => {
      if (child.pid === undefined) return;
      const { bytes, cpuSeconds } = treeUsage(child.pid);
      seen.peakBytes = Math.max(seen.peakBytes, bytes);
      seen.cpuSeconds = Math.max(seen.cpuSeconds, cpuSeconds);
    }, 100);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
      resolve({ seconds: Number(process.hrtime.bigint() - started) / 1e9, ...seen });
    });
  });
}
