/** Runs of the proof on servers of their own, so many at a time; the last line tells how many passed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../activities/types.ts';
import { startMongodb } from '../../scripts/servers/mongodb.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { scripts } from '../runtime/proof/cases.ts';
import { type Lab, openLab, pooled } from '../runtime/proof/lab.ts';
import { prepareRandom, work } from '../runtime/proof/random.ts';

export interface Run {
  name: string;
  /** @returns what is wrong */
  run(lab: Lab): Promise<string | undefined>;
}

const atATime = 8;

export async function onTemporal(runs: Run[]): Promise<void> {
  const job: Job = (input, context) => ('script' in context.headers ? scripts : work)(input, context);
  const data = await mkdtemp(join(tmpdir(), 'careloop-proof-'));
  const [temporal, mongodb] = await Promise.all([
    startTemporal({
      port: await freePort(),
      dataFile: join(data, 'temporal.db'),
      logFile: join(data, 'temporal.log'),
    }),
    startMongodb({ port: await freePort(), dataFolder: join(data, 'mongodb'), logFile: join(data, 'mongodb.log') }),
  ]);
  try {
    const lab = await openLab({ temporalAddress: temporal.address, mongodbUri: mongodb.uri }, job);
    await prepareRandom(lab);
    const results = await pooled(runs, atATime, async ({ name, run }) => {
      const problem = await run(lab).catch((error: Error) => `it threw: ${error.stack}; ${error.cause}`);
      process.stdout.write(problem === undefined ? `pass  ${name}\n` : `FAIL  ${name}: ${problem}\n`);
      return problem;
    });
    await lab.close();
    const failed = results.filter((problem) => problem !== undefined).length;
    process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await Promise.all([temporal.stop(), mongodb.stop()]);
    await rm(data, { recursive: true, force: true });
  }
}
