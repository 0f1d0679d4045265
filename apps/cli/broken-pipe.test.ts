import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('./bin.ts', import.meta.url));

it.each(['--help', 'doctor'])('%s ends quietly when its reader has gone', async (verb) => {
  const child = spawn(process.execPath, ['--import', 'tsx', BIN, verb], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [exit] = await once(child, 'close');
  expect({ exit, said }).toEqual({ exit: 0, said: '' });
});
