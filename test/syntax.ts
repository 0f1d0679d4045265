/**
 * What a source file says to the compiler: its imports, and the calls that would make a result unrepeatable.
 */
import ts from 'typescript';

export interface Syntax {
  /** Literal module names of imports, re-exports, `import()`, `require()` and import types. */
  imports: string[];
  /** Modules that it re-exports from. */
  reExports: string[];
  /** True when a module is loaded by a computed name. */
  computedImport: boolean;
  /** Uses of the clock, of chance or of the machine's language, as written. */
  unrepeatable: string[];
  /** Texts that look like SQL. */
  sql: string[];
}

const UNREPEATABLE_MEMBERS = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'process.hrtime',
  'crypto.randomUUID',
  'crypto.randomBytes',
]);
const LOCALE_MEMBERS = new Set([
  'localeCompare',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
]);

function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function moduleNameOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
  return loads ? node.arguments[0] : undefined;
}

function unrepeatable(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText().replace(/\s+/g, '');
    if (UNREPEATABLE_MEMBERS.has(text) || LOCALE_MEMBERS.has(node.name.text) || text.startsWith('Intl.'))
      return text;
  }
  const isDate =
    (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'Date';
  return isDate && (node.arguments ?? []).length === 0 ? 'Date()' : undefined;
}

const read = new Map<string, Syntax>();

/** Parsed once for a text: several rules ask. */
export function readSyntax(path: string, text: string): Syntax {
  const known = read.get(text);
  if (known) return known;
  const found = parseSyntax(path, text);
  read.set(text, found);
  return found;
}

function parseSyntax(path: string, text: string): Syntax {
  const found: Syntax = { imports: [], reExports: [], computedImport: false, unrepeatable: [], sql: [] };
  const visit = (node: ts.Node): void => {
    const module = moduleNameOf(node);
    if (module) {
      const name = literal(module);
      if (name === undefined) found.computedImport = true;
      else found.imports.push(name);
      if (name !== undefined && ts.isExportDeclaration(node)) found.reExports.push(name);
    }
    const chance = unrepeatable(node);
    if (chance) found.unrepeatable.push(chance);
    if (
      (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) &&
      /\bSELECT\b/.test(node.getText())
    ) {
      found.sql.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true));
  return found;
}
