import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node; `server` starts its own Temporal and database on free ports. */
export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/{engine,workflows,store,api,scripts,definitions,conformance}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/{runtime,replay,end-to-end}/**/*.test.ts'],
          globalSetup: ['tests/support/servers.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
