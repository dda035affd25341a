/** `npm run conformance:temporal -- [DIR] [MODE…]`: the cases of a folder through a real worker, in every mode of tests/runtime/proof. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongodb } from '../../scripts/servers/mongodb.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { proofCases, runProof, scripts } from '../runtime/proof/cases.ts';
import { type Mode, modes, openLab, pooled } from '../runtime/proof/lab.ts';
import { readEntries } from './cases.ts';

const [folder = '../shared/conformance/bpmn', ...wanted] = process.argv.slice(2);
const isMode = (name: string): name is Mode => name in modes;
const chosen = wanted.length > 0 ? wanted.filter(isMode) : Object.keys(modes).filter(isMode);
const only = process.env['CARELOOP_ONLY'];

async function main(): Promise<void> {
  const entries = readEntries(folder).filter((entry) => only === undefined || new RegExp(only).test(entry.name));
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
    const lab = await openLab({ temporalAddress: temporal.address, mongodbUri: mongodb.uri }, scripts);
    const results = await pooled(proofCases(folder, entries, chosen), 12, async (proof) => {
      const problem = await runProof(lab, folder, proof).catch((error: Error) => `it threw: ${error.message}`);
      process.stdout.write(problem === undefined ? `pass  ${proof.name}\n` : `FAIL  ${proof.name}: ${problem}\n`);
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

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
});
