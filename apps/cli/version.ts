import { readFileSync } from 'node:fs';

/** The version of package.json, which travels beside the compiled code. */
export function version(): string {
  const path = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
