/** `./careloop test`: the servers, then type check, lint and every test; the last line is the sum of them all. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { obtainMongodb, obtainTemporal } from '../servers/find.ts';
import { runProgram } from './commands.ts';
import { during, type Screen } from './screen.ts';
import { root } from './settings.ts';

export interface Tally {
  passed: number;
  failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

export async function test(screen: Screen, signal: AbortSignal): Promise<number> {
  const options = { screen, signal };
  await during(screen, 'Local servers', () => Promise.all([obtainTemporal(options), obtainMongodb(options)]));
  const checks = [
    ['Type check', tool('tsc'), ['--noEmit', '-p', '.']],
    ['Lint', tool('biome'), ['check', '--error-on-warnings', '.']],
  ] as const;
  const tally = { passed: 0, failed: 0 };
  for (const [name, command, args] of checks) {
    const passed = await runCheck(screen, name, command, [...args]);
    tally[passed ? 'passed' : 'failed'] += 1;
    if (signal.aborted) return 130;
  }
  const tests = await runVitest(screen);
  tally.passed += tests.passed;
  tally.failed += tests.failed;
  screen.line(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0 ? 0 : 1;
}

function tool(name: string): string {
  return join(root, 'node_modules', '.bin', name);
}

async function runCheck(screen: Screen, name: string, command: string, args: string[]): Promise<boolean> {
  screen.line(`${name} …`);
  const since = Date.now();
  const code = await runProgram(command, args);
  screen.line(`${code === 0 ? '✓' : '✗'} ${name} · ${((Date.now() - since) / 1000).toFixed(1)} s`);
  return code === 0;
}

async function runVitest(screen: Screen): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-report-'));
  const report = join(folder, 'vitest.json');
  // The tests have servers of their own, whatever servers this shell works with.
  const { TEMPORAL_ADDRESS: _temporal, TEMPORAL_NAMESPACE: _namespace, MONGODB_URI: _mongodb, ...env } = process.env;
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await runProgram(tool('vitest'), ['run', ...reporters], env);
    return tallyOf(await readFile(report, 'utf8').catch(() => ''), code);
  } catch (error) {
    screen.line(String(error));
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Counts tests; a file that could not even be loaded counts as one, and so does a run that failed for a reason no test shows. */
export function tallyOf(report: string, exitCode: number): Tally {
  if (report === '') return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(JSON.parse(report));
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  const failed = numFailedTests + unloaded.length;
  return { passed: numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
