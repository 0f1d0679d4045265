/**
 * Circles among files by their imports, types included: strongly connected components (Tarjan 1972,
 * doi:10.1137/0201010).
 */
import { dirname, join } from 'node:path/posix';
import { readSyntax } from './syntax.ts';
import type { SourceFile } from './violations.ts';

/** Sets of two or more files that reach each other, each sorted. */
export function circles(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map(({ path }) => path));
  const imports = new Map(
    files.map(({ path, text }) => [
      path,
      readSyntax(path, text)
        .imports.filter((name) => name.startsWith('.'))
        .map((name) => join(dirname(path), name))
        .filter((target) => known.has(target)),
    ]),
  );
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const found: string[][] = [];
  const visit = (path: string): void => {
    order.set(path, order.size);
    low.set(path, order.get(path)!);
    stack.push(path);
    open.add(path);
    for (const target of imports.get(path) ?? []) {
      if (!order.has(target)) visit(target);
      if (open.has(target)) low.set(path, Math.min(low.get(path)!, low.get(target)!));
    }
    if (low.get(path) !== order.get(path)) return;
    const members = stack.splice(stack.indexOf(path));
    for (const member of members) open.delete(member);
    if (members.length > 1) found.push(members.sort());
  };
  for (const { path } of files) if (!order.has(path)) visit(path);
  return found;
}
