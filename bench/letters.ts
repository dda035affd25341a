/**
 * Letters on their way out: how many a second leave, and what each costs in CPU and commands to the database. The carrier is the simulated one,
 * in a process of its own; the sender is alone in its process, too. Letters of three lanes at five facilities, to a thousand patients.
 * `npm run bench -- letters [--letters=10000] [--per-second=5000]`
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongodb } from '../scripts/servers/mongodb.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { lanes, OutboxModel } from '../store/messaging/outbox.ts';
import { countLetters } from '../store/messaging/outbox-lists.ts';
import { countCommands } from './support/command-counter.ts';
import { fillLetters } from './support/letter-rows.ts';
import { cpuMsOf, load, option, rounded, table } from './support/numbers.ts';

const letters = option('letters', 10_000);
const perSecond = option('per-second', 5000);

const folder = await mkdtemp(join(tmpdir(), 'careloop-bench-letters-'));
const mongodb = await startMongodb({
  port: await freePort(),
  dataFolder: join(folder, 'mongodb'),
  logFile: join(folder, 'mongodb.log'),
});
const children: ChildProcess[] = [];
const program = (file: string, env: NodeJS.ProcessEnv = {}): ChildProcess => {
  const path = join(import.meta.dirname, file);
  const child = spawn(process.execPath, ['--import', 'tsx', path], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  children.push(child);
  return child;
};

try {
  const counter = await countCommands(mongodb.uri, await freePort());
  await connectStore(mongodb.uri);
  await fillLetters(letters);
  const port = await freePort();
  const carrier = program('../gateway/simulator/main.ts', { CARELOOP_SIMULATOR_PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const sender = program('support/sender.ts', {
    MONGODB_URI: counter.uri,
    CARELOOP_GATEWAY: 'simulator',
    CARELOOP_SIMULATOR_URL: url,
    CARELOOP_LETTERS_PER_SECOND: String(perSecond),
  });
  // Started and connected; what comes before is not counted.
  await until(async () => (await countLetters({ status: 'sent' })) > 0);
  const sentBefore = await countLetters({ status: 'sent' });
  counter.take();
  const cpuOf = () => [sender.pid, mongodb.pid, carrier.pid].map((pid) => cpuMsOf(pid ?? 0));
  const before = cpuOf();
  const since = performance.now();
  await until(
    async () => (await countLetters({ status: 'queued' })) + (await countLetters({ status: 'sending' })) === 0,
  );
  const seconds = (performance.now() - since) / 1000;
  const commands = counter.take();
  const after = cpuOf();
  const count = letters - sentBefore;
  const each = (index: number) => rounded(((after[index] ?? 0) - (before[index] ?? 0)) / count, 2);
  const all = [...commands.values()].reduce((sum, one) => sum + one, 0);
  console.log(
    table(
      [
        'letters',
        'load',
        'a second',
        'sender, CPU ms each',
        'database, CPU ms each',
        'carrier, CPU ms each',
        'commands each',
      ],
      [[String(count), load(), rounded(count / seconds), each(0), each(1), each(2), rounded(all / count, 2)]],
    ),
  );
  const frequent = [...commands].sort(([, a], [, b]) => b - a).slice(0, 12);
  console.log(
    table(
      ['command', 'each'],
      frequent.map(([name, times]) => [name, rounded(times / count, 2)]),
    ),
  );
  const order = await OutboxModel.find({}, { lane: 1, handedAt: 1 }).sort({ handedAt: 1 }).lean();
  for (const lane of lanes) {
    const places = order.flatMap((one, index) => (one.lane === lane ? [index] : []));
    console.log(`${lane}: sent as number ${(places[0] ?? 0) + 1} to ${(places.at(-1) ?? 0) + 1}`);
  }
  counter.close();
} finally {
  for (const child of children) child.kill('SIGKILL');
  await disconnectStore();
  await mongodb.stop();
  await rm(folder, { recursive: true, force: true });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
}
