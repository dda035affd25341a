/** What `./careloop test` says at its end: how many tests passed, failed and were skipped, and why. */
import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: Skipped[];
}

/** Tests that are skipped for one reason. */
export interface Skipped {
  count: number;
  /** The end of the sentence "… were skipped because …". */
  because: string;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), meta: z.object({ skippedBecause: z.string().optional() }).optional() }),
      ),
    }),
  ),
});

type FileReport = z.infer<typeof vitestReport>['testResults'][number];

/**
 * Counts the tests of a run: a file that could not even be loaded counts as one that failed, and so does a run that failed for a reason
 * no test shows.
 * @param report what Vitest's JSON reporter has written; empty when there is none
 */
export function tallyOf(report: string, exitCode: number): Tally {
  if (report === '') return { passed: 0, failed: 1, skipped: [] };
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(JSON.parse(report));
  const failed = numFailedTests + testResults.filter(failedAsAWhole).length;
  return {
    passed: numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: byReason(testResults.flatMap(reasons)),
  };
}

const failedAsAWhole = ({ status, assertionResults }: FileReport): boolean =>
  status === 'failed' && !assertionResults.some((one) => one.status === 'failed');

/** Why tests of a file did not run: one reason each. */
function reasons(file: FileReport): string[] {
  const otherwise = failedAsAWhole(file)
    ? 'their file failed before they could run'
    : 'of a `skip` that gives no reason';
  return file.assertionResults
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ meta }) => meta?.skippedBecause ?? otherwise);
}

function byReason(all: string[]): Skipped[] {
  const counts = new Map<string, number>();
  for (const because of all) counts.set(because, (counts.get(because) ?? 0) + 1);
  return [...counts].map(([because, count]) => ({ because, count }));
}

/** One sentence for each reason tests were skipped for, then the sum. */
export function summaryOf({ passed, failed, skipped }: Tally): string[] {
  const total = skipped.reduce((sum, { count }) => sum + count, 0);
  return [
    ...skipped.map(
      ({ count, because }) => `${count} ${count === 1 ? 'test was' : 'tests were'} skipped because ${because}.`,
    ),
    `${passed} passed, ${failed} failed${total > 0 ? `, ${total} skipped` : ''}`,
  ];
}
