/**
 * One complaint, drawn against hand-written: the worker's CPU, events, history, the servers' CPU, cases per second.
 * `npm run bench -- complaint [--rounds=5] [--cases=20] [--at-once=8] [--warm-up=30]`
 */
import { join } from 'node:path';
import { lastJournalLine } from '../store/runtime/journal.ts';
import { type Kind, playCase, playMany } from './support/cases.ts';
import { cpuMsOf, load, median, option, ratio, rounded, table, textOption } from './support/numbers.ts';
import { caseNumbers, withServers } from './support/servers.ts';

const rounds = option('rounds', 5);
const cases = option('cases', 20);
const atOnce = option('at-once', 8);
const warmUp = option('warm-up', 30);
/** Writes a CPU profile of each worker thread to this folder. */
const profileTo = textOption('profile');

const kinds: Kind[] = ['drawn', 'by-hand', 'by-hand, short journal'];

interface Sample {
  workerMs: number;
  temporalMs: number;
  mongodbMs: number;
  perSecond: number;
  events: number;
  bytes: number;
}

await withServers(async ({ client, byHandClient, temporalPid, mongodbPid, worker: start }) => {
  const profile = (kind: string) =>
    profileTo ? ['--cpu-prof', `--cpu-prof-dir=${join(profileTo, kind)}`, '--cpu-prof-interval=500'] : [];
  const drawn = await start('drawn', 'drawn', profile('drawn'));
  const byHand = await start('by-hand', 'by-hand', profile('by-hand'));
  const workerOf = (kind: Kind) => (kind === 'drawn' ? drawn : byHand);

  const caseNumber = caseNumbers();
  const playSome = (kind: Kind, count: number) =>
    playMany(count, atOnce, () =>
      playCase(kind === 'drawn' ? client : byHandClient, kind === 'drawn' ? 'drawn' : 'by-hand', kind, caseNumber()),
    );

  async function measure(kind: Kind): Promise<Sample> {
    const worker = workerOf(kind);
    const usage = async () => [await worker.cpuMs(), cpuMsOf(temporalPid), cpuMsOf(mongodbPid)] as const;
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
    const lines = await lastJournalLine(one?.workflowId ?? '');
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
});
