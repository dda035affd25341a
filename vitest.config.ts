import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { definitionCoverage } from './tests/kit/covered/report.ts';
import { LongestFirst } from './tests/support/longest-first.ts';
import { drawnDefinitions } from './tools/diagrams/draw-diagrams.ts';
import { exampleNames } from './tools/examples.ts';

/**
 * Every shipped definition is covered by its tests, whole; the examples but for what no token passes: events that are undone by, gateways
 * that start an instance.
 */
const floors = Object.fromEntries([
  ...drawnDefinitions().map(({ key }) => [join('definitions', key, `${key}.bpmn`), 100]),
  ...exampleNames().map((name) => [join('examples', `${name}.bpmn`), 75]),
]);

/**
 * `unit` and `definitions` need nothing but Node; `server` starts its own Temporal and database on free ports. `definitions` are the
 * tests of the drawn processes (docs/testing-processes.md).
 */
export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    // A time-out only ends what hangs: on a busy machine everything may take many times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Vitest itself would leave one processor idle.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    expect: { poll: { timeout: 120_000, interval: 25 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'tests/{architecture,docs,engine,workflows,temporal,store,activities,gateway,api,scripts,conformance}/**/*.test.ts',
            'web/tests/**/*.test.ts',
          ],
          setupFiles: ['tests/support/seed.ts'],
          // Half of their time was loading the same modules for each file. What they test keeps nothing that another one could see.
          isolate: false,
        },
      },
      {
        extends: true,
        plugins: [definitionCoverage({ project: 'definitions', folder: 'coverage/definitions', floors })],
        test: {
          name: 'definitions',
          include: ['tests/definitions/**/*.test.ts'],
          setupFiles: ['tests/kit/covered/collect.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/{runtime,replay,end-to-end,browser}/**/*.test.ts'],
          globalSetup: ['tests/support/servers.ts'],
          // Two at a time, each in a namespace of its own, after what needs no server.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
