/**
 * One complaint, drawn against hand-written: the worker's CPU, events, history, the servers' CPU, cases per second.
 * `npm run bench -- complaint [--rounds=5] [--cases=20] [--at-once=8] [--warm-up=30]`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startMongodb } from '../scripts/servers/mongodb.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { startTemporal } from '../scripts/servers/temporal.ts';
import { connectStore, disconnectStore } from '../store/connection.ts';
import { JournalModel } from '../store/journal.ts';
import { type Kind, playCase, playMany } from './support/cases.ts';
import { cpuMsOf, load, median, option, ratio, rounded, table } from './support/numbers.ts';
import { deployComplaint } from './support/seed.ts';
import { type MeasuredWorker, startWorker } from './support/workers.ts';

const rounds = option('rounds', 5);
const cases = option('cases', 20);
const atOnce = option('at-once', 8);
const warmUp = option('warm-up', 30);
/** Writes a CPU profile of each worker thread to this folder. */
const profileTo = process.argv.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length);

const kinds: Kind[] = ['drawn', 'by-hand', 'by-hand, short journal'];

interface Sample {
  workerMs: number;
  temporalMs: number;
  mongodbMs: number;
  perSecond: number;
  events: number;
  bytes: number;
}

const folder = await mkdtemp(join(tmpdir(), 'careloop-bench-'));
const [temporal, mongodb] = await Promise.all([
  startTemporal({
    port: await freePort(),
    dataFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
  }),
  startMongodb({ port: await freePort(), dataFolder: join(folder, 'mongodb'), logFile: join(folder, 'mongodb.log') }),
]);
const workers: MeasuredWorker[] = [];
try {
  await connectStore(mongodb.uri);
  await deployComplaint();
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection });
  const at = { address: temporal.address, mongodbUri: mongodb.uri };
  const profile = (kind: string) =>
    profileTo ? ['--cpu-prof', `--cpu-prof-dir=${join(profileTo, kind)}`, '--cpu-prof-interval=500'] : [];
  const drawn = await startWorker('drawn', { ...at, taskQueue: 'drawn' }, profile('drawn'));
  workers.push(drawn);
  const byHand = await startWorker('by-hand', { ...at, taskQueue: 'by-hand' }, profile('by-hand'));
  workers.push(byHand);
  const workerOf = (kind: Kind) => (kind === 'drawn' ? drawn : byHand);

  let number = 0;
  const playSome = (kind: Kind, count: number) =>
    playMany(count, atOnce, () => {
      number += 1;
      const caseNumber = `BJ202611${String(number).padStart(4, '0')}`;
      return playCase(client, kind === 'drawn' ? 'drawn' : 'by-hand', kind, caseNumber);
    });

  async function measure(kind: Kind): Promise<Sample> {
    const worker = workerOf(kind);
    const usage = async () => [await worker.cpuMs(), cpuMsOf(temporal.pid), cpuMsOf(mongodb.pid)] as const;
    const before = await usage();
    const begun = performance.now();
    const played = await playSome(kind, cases);
    const seconds = (performance.now() - begun) / 1000;
    const after = await usage();
    const per = (index: 0 | 1 | 2) => (after[index] - before[index]) / cases;
    return {
      workerMs: per(0),
      temporalMs: per(1),
      mongodbMs: per(2),
      perSecond: cases / seconds,
      events: median(played.map((one) => one.events)),
      bytes: median(played.map((one) => one.bytes)),
    };
  }

  console.log(`${rounds} rounds of ${cases} cases, ${atOnce} at once; load ${load()}`);
  for (const kind of kinds) {
    const [one] = await playSome(kind, kind === 'by-hand, short journal' ? atOnce : warmUp);
    const lines = await JournalModel.countDocuments({ instance: one?.workflowId });
    console.log(`warm: ${kind}, ${one?.events} events, ${lines} journal lines`);
  }
  const samples = new Map<Kind, Sample[]>(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) {
      const sample = await measure(kind);
      samples.get(kind)?.push(sample);
      console.log(`round ${round + 1} ${kind}: ${rounded(sample.workerMs)} ms worker CPU, load ${load()}`);
    }
  }
  const of = (kind: Kind, field: keyof Sample) => median((samples.get(kind) ?? []).map((sample) => sample[field]));
  const rows: [string, keyof Sample, number][] = [
    ['worker CPU per case, ms', 'workerMs', 1],
    ['events per case', 'events', 0],
    ['history per case, bytes', 'bytes', 0],
    ['Temporal CPU per case, ms', 'temporalMs', 1],
    ['database CPU per case, ms', 'mongodbMs', 1],
    ['cases per second', 'perSecond', 2],
  ];
  console.log(`\nload ${load()}\n`);
  console.log(
    table(
      ['median', ...kinds, 'drawn : by-hand', 'range over rounds'],
      rows.map(([name, field, digits]) => {
        const perRound = (samples.get('drawn') ?? []).map(
          (sample, round) => sample[field] / (samples.get('by-hand')?.[round]?.[field] ?? Number.NaN),
        );
        return [
          name,
          ...kinds.map((kind) => rounded(of(kind, field), digits)),
          ratio(of('drawn', field), of('by-hand', field)),
          `${Math.min(...perRound).toFixed(2)}–${Math.max(...perRound).toFixed(2)}`,
        ];
      }),
    ),
  );
  await connection.close();
} finally {
  for (const worker of workers) await worker.stop();
  await disconnectStore();
  await Promise.all([temporal.stop(), mongodb.stop()]);
  await rm(folder, { recursive: true, force: true });
}
