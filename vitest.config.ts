import { configDefaults, defineConfig } from 'vitest/config';

/** What starts processes, measures this one or puts things in its place: each file in a process of its own. */
const APART = ['tests/{corpora,golden,hostile,run,scale}/**/*.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['tests/support/no-network.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'apart', include: APART } },
      // All else is functions of bytes and claims: to load the readers again for each of two hundred files takes as long as the tests.
      { extends: true, test: { name: 'together', include: ['tests/**/*.test.ts'], exclude: [...configDefaults.exclude, ...APART], isolate: false } },
    ],
  },
});
