// Copies what tsc does not (SQL, catalogue data, the policy, SVG and CSS) beside the compiled code, same relative paths.
import { chmodSync, cpSync, existsSync } from 'node:fs';
import { extname } from 'node:path';

const ASSETS = new Set(['.sql', '.json', '.csv', '.css', '.svg']);
for (const room of ['contracts', 'pipelines', 'detectors', 'runs', 'reports', 'policies', 'fixtures']) {
  if (!existsSync(room)) continue;
  cpSync(room, `dist/${room}`, {
    recursive: true,
    filter: (source) => extname(source) === '' || ASSETS.has(extname(source)),
  });
}
cpSync('package.json', 'dist/package.json');
const bin = 'dist/apps/cli/bin.js';
if (existsSync(bin)) chmodSync(bin, 0o755);
