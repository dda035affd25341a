/**
 * What a follow-up chain costs: events, history and CPU of one that only begins and ends, of a message touch, of a call, and of a
 * surgical year. `npm run bench -- chain [--cases=10] [--year=240]`; `--year`: seconds in which its process clock lives a year.
 */
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { compileHere } from '../api/compiler/compiler.ts';
import { deploy } from '../api/resources/definitions/deployment.ts';
import type { Variables } from '../engine/model/plan.ts';
import { operatorRole } from '../engine/model/roles.ts';
import { timeScaleAt } from '../engine/time/time-scale.ts';
import { localDate } from '../engine/time/zone.ts';
import { readDefinition } from '../scripts/definition-files.ts';
import { savePatient } from '../store/patients/patients.ts';
import { findFollowUp } from '../store/processes/followUp/follow-up-store.ts';
import { listTasksOf } from '../store/runtime/tasks.ts';
import { type StartInput, startPresentation, updateNames } from '../workflows/runtime/instance-messages.ts';
import { cpuMsOf, load, median, option, rounded, table } from './support/numbers.ts';
import { withServers } from './support/servers.ts';

const cases = option('cases', 10);
const yearSeconds = option('year', 240);
const speed = (365 * 86_400) / yearSeconds;
const dayMs = 86_400_000;
const zone = 'Asia/Shanghai';

type Days = Record<string, { on: string; ref: string }[]>;
/** Local date so many days after today. */
const after = (days: number): string => localDate(new Date(Date.now() + days * dayMs).toISOString(), zone);
const on = (days: number, ref: string) => [{ on: after(days), ref }];

/** The days of each kind; the last touch of the year lies a month later where sutures were removed. */
const kinds: Record<string, () => Days> = {
  'begins and ends': () => ({}),
  'one message': () => ({ revisit: on(1, 'V2') }),
  'one call': () => ({ noShow: on(2, 'A1') }),
  'a surgical year': () => ({
    firstVisit: on(1, 'V1'),
    dressing: on(5, 'A1'),
    surgery: on(2, 'R0'),
    suturesRemoved: on(9, 'R0'),
    revisit: on(20, 'V2'),
    lastVisit: on(20, 'V2'),
  }),
};

interface Cost {
  events: number;
  bytes: number;
  touches: number;
  late: number;
}

await withServers(async ({ client, temporalPid, mongodbPid, worker: start }) => {
  const file = join(import.meta.dirname, '../definitions/followUp/followUp.bpmn');
  const deployed = await deploy(compileHere, await readDefinition(file), operatorRole, new Date().toISOString());
  if (!deployed.ok) throw new Error('followUp cannot be deployed.');
  await savePatient({
    _id: 'P',
    facility: 'BJ',
    details: { name: '王女士', phone: '13800000000' },
    sequence: 1,
    demo: true,
  });
  const worker = await start('drawn', 'chains');
  await Promise.all(Array.from({ length: cases }, (_, n) => playChain(client, `warm-${n}`, {})));
  const rows: string[][] = [];
  for (const [kind, days] of Object.entries(kinds)) {
    const usage = async () => [await worker.cpuMs(), cpuMsOf(temporalPid), cpuMsOf(mongodbPid)];
    const before = await usage();
    const played = await Promise.all(
      Array.from({ length: cases }, (_, n) => playChain(client, `${kind.replaceAll(' ', '-')}-${n}`, days())),
    );
    const cpu = (await usage()).map((ms, part) => (ms - (before[part] ?? 0)) / cases);
    const of = (field: keyof Cost) => median(played.map((one) => one[field]));
    rows.push([
      kind,
      rounded(of('touches'), 0),
      rounded(of('events'), 0),
      rounded(of('bytes'), 0),
      ...cpu.map((ms) => rounded(ms, 0)),
      rounded(Math.max(...played.map((one) => one.late)), 0),
    ]);
    console.log(`${kind}: load ${load()}`);
  }
  const head = [
    'chain',
    'touches',
    'events',
    'history, bytes',
    'worker CPU, ms',
    'Temporal CPU, ms',
    'database CPU, ms',
  ];
  console.log(`\n${cases} at once, a year in ${yearSeconds} s\n`);
  console.log(table([...head, 'overdue at most'], rows));
});

async function playChain(client: Client, name: string, days: Days): Promise<Cost> {
  const chain = `BJ-${name}`;
  const variables: Variables = {
    patient: 'P',
    episode: chain,
    department: 'plastic-surgery',
    kind: 'surgical',
    inpatient: false,
    need: 'C',
    round: 0,
    revision: 1,
    anchors: days,
  };
  const input: StartInput = {
    process: 'followUp',
    businessKey: chain,
    facility: 'BJ',
    startedBy: { id: 'hospital-system-bj' },
    startEvent: 'EpisodeBegun',
    timeScale: timeScaleAt(speed, new Date().toISOString()),
    variables,
  };
  const handle = await client.workflow.start('followUp', {
    workflowId: `followUp/${chain}`,
    taskQueue: 'chains',
    args: [input],
    ...startPresentation(input),
  });
  let hasEnded = false;
  const ended = handle.result().finally(() => {
    hasEnded = true;
  });
  const answered = new Set<string>();
  while (!hasEnded) {
    for (const { key, status } of await listTasksOf(handle.workflowId)) {
      if (status !== 'open' || answered.has(key)) continue;
      answered.add(key);
      const action = { type: 'complete', variables: { outcome: 'reached', overall: '5' } };
      const act = { key, by: { id: 'callback-bj', role: 'callback' }, action };
      await handle.executeUpdate(updateNames.task, { args: [act] }).catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await ended;
  const { historyLength, historySize = 0 } = await handle.describe();
  const touches = (await findFollowUp(chain))?.touches ?? [];
  return {
    events: historyLength,
    bytes: historySize,
    touches: touches.length,
    late: touches.filter(({ state }) => state === 'overdue').length,
  };
}
