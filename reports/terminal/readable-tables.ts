/** What a detector may read, as tables for people. */
import type { ReadableTable } from '../../contracts/detector.ts';
import type { Screen } from './fold.ts';
import { tableText } from './table.ts';

export function readableTablesText(tables: readonly ReadableTable[], screen: Screen): string {
  return tables
    .map(({ table, says, columns }) => {
      const told = columns.some((column) => column.says !== '');
      const head = told ? ['column', 'type', 'holds'] : ['column', 'type'];
      const rows = columns.map(({ name, type, says: holds }) => (told ? [name, type, holds] : [name, type]));
      return `${[table, says].filter(Boolean).join(': ')}\n${tableText({ head, rows }, screen)}`;
    })
    .join('\n');
}
