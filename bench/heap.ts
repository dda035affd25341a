/**
 * Heap of a cached complaint, measured in the worker's workflow thread: complaints are started and left at a task, then the heap
 * is weighed with all of them cached, against as many of the hand-written kind.
 * `npm run bench -- heap [--cases=100] [--rounds=3] [--snapshot=FOLDER]`
 */
import { join, resolve } from 'node:path';
import { startCase } from './support/cases.ts';
import { load, median, option, rounded, table, textOption } from './support/numbers.ts';
import { caseNumbers, withServers } from './support/servers.ts';
import { weighing } from './support/workers.ts';

const cases = option('cases', 100);
const rounds = option('rounds', 3);
/** Writes a heap snapshot of the thread that runs the workflows to this folder, with all cases of a kind cached. */
const snapshotTo = textOption('snapshot');

const kinds = { empty: 'empty workflow', 'by-hand': 'complaint by hand', drawn: 'complaint drawn' } as const;
type Kind = keyof typeof kinds;

await withServers(async ({ client, byHandClient, worker: start }) => {
  const caseNumber = caseNumbers();
  const perCase = new Map<Kind, number>();
  for (const kind of Object.keys(kinds) as Kind[]) {
    const taskQueue = `heap-${kind}`;
    const worker = await start(kind, taskQueue, weighing);
    const startSome = async (count: number) => {
      for (let begun = 0; begun < count; begun += 10)
        await Promise.all(
          Array.from({ length: Math.min(10, count - begun) }, () =>
            startCase(kind === 'drawn' ? client : byHandClient, taskQueue, kind, caseNumber()),
          ),
        );
    };
    await startSome(20);
    const weights: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = await worker.heapBytes();
      await startSome(cases);
      weights.push(((await worker.heapBytes()) - before) / cases / 1000);
    }
    perCase.set(kind, median(weights));
    if (snapshotTo !== undefined) await worker.snapshot(join(resolve(snapshotTo), kind));
  }
  const kb = (kind: Kind) => perCase.get(kind) ?? Number.NaN;
  console.log(`${rounds} rounds of ${cases} cases; load ${load()}\n`);
  console.log(
    table(
      ['heap per cached workflow, kB', 'in all', 'over an empty workflow'],
      (Object.keys(kinds) as Kind[]).map((kind) => [kinds[kind], rounded(kb(kind)), rounded(kb(kind) - kb('empty'))]),
    ),
  );
});
