/** Rules of the numbers of a unit: each has a name, a unit and a source, and each name is used. */
import type { Statement } from './parse-tree.ts';
import { placeholderIn } from './prose-rules.ts';
import type { Unit, Violation } from './unit.ts';

/** What the engine binds. */
const BOUND = new Set(['snapshot']);

function readBy(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(code);
}

export function paramsViolations({ detector, files }: Unit, statements: readonly Statement[]): Violation[] {
  const params = detector.meta.params ?? {};
  const code = [...files]
    .filter(([path]) => path.endsWith('.ts') && !/(^|\/)(detector|cases)\.ts$|\.test\.ts$/.test(path))
    .map(([, text]) => text)
    .join('\n');
  const named = new Set(statements.flatMap(({ parameters }) => parameters));
  const faults = [
    ...[...named]
      .filter((name) => !BOUND.has(name) && !Object.hasOwn(params, name))
      .map((name) => `names no $${name}`),
    ...Object.keys(params)
      .filter((name) => !named.has(name) && !readBy(code, name))
      .map((name) => `names ${name}, which nothing reads`),
  ];
  for (const [name, { value, unit, source }] of Object.entries(params)) {
    if (BOUND.has(name) || !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name))
      faults.push(`has a bad name: ${name}`);
    if (!Number.isFinite(value)) faults.push(`gives ${name} no finite value`);
    if (unit.trim() === '') faults.push(`gives ${name} no unit`);
    if (placeholderIn(source) || source.trim() === '') faults.push(`gives ${name} no source`);
  }
  return faults.map((fault) => ({ kind: 'params', says: `detector.ts: params ${fault}` }));
}
