/**
 * The inbox at 100,000 open tasks: how long the database takes for each list, filter and count that the console asks for, for people with
 * few and with many roles. Every question is asked through the functions of the store, as the API does.
 * `npm run bench -- inbox [--tasks=100000] [--rounds=30] [--only=TEXT]`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dueRange } from '../api/resources/tasks/due-filter.ts';
import { inboxSources } from '../api/resources/tasks/task-filter.ts';
import { columnKey, columnRange } from '../engine/columns/column-keys.ts';
import { startMongodb } from '../scripts/servers/mongodb.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { countTasks, listTasks, type TaskFilter, type TaskSearch } from '../store/runtime/tasks.ts';
import { facilities, fillTasks } from './support/inbox-rows.ts';
import { cpuMsOf, load, option, rounded, table, textOption } from './support/numbers.ts';

const tasks = option('tasks', 100_000);
const rounds = option('rounds', 30);
const only = textOption('only') ?? '';
const limit = 101;

type Person = Parameters<typeof inboxSources>[0];
interface Asker {
  title: string;
  sees: TaskFilter;
}

const asker = (title: string, person: Person, at?: string[]): Asker => ({
  title,
  sees: { sources: inboxSources(person), ...(at && { facilities: at }), status: 'open', assignees: [null, person.id] },
});
const held = (role: string, facility: string) => ({ role, facility });

const handler = asker('one role, one facility', { id: 'handler-bj-1', name: '', roles: [held('handler', 'BJ')] }, [
  'BJ',
]);
const many = asker(
  'four roles at three facilities',
  {
    id: 'cs-director-bj-1',
    name: '',
    roles: ['intake', 'handler', 'cs-director', 'medical-affairs'].flatMap((role) =>
      ['BJ', 'SH', 'CD'].map((facility) => held(role, facility)),
    ),
  },
  ['BJ', 'SH', 'CD'],
);
const overseer: Asker = {
  title: 'everything of a facility',
  sees: { sources: [{ by: 'facility', facility: 'BJ' }], facilities: ['BJ'], status: 'open' },
};
const group: Asker = { title: 'everything of the group', sees: { sources: [{ by: 'facility' }], status: 'open' } };

type Question = (sees: TaskFilter) => Promise<unknown>;
const now = new Date();
const list =
  (more: Partial<TaskSearch>): Question =>
  (sees) =>
    listTasks({ ...sees, ...more, limit });
const due = (band: string) => ({ due: dueRange(band, now, 'Asia/Shanghai') });
/** The index of what is typed begins with the facility. */
const search =
  (...words: string[]): Question =>
  (sees) =>
    listTasks({ facilities, ...sees, words: words.map((beginning) => ({ beginning, people: [] })), limit });
const sorted = (field: string, descending = false) => ({ sort: { field, descending, optional: true } });

const questions: Record<string, Question> = {
  'the inbox, by urgency': list({}),
  'its second page': async (sees) => {
    const last = (await listTasks({ ...sees, limit })).at(-1) as { urgency?: string; _id: string } | undefined;
    return last && listTasks({ ...sees, after: { value: last.urgency ?? '', id: last._id }, limit });
  },
  emergencies: list({ urgent: true }),
  overdue: list(due('overdue')),
  'due today': list(due('today')),
  'due in a week': list(due('week')),
  'of a process': list({ process: 'refund' }),
  'of a stage': list({ process: 'refund', stage: 'pay' }),
  'of a facility': list({ facilities: ['BJ'] }),
  'nobody has it': list({ assignees: [null] }),
  'by a choice': list({ process: 'leave', columns: { oneOf: [[columnKey('kind', 'choice', 'sick')]], within: [] } }),
  'by an amount': list({
    process: 'refund',
    columns: { oneOf: [], within: [columnRange('amountCents', 'money', 1000, 5000)] },
  }),
  'by date': list(sorted('dueAt')),
  'by arrival': list(sorted('createdAt', true)),
  'by a column': list({ process: 'refund', ...sorted('columns.amountCents', true) }),
  'text: 张三': search('张三'),
  'text: zs': search('zs'),
  'text: 退款 by initials, and a name': search('tk', 'wf'),
  'text: a case number': search('bj2026110000'),
  'count of the inbox': (sees) => countTasks(sees, 1000),
  'count of what is overdue': (sees) => countTasks({ ...sees, ...due('overdue') }, 1000),
  'done by me': () =>
    listTasks({
      sources: [{ by: 'closer', staff: 'handler-bj-1' }],
      status: 'completed',
      ...sorted('closedAt', true),
      limit,
    }),
};

interface Measured {
  p50: number;
  p99: number;
  /** Of the database, on average: hardly depends on what else the machine does. */
  cpu: number;
  rows: number;
}

/** Why a question is slow, where it is. */
const whatItReads = (kind: string, rows: number): string =>
  kind === 'mongod'
    ? `${rows} tasks are in the ranges of the index that these roles open; a list is read in its order up to the limit.`
    : `${rows} tasks are in the ranges of the index that these roles open. This database reads all of them for a list, sorts them and then limits; MongoDB reads in the order of the index up to the limit.`;

const warmUp = 2;

async function measure(ask: () => Promise<unknown>, database: number): Promise<Measured> {
  const times: number[] = [];
  let [rows, before] = [0, 0];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    if (round === warmUp) before = cpuMsOf(database);
    const since = performance.now();
    const answer = await ask();
    if (round >= warmUp) times.push(performance.now() - since);
    rows = Array.isArray(answer) ? answer.length : Number(answer ?? 0);
  }
  const cpu = (cpuMsOf(database) - before) / rounds;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), cpu, rows };
}

const folder = await mkdtemp(join(tmpdir(), 'careloop-bench-'));
const mongodb = await startMongodb({
  port: await freePort(),
  dataFolder: join(folder, 'mongodb'),
  logFile: join(folder, 'mongodb.log'),
});
try {
  await connectStore(mongodb.uri);
  const since = Date.now();
  const columnKeys = ({ columns = {} }: { columns?: Record<string, string | number> }) => [
    columnKey('kind', 'choice', columns['kind'] ?? ''),
    columnKey('amountCents', 'money', columns['amountCents'] ?? 0),
  ];
  await fillTasks(tasks, 'open', columnKeys);
  await fillTasks(tasks / 5, 'completed', columnKeys);
  console.log(
    `${mongodb.kind}: ${tasks} open tasks written in ${rounded((Date.now() - since) / 1000)} s; load ${load()}\n`,
  );
  for (const { title, sees } of [handler, many, overseer, group]) {
    const rows: string[][] = [];
    for (const [question, ask] of Object.entries(questions)) {
      if (!`${title} ${question}`.includes(only)) continue;
      const { p50, p99, cpu, rows: found } = await measure(() => ask(sees), mongodb.pid);
      rows.push([question, rounded(p50), rounded(p99), rounded(cpu), String(found)]);
    }
    if (rows.length === 0) continue;
    console.log(`${title}\n${table(['', 'p50 ms', 'p99 ms', 'CPU ms', 'rows'], rows)}`);
    const inRange = await countTasks({ sources: sees.sources, status: 'open' }, tasks);
    console.log(`${whatItReads(mongodb.kind, inRange)}\n`);
  }
  console.log(`load ${load()}`);
} finally {
  await disconnectStore();
  await mongodb.stop();
  await rm(folder, { recursive: true, force: true });
}
