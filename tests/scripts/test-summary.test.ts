/** The last lines of `./careloop test`: what is counted, and how it is said. */
import { describe, expect, it } from 'vitest';
import { summaryOf, tallyOf } from '../../scripts/cli/test-summary.ts';

type Outcome = 'passed' | 'failed' | 'skipped' | { skippedBecause: string };

/** As Vitest's JSON reporter writes it. */
const report = (...files: { status: 'passed' | 'failed'; tests: Outcome[] }[]) =>
  JSON.stringify({
    numPassedTests: files.flatMap(({ tests }) => tests).filter((one) => one === 'passed').length,
    numFailedTests: files.flatMap(({ tests }) => tests).filter((one) => one === 'failed').length,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((one) =>
        typeof one === 'string' ? { status: one, meta: {} } : { status: 'skipped', meta: one },
      ),
    })),
  });

describe('the tally of a run', () => {
  it('counts tests, and a file that could not be loaded as one failure', () => {
    const files = report(
      { status: 'passed', tests: ['passed', 'passed'] },
      { status: 'failed', tests: ['passed', 'failed'] },
      { status: 'failed', tests: [] },
    );
    expect(tallyOf(files, 1)).toEqual({ passed: 3, failed: 2, skipped: [] });
  });

  it('counts a run that failed though no test did as one failure', () => {
    const none = report({ status: 'passed', tests: ['passed'] });
    expect(tallyOf(none, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
    expect(tallyOf('', 1)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  it('counts skipped tests by their reason, over all files, as neither passed nor failed', () => {
    const missing = { skippedBecause: 'the cases are missing' };
    const files = report(
      { status: 'passed', tests: ['passed', missing] },
      { status: 'passed', tests: [missing, 'skipped'] },
    );
    expect(tallyOf(files, 0)).toEqual({
      passed: 1,
      failed: 0,
      skipped: [
        { because: 'the cases are missing', count: 2 },
        { because: 'of a `skip` that gives no reason', count: 1 },
      ],
    });
  });

  it('tells tests that never ran because their file failed from those that are left out', () => {
    const files = report({ status: 'failed', tests: ['skipped', 'skipped'] });
    expect(tallyOf(files, 1)).toEqual({
      passed: 0,
      failed: 1,
      skipped: [{ because: 'their file failed before they could run', count: 2 }],
    });
  });
});

describe('the summary', () => {
  it('is one line when every test ran', () => {
    expect(summaryOf({ passed: 3, failed: 1, skipped: [] })).toEqual(['3 passed, 1 failed']);
  });

  it('says in a sentence how many tests were skipped and why, before the sum', () => {
    const skipped = [
      { because: 'the cases are missing', count: 5 },
      { because: 'of a `skip` that gives no reason', count: 1 },
    ];
    expect(summaryOf({ passed: 3000, failed: 0, skipped })).toEqual([
      '5 tests were skipped because the cases are missing.',
      '1 test was skipped because of a `skip` that gives no reason.',
      '3000 passed, 0 failed, 6 skipped',
    ]);
  });
});
