/** Runs a command and watches what it and its children hold in memory. Linux: reads /proc. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  seconds: number;
  /** Highest sum of resident memory over the process and all its descendants, sampled each 100 ms. */
  peakBytes: number;
}

const PAGE = 4096;

/** Resident bytes of a process and everything below it. */
function treeBytes(root: number): number {
  const parents = new Map<number, number>();
  const resident = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The name stands in parentheses and may hold spaces: fields count from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      parents.set(Number(entry), Number(fields[1]));
      resident.set(Number(entry), Number(fields[21]) * PAGE);
    } catch {
      // The process ended between listing and reading.
    }
  }
  const inTree = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 0 && (pid === root || inTree(parents.get(pid)));
  let total = 0;
  for (const [pid, bytes] of resident) if (inTree(pid)) total += bytes;
  return total;
}

/** Rejects when the command fails. */
export function measure(command: string, args: readonly string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    let peakBytes = 0;
    const timer = setInterval(() => {
      if (child.pid !== undefined) peakBytes = Math.max(peakBytes, treeBytes(child.pid));
    }, 100);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
      resolve({ seconds: Number(process.hrtime.bigint() - started) / 1e9, peakBytes });
    });
  });
}
