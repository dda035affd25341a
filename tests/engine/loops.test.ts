import { describe, expect, test } from 'vitest';
import type { MultiInstance, StandardLoop } from '../../engine/model/plan.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play } from './support/play.ts';

const each = (more: Partial<MultiInstance> = {}): MultiInstance => ({
  type: 'multi',
  sequential: false,
  inputCollection: feel('people'),
  inputElement: 'person',
  behavior: 'all',
  ...more,
});
const asking = (loop: MultiInstance) =>
  aPlan()
    .add('userTask', 'Ask', { user: { assignee: feel('person') }, loop })
    .add('userTask', 'After')
    .flow('Ask', 'After')
    .build();
const assignees = (p: ReturnType<typeof play>) => p.waits('task').map((wait) => wait.task.assignee);
const by = (id: string) => ({ id });
const answer = (p: ReturnType<typeof play>, id: string, variables = {}) => {
  const wait = p.waits('task').find((one) => one.task.assignee === id);
  p.send({ type: 'task', key: wait!.key, action: { type: 'complete', variables }, by: by(id) });
};

describe('a multi-instance activity', () => {
  test('is done once per item side by side, and continues when all are done', () => {
    const p = play(asking(each()), { people: ['a', 'b', 'c'] });
    expect(assignees(p)).toEqual(['a', 'b', 'c']);
    answer(p, 'b');
    answer(p, 'a');
    expect(p.waits('multi')).toMatchObject([{ total: 3, active: 1, done: 2 }]);
    answer(p, 'c');
    expect(p.waiting()).toEqual(['After']);
  });

  test('is done one after the other when it is sequential', () => {
    const p = play(asking(each({ sequential: true })), { people: ['a', 'b'] });
    expect(assignees(p)).toEqual(['a']);
    answer(p, 'a');
    expect(assignees(p)).toEqual(['b']);
  });

  test('of nothing is complete at once', () => {
    const loop = each({ outputCollection: 'votes', outputElement: feel('vote') });
    const p = play(asking(loop), { people: [] });
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables['votes']).toEqual([]);
  });

  test('collects a result from each in the order of the items', () => {
    const p = play(asking(each({ outputCollection: 'votes', outputElement: feel('vote') })), { people: ['a', 'b'] });
    answer(p, 'b', { vote: 'no' });
    answer(p, 'a', { vote: 'yes' });
    expect(p.variables).toEqual({ people: ['a', 'b'], votes: ['yes', 'no'] });
  });

  test('ends early when its completion condition holds, and withdraws the others', () => {
    const p = play(asking(each({ completionCondition: feel('numberOfCompletedInstances >= 2') })), {
      people: ['a', 'b', 'c'],
    });
    answer(p, 'a');
    answer(p, 'b');
    expect(p.waiting()).toEqual(['After']);
    expect(p.state.closedTasks.map((task) => task.how)).toEqual(['completed', 'completed', 'cancelled']);
  });

  test('whose completion condition cannot be evaluated is an incident, and continues after a retry', () => {
    const p = play(asking(each({ completionCondition: feel('enough') })), { people: ['a', 'b'] });
    answer(p, 'a');
    expect(p.waits('multi')[0]?.incident?.code).toBe('missing-variable');
    p.set({ enough: true });
    p.send({ type: 'retry', key: p.waits('multi')[0]!.key, by: by('ops') });
    expect(p.waiting()).toEqual(['After']);
  });

  test.each([
    ['what is no list', { people: 'a' }, each()],
    ['a negative number', {}, { type: 'multi', sequential: true, cardinality: feel('-1'), behavior: 'all' } as const],
  ])('of %s is an incident', (_, variables, loop) => {
    expect(play(asking(loop), variables).incident('Ask')?.code).toBe('expression-failed');
  });

  test('has one boundary event for all its instances', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Ask', { loop: each() })
        .boundary('Ask', 'Late', { events: [{ type: 'timer', timer: { kind: 'duration', value: literal('PT1H') } }] })
        .add('userTask', 'After')
        .flow('Late', 'After')
        .build(),
      { people: ['a', 'b'] },
    );
    expect(p.commandsTo('arm-timer')).toHaveLength(1);
    expect(p.advance('PT1H').waiting()).toEqual(['After']);
  });

  test('catches a business error of one instance for the whole', () => {
    const p = play(
      aPlan()
        .add('serviceTask', 'Job', { loop: each() })
        .boundary('Job', 'Failed', { events: [{ type: 'error' }] })
        .add('userTask', 'After')
        .flow('Failed', 'After')
        .build(),
      { people: ['a', 'b'] },
    );
    p.send({ type: 'job-failed', key: p.waits('job')[1]!.key, code: 'x', message: 'x', errorCode: 'E1' });
    expect(p.waiting()).toEqual(['After']);
  });

  test('that cannot begin for one item is an incident for that item alone, and keeps it for the retry', () => {
    const p = play(
      aPlan()
        .add('serviceTask', 'Job', { loop: each(), inputs: [{ source: feel('person + suffix'), target: 'name' }] })
        .build(),
      { people: ['a'] },
    );
    p.set({ suffix: '!' });
    p.send({ type: 'retry', key: p.waits('stuck')[0]!.key, by: by('ops') });
    expect(p.commandsTo('run-job')).toMatchObject([{ input: { name: 'a!' } }]);
    expect(p.job('Job').state.status).toBe('completed');
  });

  test('can be a subprocess with its own scope per item', () => {
    const p = play(
      aPlan()
        .scope('subProcess', 'Case', (inside) => inside.add('serviceTask', 'Job'), { loop: each() })
        .build(),
      { people: ['a', 'b'] },
    );
    expect(p.commandsTo('run-job').map((command) => command.input['person'])).toEqual(['a', 'b']);
    expect(p.job('Job').job('Job').state.status).toBe('completed');
  });

  test('of ten thousand items keeps few of them in its state at a time', () => {
    const people = Array.from({ length: 10_000 }, (_, i) => i);
    const quick = aPlan()
      .add('scriptTask', 'Count', {
        script: { source: feel('person'), resultVariable: 'last' },
        loop: each({ outputCollection: 'all', outputElement: feel('last') }),
      })
      .build();
    expect(play(quick, { people }).variables['all']).toEqual(people);
    const jobs = play(aPlan().add('serviceTask', 'Job', { loop: each() }).build(), { people });
    expect(jobs.waits('job').length).toBeLessThan(1_000);
    jobs.job('Job');
    expect(jobs.waits('multi')).toMatchObject([{ done: 1, active: jobs.waits('job').length }]);
  });
});

describe('a standard loop', () => {
  const looping = (loop: Partial<StandardLoop>) =>
    aPlan()
      .add('scriptTask', 'Count', {
        script: { source: feel('n + 1'), resultVariable: 'n' },
        loop: { type: 'standard', testBefore: false, ...loop },
      })
      .build();

  test('continues while its condition holds, once at least', () => {
    expect(play(looping({ condition: feel('n < 3') }), { n: 0 }).variables['n']).toBe(3);
    expect(play(looping({ condition: feel('n < 3') }), { n: 7 }).variables['n']).toBe(8);
  });

  test('that tests before may not run at all', () => {
    expect(play(looping({ condition: feel('n < 3'), testBefore: true }), { n: 7 }).variables['n']).toBe(7);
  });

  test('stops at its maximum', () => {
    expect(play(looping({ condition: feel('true'), maximum: feel('5') }), { n: 0 }).variables['n']).toBe(5);
  });

  test('that nothing stops is cut by an incident', () => {
    const p = play(looping({ condition: feel('true') }), { n: 0 });
    expect(p.waits('stuck')).toMatchObject([{ incident: { code: 'endless-loop' } }]);
  });

  test('waits for people in each round', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Talk', { loop: { type: 'standard', testBefore: false, condition: feel('not(agreed)') } })
        .build(),
    );
    p.task('Talk', { agreed: false });
    expect(p.waiting()).toEqual(['Talk', 'Talk']);
    const [task] = p.waits('task');
    p.send({ type: 'task', key: task!.key, action: { type: 'complete', variables: { agreed: true } }, by: by('x') });
    expect(p.state.status).toBe('completed');
  });
});
