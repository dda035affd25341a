/**
 * CPU of the thread that runs the workflows, per instance from its start to its end: a complaint, drawn and by hand, against a bare
 * workflow that asks of Temporal what the drawn one asked and decides nothing, and against an empty one that only takes as many updates.
 * `npm run bench -- activations [--rounds=5] [--cases=20] [--at-once=4] [--warm-up=60] [--stack-traces=off] [--profile=FOLDER]`
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { playBare, playCase, playEmpty, playMany } from './support/cases.ts';
import { load, median, option, rounded, table, textOption } from './support/numbers.ts';
import { type RecordedRun, recordedOf } from './support/recorded.ts';
import { caseNumbers, withServers } from './support/servers.ts';
import { type MeasuredWorker, weighing } from './support/workers.ts';

const rounds = option('rounds', 5);
const cases = option('cases', 20);
const atOnce = option('at-once', 4);
const warmUp = option('warm-up', 60);
/** Writes a CPU profile of each worker thread to this folder. */
const profileTo = textOption('profile');
const noStackTraces = ['--require', fileURLToPath(new URL('../worker/no-stack-traces.cjs', import.meta.url))];
const tracesOff = textOption('stack-traces') === 'off';

const kinds = {
  empty: 'empty workflow',
  bare: 'complaint, nothing decided',
  'by-hand': 'complaint by hand',
  drawn: 'complaint drawn',
} as const;
type Kind = keyof typeof kinds;
const kindsInOrder = Object.keys(kinds) as Kind[];

/** Plays one drawn complaint and keeps what it asked of Temporal. */
async function record(client: Client, caseNumber: string): Promise<RecordedRun> {
  const { workflowId } = await playCase(client, 'drawn', 'drawn', caseNumber);
  const handle = client.workflow.getHandle(workflowId);
  const told = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  return recordedOf(await handle.fetchHistory(), told.currentDetails ?? '');
}

await withServers(async ({ client, byHandClient, folder, worker: start }) => {
  const caseNumber = caseNumbers();
  const argumentsFor = (kind: Kind) => [
    ...weighing,
    ...(tracesOff ? noStackTraces : []),
    ...(profileTo ? ['--cpu-prof', `--cpu-prof-dir=${join(profileTo, kind)}`, '--cpu-prof-interval=500'] : []),
  ];
  const workers = {} as Record<Kind, MeasuredWorker>;
  workers.drawn = await start('drawn', 'drawn', argumentsFor('drawn'));
  const recorded = await record(client, caseNumber());
  const recordedFile = join(folder, 'recorded.mjs');
  await writeFile(recordedFile, `export const recorded = ${JSON.stringify(recorded)};\n`);
  for (const kind of ['empty', 'by-hand'] as const) workers[kind] = await start(kind, kind, argumentsFor(kind));
  workers.bare = await start('bare', 'bare', argumentsFor('bare'), recordedFile);

  const play = (kind: Kind, count: number) =>
    playMany(count, atOnce, () => {
      if (kind === 'empty') return playEmpty(byHandClient, kind, caseNumber());
      if (kind === 'bare') return playBare(byHandClient, kind, caseNumber(), recorded.acts.length);
      return playCase(kind === 'drawn' ? client : byHandClient, kind, kind, caseNumber());
    });
  const events = {} as Record<Kind, number>;
  for (const kind of kindsInOrder) {
    const played = await play(kind, warmUp);
    events[kind] = median(played.map((one) => one.events));
  }

  const samples: Record<Kind, number[]> = { empty: [], bare: [], 'by-hand': [], drawn: [] };
  for (let round = 0; round < rounds; round++)
    for (const kind of kindsInOrder) {
      const before = await workers[kind].threadCpuMs();
      await play(kind, cases);
      samples[kind].push(((await workers[kind].threadCpuMs()) - before) / cases);
    }
  const over = (kind: Kind, base: Kind) => samples[kind].map((ms, round) => ms - (samples[base][round] ?? Number.NaN));
  const shown = (values: number[]) =>
    `${rounded(median(values), 1)} (${rounded(Math.min(...values), 1)}–${rounded(Math.max(...values), 1)})`;
  const traces = tracesOff ? ', no stack traces of promises' : '';
  console.log(`${rounds} rounds of ${cases} cases, ${atOnce} at once${traces}; load ${load()}\n`);
  console.log(
    table(
      ['CPU of the workflow thread per instance, ms', 'events', 'in all', 'over empty', 'over nothing decided'],
      kindsInOrder.map((kind) => [
        kinds[kind],
        rounded(events[kind], 0),
        shown(samples[kind]),
        kind === 'empty' ? '' : shown(over(kind, 'empty')),
        kind === 'empty' || kind === 'bare' ? '' : shown(over(kind, 'bare')),
      ]),
    ),
  );
});
