/** What drawing worlds costs, as Markdown. Pure. */
import { table } from '../worlds/markdown.ts';

/** One world. */
export interface Drawing {
  seed: number;
  seconds: number;
  cpuSeconds: number;
  /** Highest resident memory of the process. */
  peakBytes: number;
}

export interface DrawingTotal {
  worlds: number;
  /** Of all, one after another. */
  seconds: number;
  cpuSeconds: number;
  meanSeconds: number;
  mostSeconds: number;
  mostBytes: number;
}

/** Throws when nothing was drawn. */
export function totalOf(drawings: readonly Drawing[]): DrawingTotal {
  if (drawings.length === 0) throw new Error('expected a world that was drawn, got none');
  const sum = (of: (drawing: Drawing) => number) => drawings.reduce((total, one) => total + of(one), 0);
  const seconds = sum((one) => one.seconds);
  return {
    worlds: drawings.length,
    seconds,
    cpuSeconds: sum((one) => one.cpuSeconds),
    meanSeconds: seconds / drawings.length,
    mostSeconds: Math.max(...drawings.map((one) => one.seconds)),
    mostBytes: Math.max(...drawings.map((one) => one.peakBytes)),
  };
}

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** One line for each world, then one for all. */
export function drawingMarkdown(command: string, drawings: readonly Drawing[]): string {
  const total = totalOf(drawings);
  return [
    `\`${command}\``,
    table(
      ['seed', 'seconds', 'processor seconds', 'peak memory, MiB'],
      [
        ...drawings.map((one) => [
          one.seed,
          one.seconds.toFixed(1),
          one.cpuSeconds.toFixed(1),
          mib(one.peakBytes),
        ]),
        ['**all**', total.seconds.toFixed(1), total.cpuSeconds.toFixed(1), mib(total.mostBytes)],
      ],
    ),
    `${total.worlds} worlds; one took ${total.meanSeconds.toFixed(1)} s in the mean, ${total.mostSeconds.toFixed(1)} s at most.`,
  ].join('\n\n');
}
