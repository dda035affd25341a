/**
 * CPU of the thread that runs the workflows, per instance from its start to its end: a complaint, drawn and by hand, against an empty
 * workflow that takes as many updates.
 * `npm run bench -- activations [--rounds=5] [--cases=20] [--at-once=4] [--warm-up=60] [--profile=FOLDER]`
 */
import { join } from 'node:path';
import { playCase, playEmpty, playMany } from './support/cases.ts';
import { load, median, option, rounded, table, textOption } from './support/numbers.ts';
import { caseNumbers, withServers } from './support/servers.ts';
import { type MeasuredWorker, weighing } from './support/workers.ts';

const rounds = option('rounds', 5);
const cases = option('cases', 20);
const atOnce = option('at-once', 4);
const warmUp = option('warm-up', 60);
/** Writes a CPU profile of each worker thread to this folder. */
const profileTo = textOption('profile');

const kinds = { empty: 'empty workflow', 'by-hand': 'complaint by hand', drawn: 'complaint drawn' } as const;
type Kind = keyof typeof kinds;
const kindsInOrder = Object.keys(kinds) as Kind[];

await withServers(async ({ client, worker: start }) => {
  const caseNumber = caseNumbers();
  const profile = (kind: Kind) =>
    profileTo ? ['--cpu-prof', `--cpu-prof-dir=${join(profileTo, kind)}`, '--cpu-prof-interval=500'] : [];
  const workers = {} as Record<Kind, MeasuredWorker>;
  for (const kind of kindsInOrder) workers[kind] = await start(kind, kind, [...weighing, ...profile(kind)]);
  const play = (kind: Kind, count: number) =>
    playMany(count, atOnce, () =>
      kind === 'empty'
        ? playEmpty(client, kind, caseNumber())
        : playCase(client, kind, kind === 'by-hand' ? 'by-hand' : 'drawn', caseNumber()),
    );
  for (const kind of kindsInOrder) await play(kind, warmUp);

  const samples: Record<Kind, number[]> = { empty: [], 'by-hand': [], drawn: [] };
  for (let round = 0; round < rounds; round++)
    for (const kind of kindsInOrder) {
      const before = await workers[kind].threadCpuMs();
      await play(kind, cases);
      samples[kind].push(((await workers[kind].threadCpuMs()) - before) / cases);
    }
  const over = (kind: Kind) => samples[kind].map((ms, round) => ms - (samples.empty[round] ?? Number.NaN));
  console.log(`${rounds} rounds of ${cases} cases, ${atOnce} at once; load ${load()}\n`);
  console.log(
    table(
      ['CPU of the workflow thread per instance, ms', 'in all', 'over an empty workflow', 'range over rounds'],
      kindsInOrder.map((kind) => [
        kinds[kind],
        rounded(median(samples[kind]), 2),
        rounded(median(over(kind)), 2),
        `${rounded(Math.min(...over(kind)), 2)}–${rounded(Math.max(...over(kind)), 2)}`,
      ]),
    ),
  );
});
