/** `./careloop test`: the servers, then type check, lint and every test; the last lines are the sum of them all. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareConsole } from '../build-console.ts';
import { obtainMongodb, obtainTemporal } from '../servers/find.ts';
import { runProgram } from './commands.ts';
import { during, type Screen } from './screen.ts';
import { root } from './settings.ts';
import { summaryOf, type Tally, tallyOf } from './test-summary.ts';

export async function test(screen: Screen, signal: AbortSignal): Promise<number> {
  const options = { screen, signal };
  await during(screen, 'Local servers', () => Promise.all([obtainTemporal(options), obtainMongodb(options)]));
  await during(screen, 'Packages of the web console', () => prepareConsole(root));
  const checks = [
    ['Type check', tool('tsc'), ['--noEmit', '-p', '.']],
    ['Type check of the web console', tool('tsc'), ['--noEmit', '-p', 'web']],
    ['Lint', tool('biome'), ['check', '--error-on-warnings', '.']],
  ] as const;
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  for (const [name, command, args] of checks) {
    const passed = await runCheck(screen, name, command, [...args]);
    tally[passed ? 'passed' : 'failed'] += 1;
    if (signal.aborted) return 130;
  }
  const tests = await runVitest(screen);
  tally.passed += tests.passed;
  tally.failed += tests.failed;
  tally.skipped = tests.skipped;
  for (const line of summaryOf(tally)) screen.line(line);
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
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
