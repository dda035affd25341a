/** How tests of a folder of one's own run (`./careloop test FOLDER`): with the kit and vitest of this clone, wherever the folder is. */
import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { definitionCoverage } from './covered/report.ts';

const clone = resolve(import.meta.dirname, '..', '..');
const project = 'own-diagrams';

export default defineConfig({
  // Nothing is written beside the diagrams but the coverage.
  cacheDir: join(clone, 'node_modules', '.vite', project),
  plugins: [definitionCoverage({ project, folder: resolve('coverage'), floors: {} })],
  resolve: {
    alias: [
      { find: /^careloop\/kit$/, replacement: join(import.meta.dirname, 'index.ts') },
      { find: /^vitest$/, replacement: join(clone, 'node_modules', 'vitest', 'dist', 'index.js') },
    ],
  },
  test: {
    name: project,
    env: { TZ: 'UTC' },
    include: ['**/*.test.{ts,mts,js,mjs}'],
    setupFiles: [join(import.meta.dirname, 'covered', 'collect.ts')],
  },
});
