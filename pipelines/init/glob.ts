/** One pattern for several files of a dataset, or none. */
import { globPattern } from '../ingest/mapping.ts';

const RUN = /[0-9a-f]{8}[0-9a-f-]*|\d+/gi;

/** Runs of digits as `?` where all files have the same number of them, as `*` elsewhere. */
function byRuns(files: readonly string[], exact: boolean): string {
  const runs = files.map((file) => [...file.matchAll(RUN)].map(([run]) => run));
  let nth = -1;
  return files[0]!.replace(RUN, (run) => {
    nth++;
    const own = runs.map((each) => each[nth] ?? '');
    if (own.every((each) => each === run)) return run;
    return exact && own.every((each) => each.length === run.length) ? '?'.repeat(run.length) : '*';
  });
}

function commonStart(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  let end = first.length;
  for (const text of rest) {
    while (!text.startsWith(first.slice(0, end))) end--;
  }
  return first.slice(0, end);
}

function byEnds(files: readonly string[]): string {
  const start = commonStart(files).replace(/[^/]*$/, '');
  const names = files.map((file) => file.slice(file.lastIndexOf('/') + 1));
  const end = commonStart(names.map((name) => [...name].reverse().join('')));
  const nested = files.some((file) => file.slice(start.length).includes('/'));
  return `${start}${nested ? '**/' : ''}*${[...end].reverse().join('')}`;
}

/** A path or glob that matches exactly `files` among `all`; undefined where there is none. */
export function globOf(files: readonly string[], all: readonly string[]): string | undefined {
  const candidates =
    files.length === 1 ? [files[0]!] : [byRuns(files, false), byRuns(files, true), byEnds(files)];
  const wanted = new Set(files);
  return candidates.find((candidate) => {
    if (candidate.length > 512) return false;
    const pattern = globPattern(candidate);
    return all.every((file) => pattern.test(file) === wanted.has(file));
  });
}
