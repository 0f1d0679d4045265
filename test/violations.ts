/** Holds files to the table of rooms; each broken rule is one line of text. */
import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path/posix';
import { isUnrepeatable, ORDERED_SQL } from '../testing/banned-sql.ts';
import {
  COMPUTED_IMPORTS,
  DETERMINISTIC,
  MAY_READ_CLOCK,
  ROOMS,
  type Room,
  TEST_SUPPORT,
  VAGUE_NAMES,
} from './rooms.ts';
import { readSyntax } from './syntax.ts';

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
}

export function isTest(path: string): boolean {
  const support = TEST_SUPPORT.some((folder) => path.startsWith(folder));
  return support || path.endsWith('.test.ts') || path.endsWith('/cases.ts');
}

export function roomOf(path: string): Room | undefined {
  const fits = ROOMS.filter(({ room }) => path.startsWith(room));
  return fits.sort((a, b) => b.room.length - a.room.length)[0];
}

/** `@scope/name` or `name` of a module name such as `csv-parse/sync`. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A detector may import from its own folder, but from no other detector. */
function ownFolder(room: Room, path: string): string {
  return room.room === 'detectors/' ? `${dirname(path)}/` : room.room;
}

function importAllowed(room: Room, path: string, name: string): boolean {
  if (name.startsWith('.')) {
    const target = join(dirname(path), name);
    return (
      [ownFolder(room, path), ...room.ours].some((prefix) => target.startsWith(prefix)) && !isTest(target)
    );
  }
  const bare = name.replace(/^node:/, '');
  if (name.startsWith('node:') || builtinModules.includes(bare))
    return name.startsWith('node:') && room.node.includes(bare);
  return room.packages.includes(packageOf(name));
}

/** Rules of a TypeScript file. */
export function codeViolations({ path, text }: SourceFile): string[] {
  const broken: string[] = [];
  if (/(^|\/)index\.ts$/.test(path)) broken.push(`${path} is a barrel`);
  const room = roomOf(path);
  if (!room) return broken;
  const syntax = readSyntax(path, text);
  if (DETERMINISTIC.some((prefix) => path.startsWith(prefix)) && !MAY_READ_CLOCK.includes(path)) {
    broken.push(...syntax.unrepeatable.map((use) => `${path} uses ${use}`));
  }
  if (isTest(path)) return broken;
  broken.push(
    ...syntax.imports
      .filter((name) => !importAllowed(room, path, name))
      .map((name) => `${path} imports ${name}`),
  );
  if (syntax.computedImport && !Object.hasOwn(COMPUTED_IMPORTS, path))
    broken.push(`${path} loads a computed module`);
  broken.push(...syntax.sql.flatMap((sql) => sqlViolations({ path, text: sql })));
  return broken;
}

/** The text between a call's parentheses, from the index after the opening one. */
function argumentsAt(sql: string, start: number): string {
  let depth = 1;
  let end = start;
  for (; end < sql.length && depth > 0; end++) {
    if (sql[end] === '(') depth++;
    else if (sql[end] === ')') depth--;
  }
  return sql.slice(start, end - 1);
}

/** Rules of SQL: no result that depends on threads, on the order of rows, on the clock or on chance. */
export function sqlViolations({ path, text }: SourceFile): string[] {
  const sql = text.replace(/--[^\n]*/g, '').replace(/'(?:[^'\\]|'')*'/g, "''");
  const banned = [...sql.matchAll(/\b([a-z_]\w*)\s*\(/gi)].flatMap(({ 0: call, 1: word, index }) => {
    const name = word!.toLowerCase();
    const method = sql[index - 1] === '.';
    if (method) return [];
    if (isUnrepeatable(name)) return [`${path} calls ${name}()`];
    const inside = argumentsAt(sql, index + call.length);
    if (ORDERED_SQL.includes(name) && !/\border\s+by\b/i.test(inside))
      return [`${path} calls ${name}() without ORDER BY`];
    return [];
  });
  const words = /\b(current_timestamp|current_date|current_time)\b(?!\s*\()/i.exec(sql);
  return words ? [...banned, `${path} reads ${words[1]}`] : banned;
}

/** Rules of names. */
export function nameViolations(path: string): string[] {
  const parts = [...dirname(path).split('/'), basename(path).replace(/\..*$/, '')];
  return parts
    .filter((part) => VAGUE_NAMES.includes(part))
    .map((part) => `${path} hides behind the name "${part}"`);
}
