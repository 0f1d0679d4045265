#!/usr/bin/env node
import { leaveQuietly } from './broken-pipe.ts';
import { run } from './run.ts';

leaveQuietly();
process.exitCode = await run(process.argv);
