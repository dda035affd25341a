import mongoose from 'mongoose';
import { describe, expect, test, vi } from 'vitest';
import { findComplaint, saveIntake } from '../../../store/processes/complaint/complaints.ts';
import { findInstance, findMessageListeners, InstanceModel } from '../../../store/runtime/instances.ts';
import { listJournal } from '../../../store/runtime/journal.ts';
import { lastLineOfPreviousRun, recordTermination } from '../../../store/runtime/previous-run.ts';
import { writeProjection } from '../../../store/runtime/projection.ts';
import type { JournalRow, TaskRow } from '../../../store/runtime/rows.ts';
import { countTasks, findTask, listTasks, TaskModel, type TaskSource } from '../../../store/runtime/tasks.ts';
import { untilBegun, untilWritten } from '../../../store/runtime/written-rows.ts';
import { aComplaintRow, anInstanceRow, aTaskRow, journalOf } from '../../store/builders.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

test('a row is written, a newer one replaces it, an older one changes nothing', async () => {
  const id = 'complaint/BJ2026110001';
  const at = (seq: number, stage: string) => ({
    instance: anInstanceRow({ _id: id, seq, stage }),
    tasks: [aTaskRow({ _id: 'complaint.BJ2026110001.7', instance: id, seq, assignee: `nobody-${seq}` })],
    journal: [],
  });
  await writeProjection(at(3, 'accepted'));
  await writeProjection(at(5, 'investigation'));
  await writeProjection(at(5, 'investigation'));
  await writeProjection(at(4, 'late'));
  expect(await findInstance(id)).toMatchObject({ seq: 5, stage: 'investigation' });
  expect(await findTask('complaint.BJ2026110001.7')).toMatchObject({ seq: 5, assignee: 'nobody-5' });
});

test('rows keep their facility and instance, and attempts to change them are reported', async () => {
  const id = 'complaint/BJ2026110091';
  const of = (facility: string, seq: number, instance = id) => ({
    instance: anInstanceRow({ _id: instance, facility, seq }),
    tasks: [aTaskRow({ _id: 'complaint.BJ2026110091.7', instance, facility, seq })],
    journal: [],
    processRow: aComplaintRow({ _id: 'BJ2026110091', instance, facility, seq }),
  });
  expect(await writeProjection(of('BJ', 1))).toBeUndefined();
  expect(await writeProjection(of('SH', 2))).toBe('foreign');
  // Another instance that says of itself that it is this case.
  expect(await writeProjection(of('BJ', 3, 'complaint/BJ2026110092'))).toBe('foreign');
  expect(await findInstance(id)).toMatchObject({ facility: 'BJ', seq: 1 });
  expect(await findTask('complaint.BJ2026110091.7')).toMatchObject({ facility: 'BJ', instance: id, seq: 1 });
  expect(await findComplaint('BJ2026110091')).toMatchObject({ facility: 'BJ', instance: id, seq: 1 });
  expect(await writeProjection(of('BJ', 4))).toBeUndefined();
});

test('a row that the database refuses is reported, written without its columns, and does not keep others from being written', async () => {
  const id = 'complaint/BJ2026110095';
  const refusedColumns = { ['no\0name']: 'x' };
  const task = (key: string, columns?: TaskRow['columns']) =>
    aTaskRow({ _id: `complaint.BJ2026110095.${key}`, instance: id, seq: 1, ...(columns && { columns }) });
  const rows = {
    instance: anInstanceRow({ _id: id, seq: 1, columns: refusedColumns }),
    tasks: [task('7', refusedColumns), task('8', { amount: 1 })],
    journal: [{ ...journalOf([1])[0], data: refusedColumns } as JournalRow],
  };
  const refused: string[] = [];
  expect(await writeProjection(rows, (row) => refused.push(`${row.kind} ${row.id}`))).toBeUndefined();
  expect(refused.sort()).toEqual([`instance ${id}`, `journal ${id}`, 'task complaint.BJ2026110095.7']);
  expect(await findInstance(id)).toMatchObject({ seq: 1 });
  expect(await findTask('complaint.BJ2026110095.7')).toMatchObject({ seq: 1 });
  expect(await findTask('complaint.BJ2026110095.8')).toMatchObject({ columns: { amount: 1 } });
  expect(await listJournal(id, 0, 10)).toMatchObject([{ n: 1, data: { unwritten: true } }]);
});

test('an outage while rows are written is no refusal', async () => {
  const away = new mongoose.mongo.MongoServerError({ code: 14031, message: 'out of disk space' });
  const refused: unknown[] = [];
  const spy = vi.spyOn(TaskModel.collection, 'bulkWrite').mockRejectedValue(away);
  const id = 'complaint/BJ2026110096';
  const rows = {
    instance: anInstanceRow({ _id: id, seq: 1 }),
    tasks: [aTaskRow({ _id: 'complaint.BJ2026110096.7', instance: id, seq: 1 })],
    journal: [],
  };
  await expect(writeProjection(rows, (row) => refused.push(row))).rejects.toBe(away);
  expect(refused).toEqual([]);
  spy.mockRestore();
});

test('whoever waits for rows continues when they are written, asked for in one query, or when the time is over', async () => {
  const [one, two] = ['complaint/BJ2026110031', 'complaint/BJ2026110032'];
  const write = (id: string, seq: number) =>
    writeProjection({ instance: anInstanceRow({ _id: id, seq }), tasks: [], journal: [] });
  await write(one, 1);
  const done: string[] = [];
  const waiting = [
    untilWritten(one, 2, 60_000).then(() => done.push('one')),
    untilBegun(two, 60_000).then(() => done.push('two')),
  ];
  await untilWritten(two, 5, 1);
  expect(done).toEqual([]);
  await write(one, 2);
  await write(two, 1);
  const find = vi.spyOn(InstanceModel, 'find');
  await Promise.all(waiting);
  expect(done.sort()).toEqual(['one', 'two']);
  for (const [filter] of find.mock.calls) expect(filter).toHaveProperty('_id.$in');
  find.mockRestore();
});

test('of many writers at once the newest row wins', async () => {
  const id = 'complaint/BJ2026110002';
  const seqs = Array.from({ length: 30 }, (_, n) => (n * 7) % 30);
  await Promise.all(
    seqs.map((seq) => writeProjection({ instance: anInstanceRow({ _id: id, seq }), tasks: [], journal: [] })),
  );
  expect(await findInstance(id)).toMatchObject({ seq: 29 });
});

test('a field missing in a newer row is removed', async () => {
  const id = 'complaint/BJ2026110003';
  await writeProjection({
    instance: anInstanceRow({ _id: id, seq: 1, dueAt: '2026-11-23T00:00:00.000Z' }),
    tasks: [],
    journal: [],
  });
  await writeProjection({ instance: anInstanceRow({ _id: id, seq: 2 }), tasks: [], journal: [] });
  expect(await findInstance(id)).not.toHaveProperty('dueAt');
});

test('a step that came out differently when it was done again leaves its last words only', async () => {
  const id = 'complaint/BJ2026110006';
  const attempt = (stage: string, kind: 'element-activated' | 'element-cancelled') => ({
    instance: anInstanceRow({ _id: id, seq: 4, stage }),
    tasks: [aTaskRow({ _id: 'complaint.BJ2026110006.7', instance: id, seq: 4, assignee: stage })],
    journal: journalOf([1], kind),
    processRow: aComplaintRow({ _id: 'BJ2026110006', seq: 4, stage }),
  });
  await writeProjection(attempt('accepted', 'element-activated'));
  await writeProjection(attempt('closing', 'element-cancelled'));
  expect(await findInstance(id)).toMatchObject({ seq: 4, stage: 'closing' });
  expect(await findTask('complaint.BJ2026110006.7')).toMatchObject({ assignee: 'closing' });
  expect(await findComplaint('BJ2026110006')).toMatchObject({ stage: 'closing' });
  expect(await listJournal(id, 0, 10)).toMatchObject([{ n: 1, kind: 'element-cancelled' }]);
});

test('journal lines of a discarded step are removed when the step is repeated', async () => {
  const id = 'complaint/BJ2026110009';
  const row = (seq: number) => anInstanceRow({ _id: id, seq });
  await writeProjection({ instance: row(10), tasks: [], journal: journalOf([1, 2, 3]) });
  const again = { instance: row(20), tasks: [], journal: journalOf([1, 2]) };
  await writeProjection(again);
  expect((await listJournal(id, 0, 10)).map((line) => line.n)).toEqual([1, 2]);

  await writeProjection({ instance: row(30), tasks: [], journal: journalOf([3]) });
  await writeProjection(again);
  expect((await listJournal(id, 0, 10)).map((line) => line.n)).toEqual([1, 2, 3]);
});

describe('rows from before', () => {
  const id = 'complaint/BJ2026110013';
  const row = (seq: number) => ({ instance: anInstanceRow({ _id: id, seq }), tasks: [], journal: [] });

  test('is empty or a previous life at the first rows', async () => {
    expect(await writeProjection({ ...row(50), expectedSeqs: { seqs: [40], first: true } })).toBeUndefined();
    expect(await writeProjection({ ...row(110), expectedSeqs: { seqs: [100], first: true } })).toBeUndefined();
  });

  test('is what was written last, or one of those written in the meantime', async () => {
    expect(await writeProjection({ ...row(120), expectedSeqs: { seqs: [110] } })).toBeUndefined();
    expect(await writeProjection({ ...row(140), expectedSeqs: { seqs: [120, 130] } })).toBeUndefined();
  });

  test('are reported when they differ: rows of a discarded step, of the same number, or none', async () => {
    expect(await writeProjection({ ...row(160), expectedSeqs: { seqs: [150] } })).toBe('other');
    expect(await writeProjection({ ...row(160), expectedSeqs: { seqs: [150] } })).toBe('other');
    expect(await writeProjection({ ...row(170), expectedSeqs: { seqs: [165], first: true } })).toBeUndefined();
    expect(await writeProjection({ ...row(180), expectedSeqs: { seqs: [165], first: true } })).toBe('other');
    const other = { ...row(2), instance: anInstanceRow({ _id: 'complaint/BJ2026110014', seq: 2 }) };
    expect(await writeProjection({ ...other, expectedSeqs: { seqs: [1] } })).toBe('other');
  });

  test("is nobody's business when newer rows are there", async () => {
    expect(await writeProjection({ ...row(170), expectedSeqs: { seqs: [150] } })).toBe('newer');
    expect(await findInstance(id)).toMatchObject({ seq: 180 });
  });
});

test('whole rows replace tasks and journal lines of a discarded step', async () => {
  const id = 'complaint/BJ2026110015';
  const task = (key: string, seq: number, status: 'open' | 'completed' = 'open') =>
    aTaskRow({ _id: `complaint.BJ2026110015.${key}`, instance: id, key, seq, status });
  const row = (seq: number) => anInstanceRow({ _id: id, seq });
  const tasks = [task('1', 10, 'completed'), task('2', 10), task('3', 10)];
  await writeProjection({ instance: row(10), tasks, journal: journalOf([1, 2]) });
  const ghosts = [task('2', 20, 'completed'), task('4', 20), task('5', 20, 'completed')];
  await writeProjection({ instance: row(20), tasks: ghosts, journal: journalOf([3, 4, 5]) });
  const again = {
    instance: row(30),
    tasks: [task('3', 30, 'completed')],
    journal: journalOf([3]),
    expectedSeqs: { seqs: [10] },
  };
  expect(await writeProjection(again)).toBe('other');
  const resync = { after: 10, before: 30, keep: ['complaint.BJ2026110015.3'], lines: 3 };
  const all = { instance: row(40), tasks: [task('2', 40)], journal: [], expectedSeqs: { seqs: [30] }, resync };
  expect(await writeProjection(all)).toBeUndefined();
  const rows = await TaskModel.find({ instance: id }).sort({ key: 1 }).lean<{ key: string; status: string }[]>();
  expect(rows.map((one) => `${one.key} ${one.status}`)).toEqual(['1 completed', '2 open', '3 completed']);
  expect((await listJournal(id, 0, 10)).map((line) => line.n)).toEqual([1, 2, 3]);
});

test('journal lines of a discarded step in bursts of their own are removed once all rows are written again', async () => {
  const id = 'complaint/BJ2026110016';
  const row = (seq: number) => anInstanceRow({ _id: id, seq });
  await writeProjection({ instance: row(10), tasks: [], journal: journalOf([1]) });
  await writeProjection({ instance: row(20), tasks: [], journal: journalOf([2, 3]) });
  await writeProjection({ instance: row(30), tasks: [], journal: journalOf([4, 5], 'element-cancelled') });
  const again = { instance: row(40), tasks: [], journal: journalOf([2]), expectedSeqs: { seqs: [10] } };
  expect(await writeProjection(again)).toBe('other');
  const resync = { after: 10, before: 40, keep: [], lines: 2 };
  await writeProjection({ instance: row(50), tasks: [], journal: journalOf([2]), resync });
  expect((await listJournal(id, 0, 10)).map((line) => line.n)).toEqual([1, 2]);
});

test('the journal of a first step that is done again begins at the same line, that of a second life after it', async () => {
  const id = 'refund/BJ2026110007-R1';
  const row = (seq: number, status: 'active' | 'completed') => anInstanceRow({ _id: id, seq, status });
  expect(await lastLineOfPreviousRun(id, 100)).toBe(0);
  await writeProjection({ instance: row(101, 'completed'), tasks: [], journal: journalOf([1, 2]) });
  expect(await lastLineOfPreviousRun(id, 100)).toBe(0);
  expect(await lastLineOfPreviousRun(id, 200)).toBe(2);
  const second = { ...row(201, 'completed'), journalFrom: 2 };
  await writeProjection({ instance: second, tasks: [], journal: journalOf([3]) });
  expect(await lastLineOfPreviousRun(id, 200)).toBe(2);
  expect(await lastLineOfPreviousRun(id, 300)).toBe(3);
});

test('a bulk write that fails without write errors is an outage, and never taken for rows that are there', async () => {
  const id = 'complaint/BJ2026110008';
  const rows = {
    instance: anInstanceRow({ _id: id, seq: 1 }),
    tasks: [aTaskRow({ _id: 'complaint.BJ2026110008.1', instance: id })],
    journal: journalOf([1]),
  };
  const lost = new mongoose.mongo.MongoBulkWriteError(
    new mongoose.mongo.MongoNetworkError('connection closed'),
    {} as mongoose.mongo.BulkWriteResult,
  );
  const write = vi.spyOn(TaskModel.collection, 'bulkWrite').mockRejectedValueOnce(lost);
  await expect(writeProjection(rows)).rejects.toBe(lost);
  write.mockRestore();
  await writeProjection(rows);
  expect(await findInstance(id)).toMatchObject({ seq: 1 });
  expect(await listJournal(id, 0, 10)).toHaveLength(1);
});

test('the journal keeps each line once, in order, as it was written last', async () => {
  const id = 'complaint/BJ2026110004';
  const row = (seq: number) => anInstanceRow({ _id: id, seq });
  await writeProjection({ instance: row(1), tasks: [], journal: journalOf([2, 1]) });
  await writeProjection({ instance: row(2), tasks: [], journal: journalOf([2, 3], 'element-cancelled') });
  const lines = await listJournal(id, 0, 10);
  expect(lines.map((line) => [line.n, line.kind])).toEqual([
    [1, 'element-activated'],
    [2, 'element-cancelled'],
    [3, 'element-cancelled'],
  ]);
});

test('what the process tells of a complaint leaves its intake alone', async () => {
  const intake = {
    channel: 'hotline',
    complainant: { name: '王女士' },
    patient: { name: '王女士' },
    peopleInvolved: [],
    text: '等了两个小时。',
    demand: '道歉',
    emergency: false,
    seriousEvent: false,
    registeredBy: 'intake-bj',
    registeredAt: '2026-11-22T00:00:00.000Z',
  };
  const told = { _id: 'BJ2026110005', facility: 'BJ', receivedAt: intake.registeredAt, intake, requestHash: 'one' };
  const projected = (seq: number, more: object) => ({
    instance: anInstanceRow({ _id: 'complaint/BJ2026110005', seq }),
    tasks: [],
    journal: [],
    processRow: aComplaintRow({ _id: 'BJ2026110005', seq, ...more }),
  });
  await writeProjection(projected(0, { stage: 'accepted', assignee: 'handler-bj' }));
  await saveIntake(told);
  await writeProjection(projected(1, { stage: 'investigation' }));
  await saveIntake({ ...told, requestHash: 'two' });
  const found = await findComplaint('BJ2026110005');
  expect(found).toMatchObject({ stage: 'investigation', seq: 1 });
  expect(found).not.toHaveProperty('assignee');
  expect(found?.intake ?? null).toMatchObject({ text: '等了两个小时。' });
  expect(found?.requestHash).toBe('one');
});

test('the taker of a message is found by name and key among active instances only', async () => {
  const waiting = (id: string, status: 'active' | 'completed', correlationKey?: string) => ({
    instance: anInstanceRow({
      _id: id,
      seq: 1,
      status,
      subscriptions: [
        { name: 'patient-answered', element: 'WaitForAnswer', ...(correlationKey && { correlationKey }) },
      ],
    }),
    tasks: [],
    journal: [],
  });
  await writeProjection(waiting('complaint/BJ2026110010', 'active', 'A'));
  await writeProjection(waiting('complaint/BJ2026110011', 'active', 'B'));
  await writeProjection(waiting('complaint/BJ2026110012', 'completed', 'A'));
  expect(await findMessageListeners('patient-answered', 'A')).toEqual([
    expect.objectContaining({ instance: 'complaint/BJ2026110010', element: 'WaitForAnswer', facility: 'BJ' }),
  ]);
  expect(await findMessageListeners('patient-answered', 'C')).toEqual([]);
});

test('the inbox pages through what a group can do: emergencies first, then by date, by priority, and without a date last', async () => {
  const id = 'complaint/SH2026110001';
  const due = (day: number) => ({ dueAt: `2026-11-${day}T00:00:00.000Z` });
  const abouts: Partial<TaskRow>[] = [
    {},
    due(22),
    { ...due(21), priority: 40 },
    { ...due(21), priority: 60 },
    { ...due(30), priority: 90 },
  ];
  const tasks = abouts.map((about, n) =>
    aTaskRow({
      _id: `complaint.SH2026110001.${n}`,
      instance: id,
      seq: 1,
      facility: 'SH',
      candidateGroups: ['cs-director'],
      ...about,
    }),
  );
  await writeProjection({ instance: anInstanceRow({ _id: id, seq: 1 }), tasks, journal: [] });
  const search = {
    sources: [
      { by: 'group' as const, group: 'cs-director', facility: 'SH' },
      { by: 'facility' as const, facility: 'SH' },
    ],
    status: 'open' as const,
  };
  const numbers = (rows: TaskRow[]) => rows.map((row) => row._id.at(-1)).join('');
  const first = (await listTasks({ ...search, limit: 3 })) as (TaskRow & { urgency: string })[];
  expect(numbers(first)).toBe('432');
  const last = first[2];
  expect(
    numbers(await listTasks({ ...search, after: { value: last?.urgency ?? '', id: last?._id ?? '' }, limit: 3 })),
  ).toBe('10');
  expect(numbers(await listTasks({ ...search, urgent: true, limit: 3 }))).toBe('4');
  const until = '2026-11-22T00:00:00.000Z';
  expect(numbers(await listTasks({ ...search, due: { until }, limit: 3 }))).toBe('321');
  expect(numbers(await listTasks({ ...search, due: { from: until, until }, limit: 3 }))).toBe('1');
  expect(await countTasks({ ...search, urgent: false }, 10)).toBe(4);
});

test('a task is found by its assignee, its candidates and its roles, there and for the whole group, in one query', async () => {
  const id = 'complaint/GZ2026110001';
  const task = (n: number, more: Partial<TaskRow>) =>
    aTaskRow({
      _id: `complaint.GZ2026110001.${n}`,
      instance: id,
      seq: 1,
      facility: 'GZ',
      candidateGroups: [],
      createdAt: `2026-11-2${n}T00:00:00.000Z`,
      ...more,
    });
  const tasks = [
    task(1, { assignee: 'wang' }),
    task(2, { candidateUsers: ['wang', 'li'] }),
    task(3, { candidateGroups: ['inspector', 'auditor'] }),
    task(4, { candidateGroups: ['auditor'], assignee: 'zhao' }),
  ];
  await writeProjection({ instance: anInstanceRow({ _id: id, seq: 1 }), tasks, journal: [] });
  const find = vi.spyOn(TaskModel, 'find');
  const found = async (...sources: TaskSource[]) =>
    (await listTasks({ sources, status: 'open', facilities: ['GZ'], limit: 10 })).map((row) => row._id.at(-1)).join('');
  expect(await found({ by: 'assignee', staff: 'wang' })).toBe('1');
  expect(await found({ by: 'candidate', staff: 'wang' })).toBe('2');
  expect(await found({ by: 'group', group: 'auditor' })).toBe('34');
  expect(await found({ by: 'group', group: 'auditor', facility: 'SH' })).toBe('');
  expect(await found({ by: 'facility' })).toBe('1234');
  find.mockClear();
  const wang = [
    { by: 'assignee', staff: 'wang' },
    { by: 'candidate', staff: 'wang' },
  ] as const;
  expect(await found(...wang, { by: 'group', group: 'inspector', facility: 'GZ' })).toBe('123');
  expect(find).toHaveBeenCalledTimes(1);
  find.mockRestore();
  await writeProjection({ instance: anInstanceRow({ _id: id, seq: 2 }), tasks: [task(1, { seq: 2 })], journal: [] });
  expect(await found({ by: 'assignee', staff: 'wang' })).toBe('');
});

test('nothing that a terminated run writes later is taken, whatever its number; another run under the id is', async () => {
  const id = 'complaint/BJ2026110097';
  const endedAt = '2026-11-22T00:01:00.000Z';
  const subscription = { name: 'paid', correlationKey: 'T1', element: 'Wait', key: '9' };
  const step = (run: string, seq: number, key: string) => ({
    instance: anInstanceRow({
      _id: id,
      seq,
      run,
      groups: ['handler'],
      participants: ['ann'],
      subscriptions: [subscription],
    }),
    tasks: [aTaskRow({ _id: `complaint.BJ2026110097.${key}`, instance: id, seq, candidateGroups: ['handler'] })],
    journal: [],
  });
  await writeProjection(step('first', Date.parse(endedAt) - 1000, '7'));
  await recordTermination(id, { runId: 'first', endedAt });
  expect(await writeProjection(step('first', Date.parse(endedAt) + 999_000, '8'))).toBe('newer');
  expect(await findInstance(id)).toMatchObject({ status: 'terminated', groups: [], subscriptions: [] });
  expect(await findMessageListeners('paid', 'T1')).toEqual([]);
  for (const key of ['7', '8'])
    expect(await findTask(`complaint.BJ2026110097.${key}`)).toMatchObject({ status: 'cancelled', candidateGroups: [] });
  const keys = await InstanceModel.findById(id, { readKeys: 1 }).lean<{ readKeys: string[] }>();
  expect(keys?.readKeys).toContain('p:ann');
  expect(keys?.readKeys.filter((one) => one.startsWith('g:'))).toEqual([]);

  await writeProjection(step('reset', Date.parse(endedAt) + 999_000, '9'));
  expect(await findInstance(id)).toMatchObject({ status: 'active', groups: ['handler'] });
});

test('the end of an instance that was terminated stays, also when rows of its last step come later', async () => {
  const id = 'complaint/BJ2026110021';
  const task = 'complaint.BJ2026110021.7';
  const began = Date.parse('2026-11-22T00:00:00.000Z');
  const endedAt = '2026-11-22T00:01:00.000Z';
  const step = (seq: number, n: number) => ({
    instance: anInstanceRow({ _id: id, seq }),
    tasks: [aTaskRow({ _id: task, instance: id, seq })],
    journal: journalOf([n]),
  });
  await writeProjection(step(began, 1));
  const run = { runId: 'r', endedAt, reason: 'a mistake', identity: 'ops@host' };
  expect(await recordTermination(id, run)).toBe(true);
  expect(await writeProjection(step(began + 59_000, 2))).toBe('newer');
  expect(await recordTermination(id, run)).toBe(false);
  expect(await findInstance(id)).toMatchObject({ status: 'terminated', endedAt, waits: [], incidents: [] });
  expect(await findTask(task)).toMatchObject({ status: 'cancelled', closedAt: endedAt });
  const [, end, ...more] = await listJournal(id, 0, 10);
  expect(end).toMatchObject({
    kind: 'instance-ended',
    data: { status: 'terminated', outside: true, reason: 'a mistake' },
  });
  expect(more).toEqual([]);
});
