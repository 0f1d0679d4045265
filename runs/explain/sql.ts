/** The SQL of this folder, read from beside the code. */
import { readFileSync } from 'node:fs';

export function explainSql(name: string): string {
  return readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');
}
