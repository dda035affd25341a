/** Setup of every test file that uses the kit: hands what was covered to the report once the file is done. */
import { afterAll } from 'vitest';
import { type Tally, takeTallies } from './tally.ts';

declare module 'vitest' {
  interface TaskMeta {
    covered?: Tally[];
  }
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern that no fixture is asked for.
afterAll(({}, file) => {
  const covered = takeTallies();
  if (covered.length > 0) file.meta.covered = covered;
});
