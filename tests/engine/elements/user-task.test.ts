import { describe, expect, test } from 'vitest';
import { act, refuse } from '../../../engine/index.ts';
import type { UserTask } from '../../../engine/model/types.ts';
import { aPlan, feel, literal } from '../support/plan.ts';
import { play, someone, startedAt } from '../support/play.ts';

const other = { id: 'handler-bj' };
const aTask = (more: Partial<UserTask> = {}): UserTask => ({
  name: '审批',
  assignee: null,
  candidateGroups: ['handler'],
  candidateUsers: [],
  excludedUsers: [],
  priority: 50,
  ...more,
});
const refusalOf = (result: ReturnType<typeof act>) => (result.ok ? undefined : result.refusal.code);

describe('acts on a task', () => {
  test('claiming gives it to who claims, once', () => {
    const claimed = act(aTask(), { type: 'claim' }, someone, startedAt);
    expect(claimed).toMatchObject({ ok: true, task: { assignee: someone.id, assignedAt: startedAt } });
    if (!claimed.ok) return;
    expect(act(claimed.task, { type: 'claim' }, someone, startedAt)).toEqual({ ok: true, task: claimed.task });
    expect(refusalOf(act(claimed.task, { type: 'claim' }, other, startedAt))).toBe('already-claimed');
  });

  test('only who has it can give it back, and a return has a reason', () => {
    const task = aTask({ assignee: someone.id, assignedAt: startedAt });
    expect(act(task, { type: 'unclaim' }, someone, startedAt)).toMatchObject({ task: { assignee: null } });
    expect(refusalOf(act(task, { type: 'unclaim' }, other, startedAt))).toBe('not-the-assignee');
    expect(act(task, { type: 'return', reason: '不归我管' }, someone, startedAt)).toMatchObject({
      task: { assignee: null },
    });
    expect(refusalOf(act(task, { type: 'return', reason: ' ' }, someone, startedAt))).toBe('reason-missing');
    expect(refusalOf(act(task, { type: 'return', reason: 'x' }, other, startedAt))).toBe('not-the-assignee');
  });

  test('it can be assigned to somebody else', () => {
    expect(
      act(aTask({ assignee: someone.id }), { type: 'assign', assignee: other.id }, someone, startedAt),
    ).toMatchObject({
      task: { assignee: other.id },
    });
  });

  test('applicants cannot decide on their own application by any act', () => {
    const task = aTask({ excludedUsers: [someone.id] });
    for (const action of [
      { type: 'claim' },
      { type: 'complete', variables: {} },
      { type: 'assign', assignee: someone.id },
    ] as const)
      expect(refusalOf(act(task, action, someone, startedAt))).toBe('own-application');
  });

  test('who it is not assigned to cannot complete it', () => {
    expect(refusalOf(act(aTask({ assignee: other.id }), { type: 'complete', variables: {} }, someone, startedAt))).toBe(
      'not-the-assignee',
    );
  });
});

describe('a user task in an instance', () => {
  const plan = aPlan('refund')
    .add('userTask', 'Approve', {
      name: '审批',
      user: {
        candidateGroups: feel('if amount > 100 then ["gm"] else ["president"]'),
        candidateUsers: literal('a, b'),
        excludedUsers: feel('[applicant]'),
        priority: literal('70'),
        formId: 'decision',
      },
    })
    .form({
      id: 'decision',
      fields: [
        {
          key: 'decision',
          type: 'choice',
          label: '决定',
          required: true,
          options: [
            { value: 'approve', label: '同意' },
            { value: 'reject', label: '不同意' },
          ],
        },
        {
          key: 'reason',
          type: 'text',
          label: '理由',
          required: true,
          minLength: 2,
          hiddenWhen: 'decision != "reject"',
        },
      ],
    })
    .build();
  const start = () => play(plan, { amount: 500, applicant: 'consultant-sh' });

  test('knows its candidates, who is excluded and how urgent it is', () => {
    expect(start().waits('task')[0]?.task).toEqual({
      name: '审批',
      assignee: null,
      candidateGroups: ['gm'],
      candidateUsers: ['a', 'b'],
      excludedUsers: ['consultant-sh'],
      priority: 70,
      formId: 'decision',
    });
  });

  test('is claimed, returned and completed, with a line in the journal for each', () => {
    const p = start().act('Approve', { type: 'claim' });
    p.act('Approve', { type: 'return', reason: 'not mine' });
    p.act('Approve', { type: 'assign', assignee: someone.id }).task('Approve', { decision: 'approve' });
    const acts = p.journal.filter((entry) => entry.kind.startsWith('task-'));
    expect(acts.map((entry) => entry.kind)).toEqual([
      'task-claimed',
      'task-returned',
      'task-assigned',
      'task-completed',
    ]);
    expect(acts.every((entry) => entry.by?.id === someone.id)).toBe(true);
    expect(JSON.stringify(acts)).not.toContain('not mine');
    expect(p.state.status).toBe('completed');
  });

  test('does not take a form that is not filled in right, and says what is wrong with each field', () => {
    const p = start();
    const { state } = p;
    p.task('Approve', { decision: 'reject', reason: 'x' });
    expect(p.last.refusal).toMatchObject({ code: 'form-invalid', details: [{ field: 'reason', code: 'min-length' }] });
    p.task('Approve', { decision: 'maybe' });
    expect(p.last.refusal).toMatchObject({
      details: [{ field: 'decision', code: 'option' }],
    });
    expect(p.state).toBe(state);
    p.task('Approve', { decision: 'approve' });
    expect(p.state.status).toBe('completed');
  });

  test('a refusal can be asked for without acting', () => {
    const p = start();
    const event = {
      type: 'task',
      key: p.at('Approve').key,
      action: { type: 'complete', variables: {} },
      by: { id: 'consultant-sh' },
    } as const;
    expect(refuse(plan, p.state, event, p.env)?.code).toBe('own-application');
    expect(
      refuse(
        plan,
        p.state,
        { ...event, action: { type: 'complete', variables: { decision: 'approve' } }, by: someone },
        p.env,
      ),
    ).toBeUndefined();
  });

  test('that is over tells who was first, for the last fifty', () => {
    const loop = aPlan()
      .add('startEvent', 'Start')
      .add('exclusiveGateway', 'Again')
      .add('userTask', 'Work')
      .flow('Start', 'Again', 'Work', 'Again')
      .build();
    const p = play(loop);
    const first = p.at('Work').key;
    for (let i = 0; i < 51; i++) p.task('Work');
    expect(p.state.closedTasks).toHaveLength(50);
    p.send({ type: 'task', key: first, action: { type: 'complete', variables: {} }, by: other });
    expect(p.last.refusal?.code).toBe('unknown-key');
    p.send({ type: 'task', key: p.state.closedTasks[0]!.key, action: { type: 'complete', variables: {} }, by: other });
    expect(p.last.refusal).toMatchObject({ code: 'task-gone', details: { how: 'completed', by: { id: someone.id } } });
  });

  test('an ended instance refuses every act', () => {
    const p = start();
    const { key } = p.at('Approve');
    p.send({ type: 'cancel', reason: 'withdrawn', by: someone });
    p.send({ type: 'task', key, action: { type: 'claim' }, by: someone });
    expect(p.last.refusal?.code).toBe('not-active');
  });
});

test.each([-1, 101, 2.5, 'high', '', null, true])('a priority that comes to %j is an incident', (priority) => {
  const plan = aPlan()
    .add('userTask', 'Approve', { user: { priority: feel('p') } })
    .build();
  expect(play(plan, { p: priority }).incident('Approve')).toMatchObject({
    code: 'expression-failed',
    params: { reason: 'wrong-type', part: 'priority', expected: 'priority' },
  });
});
