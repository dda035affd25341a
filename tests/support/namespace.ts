/**
 * Test files that run side by side have a namespace each: they cannot meet in workflow ids, nor in what they list. Files that run one
 * after the other in the same place share theirs.
 */
const nameOf = (place: number): string => `tests-${place}`;

/** The namespace of this test file; `default` outside of a test run. */
export const namespace: string = process.env['VITEST_POOL_ID']
  ? nameOf(Number(process.env['VITEST_POOL_ID']))
  : 'default';

/** All that can be asked for while so many files run at once. */
export const namespacesOf = (places: number): string[] =>
  Array.from({ length: places }, (_, index) => nameOf(index + 1));
