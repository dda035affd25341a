import { describe, expect, test } from 'vitest';
import type { TaskRow } from '../../activities/types.ts';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import type { Plan, ProcessProfile } from '../../engine/model/plan.ts';
import type { ClockRecord, InstanceState, WaitOf } from '../../engine/model/types.ts';
import { chinaCalendar } from '../../engine/time/china.ts';
import { realTime } from '../../engine/time/time-scale.ts';
import { complaintRow } from '../../workflows/processes/complaint/workflow.ts';
import { isDecision } from '../../workflows/processes/refund/decisions.ts';
import { refundRow, refundState } from '../../workflows/processes/refund/refund-view.ts';
import { createBursts } from '../../workflows/runtime/bursts.ts';
import { type Columns, createColumns } from '../../workflows/runtime/columns.ts';
import { updateEvents } from '../../workflows/runtime/payload-guards.ts';
import {
  attributeChanges,
  currentAttributes,
  detailsText,
  noAttributes,
} from '../../workflows/runtime/presentation.ts';
import { changedTasks, endedWaits, instanceRow, journalRow, mergeProjections } from '../../workflows/runtime/rows.ts';
import { nextDue } from '../../workflows/runtime/timers.ts';
import type { View } from '../../workflows/runtime/view.ts';

const now = '2026-11-22T10:00:00.000Z';
const plan: Plan = {
  format: 1,
  key: 'p',
  name: '流程',
  flows: {},
  forms: {},
  elements: {},
  roleNames: { president: { zh: '院长', en: 'President' } },
  profile: {
    candidateStarterGroups: [],
    leaderGroups: [],
    stages: [{ id: 'approval', name: '审批' }],
    columns: [],
  },
};

function aTask(about: Partial<WaitOf<'task'>['task']> = {}, key = '3'): WaitOf<'task'> {
  const nobody = { assignee: null, candidateGroups: ['president'], candidateUsers: [], excludedUsers: [] };
  const task = { name: '审批', priority: 50, ...nobody, ...about };
  return { kind: 'task', key, element: 'Approve', scope: '1', since: now, task };
}

function aState(about: Partial<InstanceState> = {}): InstanceState {
  return {
    format: 1,
    revision: 1,
    id: 'complaint/BJ2026110001',
    businessKey: 'BJ2026110001',
    definition: { key: 'complaint', version: 1, hash: 'h' },
    status: 'active',
    startedAt: now,
    nextKey: 4,
    journalLength: 1,
    root: '1',
    waits: {},
    calendar: chinaCalendar(),
    clocks: [],
    closedTasks: [],
    buffer: [],
    ...about,
  };
}

function aView(state: InstanceState, about: Partial<View> = {}): View {
  const input = {
    process: 'complaint',
    businessKey: state.businessKey,
    facility: 'BJ',
    variables: {},
    startedBy: { id: 'intake-bj' },
  };
  return { plan, state, variables: {}, title: '投诉', input, timeScale: realTime, now, memory: {}, ...about };
}

const aClock = (about: Partial<ClockRecord>): ClockRecord => ({
  id: 'closure',
  name: '结案时限',
  element: 'ClosureLimit',
  key: '2',
  startedAt: now,
  dueAt: '2026-11-29T10:00:00.000Z',
  status: 'running',
  reason: { kind: 'duration', from: now, duration: 'P7D' },
  tell: [],
  ...about,
});

describe('task rows', () => {
  test('only tasks whose wait is another object are written', () => {
    const [kept, before, after] = [aTask({}, '2'), aTask(), aTask({ assignee: 'president-bj' })];
    const earlier = aState({ waits: { 2: kept, 3: before } });
    const rows = changedTasks(earlier, aView(aState({ waits: { 2: kept, 3: after } })), 7);
    expect(rows).toMatchObject([{ key: '3', assignee: 'president-bj', seq: 7, status: 'open' }]);
  });

  test('a removed task is closed with actor and time', () => {
    const closed = { key: '3', element: 'Approve', how: 'completed' as const, by: { id: 'president-bj' }, at: now };
    const rows = changedTasks(aState({ waits: { 3: aTask() } }), aView(aState({ closedTasks: [closed] })), 8);
    expect(rows).toMatchObject([{ status: 'completed', closedBy: 'president-bj', closedAt: now }]);
  });

  test('ended waits are reported with their times, also over two bursts', () => {
    const dueAt = '2026-11-23T00:00:00.000Z';
    const [kept, over] = [aTask({}, '2'), aTask({ dueAt })];
    const before = aState({ waits: { 2: kept, 3: over } });
    const view = aView(aState({ waits: { 2: kept } }));
    const first = endedWaits(before, view);
    expect(first).toEqual({ 3: { since: now, dueAt } });
    expect(endedWaits(view.state, view)).toBeUndefined();
    const last = aView(aState());
    const burst = { instance: instanceRow(last, 2), tasks: [], journal: [] };
    const second = endedWaits(view.state, last);
    const both = mergeProjections({ ...burst, endedWaits: first }, { ...burst, endedWaits: second });
    expect(both.endedWaits).toEqual({ 2: { since: now }, 3: { since: now, dueAt } });
  });

  test('two bursts become one write with the newest row of each task and all of the journal', () => {
    const burst = (seq: number, assignee: string) => {
      const view = aView(aState({ waits: { 3: aTask({ assignee }) } }));
      const journal = [{ _id: `x#${seq}`, instance: 'x', n: seq, at: now, kind: 'task-claimed' }];
      return { instance: instanceRow(view, seq), tasks: changedTasks(undefined, view, seq), journal };
    };
    const both = mergeProjections(burst(1, 'a'), burst(2, 'b'));
    expect(both.instance.seq).toBe(2);
    expect(both.tasks.map((row) => row.assignee)).toEqual(['b']);
    expect(both.journal.map((line) => line.n)).toEqual([1, 2]);
  });
});

describe('columns', () => {
  const declared: ProcessProfile = {
    candidateStarterGroups: [],
    leaderGroups: ['hr'],
    stages: [],
    columns: [
      { id: 'days', name: '天数', type: 'number', value: { feel: 'days' }, searchable: true },
      { id: 'reason', name: '事由', type: 'text', value: { feel: 'reason' }, searchable: false },
    ],
  };
  const leave = { ...plan, profile: declared };
  const env = (now: string) => ({ now, evaluator: createEvaluator(leave) });

  test('are worked out again only when the variables have changed', () => {
    const columnsOf = createColumns();
    const at = { plan: leave, state: aState(), variables: { days: 2 } };
    const first = columnsOf(at, env(now));
    expect(first).toEqual({ columns: { days: 2 }, columnKeys: ['days=c000000000000000'] });
    expect(columnsOf({ ...at, state: aState({ journalLength: 9 }) }, env(now))).toBe(first);
    expect(columnsOf({ ...at, variables: { days: 3, reason: '探亲' } }, env(now))).toMatchObject({
      columns: { days: 3, reason: '探亲' },
    });
  });

  test('are not there where a process declares none', () => {
    expect(createColumns()({ plan, state: aState(), variables: { days: 2 } }, env(now))).toBeUndefined();
  });

  test('stand on the tasks of a burst, and on all open ones when they change', () => {
    const bursts = createBursts(1, true);
    const [first, second] = [aTask({}, '3'), aTask({}, '4')];
    const before = aState({ waits: { 3: first, 4: second } });
    const view = (columns: Columns, state = before) => aView(state, { plan: leave, columns });
    const two = { columns: { days: 2 }, columnKeys: [] };
    bursts.collect(undefined, view(two), []);
    expect(bursts.close(view(two)).rows.tasks.map((row) => [row.key, row.columns])).toEqual([
      ['3', { days: 2 }],
      ['4', { days: 2 }],
    ]);
    const claimed = aState({ waits: { 3: aTask({ assignee: 'president-bj' }, '3'), 4: second } });
    bursts.collect(before, view(two, claimed), []);
    expect(bursts.close(view(two, claimed)).rows.tasks.map((row) => row.key)).toEqual(['3']);
    const three = { columns: { days: 3 }, columnKeys: [] };
    const { rows } = bursts.close(view(three, claimed));
    expect(rows.instance.columns).toEqual({ days: 3 });
    expect(rows.tasks.map((row) => [row.key, row.columns])).toEqual([
      ['3', { days: 3 }],
      ['4', { days: 3 }],
    ]);
  });
});

describe('who may see an instance', () => {
  test('is on its row: the leaders, the candidates of its open tasks, and who has worked on it', () => {
    const bursts = createBursts(1, true, ['handler-bj']);
    const before = aState({ waits: { 3: aTask({ assignee: 'president-bj', candidateUsers: ['gm'] }) } });
    const led = { ...plan, profile: { candidateStarterGroups: [], leaderGroups: ['hr'], stages: [], columns: [] } };
    const view = (state: InstanceState) => aView(state, { plan: led, workers: bursts.workers });
    bursts.collect(undefined, view(before), []);
    expect(bursts.close(view(before)).rows.instance).toMatchObject({
      groups: ['hr', 'president'],
      participants: ['gm', 'handler-bj', 'intake-bj', 'president-bj'],
    });
    const after = aState();
    bursts.collect(before, view(after), []);
    expect(bursts.close(view(after)).rows.instance).toMatchObject({
      groups: ['hr'],
      participants: ['handler-bj', 'intake-bj', 'president-bj'],
    });
  });
});

describe('presentation', () => {
  test('only what changed is written to the search attributes', () => {
    const before = currentAttributes(aView(aState({ waits: { 3: aTask({ dueAt: '2026-11-23T10:00:00.000Z' }) } })));
    expect(attributeChanges(noAttributes, before).map((pair) => pair.key.name)).toEqual(['WaitingFor', 'DueAt']);
    const claimed = currentAttributes(
      aView(aState({ waits: { 3: aTask({ dueAt: '2026-11-23T10:00:00.000Z', assignee: 'president-bj' }) } })),
    );
    expect(attributeChanges(before, claimed)).toEqual([]);
  });

  test('each role, called process and event is an entry of its own, ops for what an incident stopped', () => {
    const call = {
      key: '4',
      element: 'Refund',
      since: now,
      kind: 'call',
      process: 'refund',
      businessKey: 'R-1',
    } as const;
    const paid = { type: 'message' as const, name: 'paid' };
    const event = { key: '5', element: 'Remind', since: now, kind: 'event' as const, triggers: [paid] };
    const incident = { code: 'job-failed', params: { reason: 'no-occurrence' }, at: now } as const;
    const stopped = {
      key: '6',
      element: 'Pay',
      since: now,
      kind: 'job',
      jobType: 'pay',
      attempt: 3,
      incident,
    } as const;
    const waits = {
      3: aTask({ candidateGroups: ['president', 'hr'], candidateUsers: ['gm'] }),
      4: call,
      5: event,
      6: stopped,
    };
    expect(currentAttributes(aView(aState({ waits })))).toMatchObject({
      WaitingFor: ['ops', 'gm', 'hr', 'president', 'message', 'refund'],
      Incident: ['job-failed'],
    });
  });

  test('forty long names are cut to what a visibility store takes', () => {
    const people = Array.from({ length: 40 }, (_, index) => `${index + 10}-${'王'.repeat(300)}`);
    const shown = currentAttributes(
      aView(aState({ waits: { 3: aTask({ candidateGroups: [], candidateUsers: people }) } })),
    );
    const bytes = (text: string) => Buffer.byteLength(text);
    expect(shown.WaitingFor?.at(-1)).toBe('…');
    expect(bytes(JSON.stringify(shown.WaitingFor))).toBeLessThan(2048);
    expect(Math.max(...(shown.WaitingFor ?? []).map(bytes))).toBeLessThanOrEqual(255);
    const short = currentAttributes(
      aView(
        aState({ waits: { 3: aTask({ candidateGroups: [], candidateUsers: people.map((one) => one.slice(0, 2)) }) } }),
      ),
    );
    expect(short.WaitingFor).toHaveLength(21);
  });

  test('a due date that has passed and a breached limit are overdue; one met late is not any more', () => {
    const late = aState({ waits: { 3: aTask({ dueAt: now }) } });
    expect(currentAttributes(aView(late)).Overdue).toBe(true);
    const breached = aClock({ status: 'breached', breachedAt: now });
    expect(currentAttributes(aView(aState({ clocks: [breached] }))).Overdue).toBe(true);
    expect(currentAttributes(aView(aState({ clocks: [{ ...breached, endedAt: now }] }))).Overdue).toBe(false);
  });

  test('a task that its listeners hold up is still due, one that was taken away is not', () => {
    const { task, kind: _, ...place } = aTask({ dueAt: now });
    const held = (event: 'creating' | 'completing' | 'canceling', before?: typeof task): WaitOf<'job'> => ({
      ...place,
      kind: 'job',
      jobType: 'ask',
      attempt: 1,
      listener: { event, index: 0, task, ...(before && { before }) },
    });
    const shown = (wait: WaitOf<'job'>) => currentAttributes(aView(aState({ waits: { 3: wait } })));
    expect(shown(held('creating'))).toMatchObject({ DueAt: now, Overdue: true });
    expect(shown(held('completing', task))).toMatchObject({ DueAt: now, Overdue: true });
    expect(shown(held('canceling'))).toMatchObject({ DueAt: null, Overdue: false });
    const soon = '2026-11-22T12:00:00.000Z';
    const later = held('completing', { ...task, dueAt: soon });
    expect(nextDue(aState({ waits: { 3: later } }), now)).toBe(soon);
    expect(instanceRow(aView(aState({ waits: { 3: later } })), 1)).toMatchObject({
      dueAt: soon,
      waits: [{ dueAt: soon }],
    });
  });

  test('the details say where, since when, whom it waits for and until when, in the local time of the place', () => {
    const state = aState({
      stage: { id: 'approval', since: now },
      waits: { 3: aTask({ dueAt: '2026-11-23T10:00:00.000Z' }) },
      clocks: [aClock({})],
    });
    const text = detailsText(aView(state, { timeScale: { ...realTime, speed: 60 } }));
    expect(text).toContain('阶段 审批，自 2026-11-22 18:00');
    expect(text).toContain('等待院长办理“Approve”，自 2026-11-22 18:00，应于 2026-11-23 18:00 前');
    expect(text).toContain('时限 结案时限：2026-11-29 18:00');
    expect(text).toContain('60 倍速');
  });

  test('the details say why a date is what it is, and of an incident what can be done, in Chinese', () => {
    const dueReason = { kind: 'working-days' as const, from: now, days: 1, provisional: false, calendarVersion: 1 };
    const due = aTask({ dueAt: '2026-11-23T10:00:00.000Z', dueReason });
    expect(detailsText(aView(aState({ waits: { 3: due } })))).toContain('前（自 2026-11-22 18:00 起 1 个工作日）');
    const params = { reason: 'job' as const, cause: 'The card was declined.' };
    const stopped = { ...aTask({}), incident: { code: 'job-failed' as const, params, at: now } };
    expect(detailsText(aView(aState({ waits: { 3: stopped } })))).toContain(
      '“Approve”停住了：自动任务失败：作业的报告：“The card was declined.”。排除原因后重试',
    );
  });
});

describe('rows of the named processes', () => {
  test('a complaint row reads the variables of fixed names and leaves out what is not there', () => {
    const variables = { caseNumber: 'BJ2026110001', receivedAt: now, quality: false, plan: { amountCents: 120_000 } };
    const row = complaintRow(aView(aState({ stage: { id: 'plan', since: now } }), { variables }), 5);
    expect(row).toMatchObject({ _id: 'BJ2026110001', stage: 'plan', quality: false, planAmountCents: 120_000 });
    expect(Object.keys(row)).not.toContain('closedAt');
  });

  test('a refund says what its process says, else what its open tasks tell', () => {
    const state = aState({ waits: { 3: aTask({ formId: 'refund-decision' }) } });
    expect(refundState({ state, variables: {}, memory: {} })).toBe('approving');
    expect(refundState({ state, variables: { refundStatus: 'sent-back' }, memory: {} })).toBe('sent-back');
    const ended = aState({ status: 'completed', endedAt: now });
    expect(refundRow(aView(ended), 1)).toMatchObject({ status: 'ended', paidCents: 0 });
  });

  test('a refund is paid when its payment was ordered, not when a variable says so', () => {
    const variables = { refundStatus: 'paid', paidCents: 500 };
    const ended = aState({ status: 'completed', endedAt: now });
    expect(refundRow(aView(ended, { variables }), 1)).toMatchObject({ status: 'ended', paidCents: 0 });
    const memory = { money: { applicants: ['consultant-bj'], approvals: [], paidCents: 500 } };
    expect(refundRow(aView(ended, { variables, memory }), 1)).toMatchObject({ status: 'paid', paidCents: 500 });
  });

  test('rows keep the identity of the instance, whatever its variables say', () => {
    const variables = {
      caseNumber: 'SH2026110009',
      refundId: 'X',
      businessKey: 'X',
      facility: 'SH',
      applicant: 'ghost',
    };
    const identity = { _id: 'BJ2026110001', facility: 'BJ', instance: 'complaint/BJ2026110001' };
    expect(complaintRow(aView(aState(), { variables }), 1)).toMatchObject(identity);
    const refund = refundRow(aView(aState(), { variables }), 1);
    expect(refund).toMatchObject({ ...identity, applicants: [] });
    expect(refund).not.toHaveProperty('caseNumber');
    expect(refund).not.toHaveProperty('applicant');
  });
});

describe('what comes from outside', () => {
  test('a decision needs a known word, a person and a role', () => {
    expect(isDecision({ decision: 'approve', by: 'president-bj', role: 'president' })).toBe(true);
    for (const wrong of [
      null,
      'approve',
      [],
      {},
      { decision: 'yes', by: 'a', role: 'b' },
      { decision: 'approve', by: '' },
    ])
      expect(isDecision(wrong)).toBe(false);
  });

  test('an update that is not of its shape becomes no event', () => {
    const by = { id: 'handler-bj' };
    expect(updateEvents.task({ key: '3', action: { type: 'claim' }, by })).toMatchObject({ type: 'task', key: '3' });
    for (const wrong of [
      undefined,
      {},
      { key: '3', action: { type: 'fly' }, by },
      { key: '3', action: { type: 'claim' } },
    ])
      expect(updateEvents.task(wrong)).toBeUndefined();
    expect(updateEvents.correlate({ id: 'm', name: 'n', variables: [] })).toBeUndefined();
    expect(updateEvents.setVariables({ variables: { a: 1 }, by, scope: 5 })).toBeUndefined();
  });
});

test('where other rows were found, all open tasks are written again, with what was reported meanwhile', () => {
  const view = aView(aState({ waits: { '3': aTask() }, journalLength: 7 }));
  const bursts = createBursts(40, true);
  const [open] = changedTasks(undefined, view, 50) as [TaskRow];
  const closed = { ...open, _id: 'complaint.BJ2026110001.2', key: '2', status: 'completed' } as const;
  const line = journalRow(view, { n: 7, at: now, kind: 'element-completed' }, 0);
  const written = {
    instance: instanceRow(view, 50),
    tasks: [closed, open],
    journal: [line],
    expectedSeqs: { seqs: [40] },
  };
  bursts.correct(written);
  expect(bursts.dirty).toBe(true);
  const { rows } = bursts.close(view);
  expect(rows.tasks.map((row) => [row.key, row.status])).toEqual([
    ['3', 'open'],
    ['2', 'completed'],
  ]);
  expect(rows.tasks.every((row) => row.seq === rows.instance.seq)).toBe(true);
  expect(rows.journal).toEqual([line]);
  expect(rows.resync).toEqual({ after: 40, before: 50, keep: [closed._id, open._id], lines: 7 });
  expect(bursts.close(view).rows).not.toHaveProperty('whole');
});
