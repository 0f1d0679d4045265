import { defineConfig } from 'vitest/config';
import { notRunReporter } from './test/not-run.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**'],
    globalSetup: ['test/build.ts'],
    reporters: ['default', notRunReporter((text) => process.stdout.write(text))],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
