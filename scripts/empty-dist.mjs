// Empties dist before a build: units and models are found by folder, so a file that is gone must be gone there, too.
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
