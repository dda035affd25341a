/** Tests that read the public conformance suites: skipped where those are missing, with the reason for the summary of `./careloop test`. */
import { test } from 'vitest';
import { folderOf, type Suite, whyMissing } from './public-cases.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test is skipped, as the end of a sentence ("… because …"). */
    skippedBecause?: string;
  }
}

/** @param run is given the folders of the suites, in their order */
export function publicTest(
  suites: readonly Suite[],
  title: string,
  run: (...folders: string[]) => Promise<void>,
  timeout?: number,
): void {
  const folders = suites.map((suite) => folderOf(suite)).filter((folder) => folder !== undefined);
  if (folders.length < suites.length) test.skip(title, { meta: { skippedBecause: whyMissing } }, () => {});
  else test(title, () => run(...folders), timeout);
}
