/**
 * The order of test files: those that take longest begin first, so that no processor waits at the end for one that began last. Vitest
 * knows how long files took the last time; in a fresh clone it knows nothing and goes by their size.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Everything else takes less than half a minute on a quiet machine. */
export const long = [
  'tests/runtime/proof/proof.test.ts',
  'tests/end-to-end/demo.test.ts',
  'tests/end-to-end/whole-complaint.test.ts',
  'tests/runtime/schedule.test.ts',
  'tests/end-to-end/tour.test.ts',
  'tests/end-to-end/concurrent-users.test.ts',
  'tests/end-to-end/late-and-stuck.test.ts',
  'tests/runtime/message-races.test.ts',
];

export const rankOf = (file: string): number => {
  const place = long.findIndex((name) => file.endsWith(name));
  return place < 0 ? long.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}
