/** What comes of elements that meet: retries with compensation, listeners with modifications, event subprocesses in ad-hoc ones. */
import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { explain, modify } from '../../engine/index.ts';
import { migrate } from '../../engine/migrate/migrate.ts';
import type { LocalizedText, Plan, PlanElement } from '../../engine/model/plan.ts';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { calendar, type Play, play, someone } from './support/play.ts';

const compensate = { type: 'compensate', waitForCompletion: true } as const;

/** A task that can be undone by `U`. */
const undoable = (inside: PlanBuilder): PlanBuilder =>
  inside
    .add('startEvent', 'PS')
    .add('userTask', 'A')
    .add('endEvent', 'PE')
    .add('userTask', 'U', { forCompensation: true })
    .boundary('A', 'C', { events: [compensate], handler: 'U' })
    .flow('PS', 'A', 'PE');

const withListeners = (plan: Plan, listeners: PlanElement['listeners']): Plan => ({
  ...plan,
  elements: { ...plan.elements, process: { ...plan.elements['process']!, ...(listeners && { listeners }) } },
});

const problemAt = (p: Play, element: string): LocalizedText | undefined =>
  explain(p.plan, p.state, p.env).waits.find((wait) => wait.element === element)?.problem;

describe('a retry', () => {
  it('of a subprocess that could not apply its outputs leaves what is inside to be undone', () => {
    const plan = aPlan()
      .add('startEvent', 'S')
      .scope('subProcess', 'Sub', undoable, { outputs: [{ source: feel('missing'), target: 'x' }] })
      .add('intermediateThrowEvent', 'T', { events: [compensate] })
      .add('endEvent', 'E')
      .flow('S', 'Sub', 'T', 'E')
      .build();
    const p = play(plan).task('A');
    expect(p.incident('Sub')?.code).toBe('missing-variable');
    p.set({ missing: 1 }).retry('Sub');
    expect(p.waiting()).toEqual(['T', 'U']);
    p.task('U');
    expect(p.state.status).toBe('completed');
  });

  it('of a data output that failed does not lose what the job brought', () => {
    const plan = aPlan()
      .add('startEvent', 'S')
      .add('serviceTask', 'A', { dataOutputs: [{ target: 'd', transformation: feel('missing') }] })
      .add('userTask', 'B')
      .add('endEvent', 'E')
      .flow('S', 'A', 'B', 'E')
      .build();
    const p = play(plan).job('A', { result: 7 });
    expect(p.incident('A')?.code).toBe('missing-variable');
    p.set({ missing: 1 }).retry('A');
    expect(p.waiting()).toEqual(['B']);
    expect(p.variables).toMatchObject({ d: 1, result: 7 });
  });

  it('of an output element that failed does not lose what the instance brought beside it', () => {
    const plan = aPlan()
      .add('startEvent', 'S')
      .add('serviceTask', 'A', {
        loop: {
          type: 'multi',
          sequential: false,
          cardinality: literal('1'),
          behavior: 'all',
          outputCollection: 'all',
          outputElement: feel('number(text)'),
        },
      })
      .add('userTask', 'B')
      .add('endEvent', 'E')
      .flow('S', 'A', 'B', 'E')
      .build();
    const p = play(plan).job('A', { text: 'x', other: 7 });
    const stuck = p.waits('stuck')[0]!;
    expect(stuck.incident?.code).toBe('expression-failed');
    p.set({ text: '5' }, stuck.key).send({ type: 'retry', key: stuck.key, by: someone });
    expect(p.waiting()).toEqual(['B']);
    expect(p.variables).toMatchObject({ all: [5], other: 7 });
  });
});

describe('an instance that is held up by its own listeners', () => {
  const plan = aPlan().add('startEvent', 'S').add('userTask', 'A').add('endEvent', 'E').flow('S', 'A', 'E').build();
  const startA = { type: 'start', element: 'A', where: 'before' } as const;

  it('takes no tokens before it has begun, nor when only its end is left', () => {
    const p = play(withListeners(plan, { start: [{ type: literal('first') }], end: [{ type: literal('last') }] }));
    expect(modify(p.plan, p.state, [startA], someone, p.env).refusal?.code).toBe('not-active');
    const job = () => p.waits('job')[0]!;
    p.send({ type: 'job-completed', key: job().key, part: 'start:0', variables: {} });
    expect(modify(p.plan, p.state, [startA], someone, p.env).refusal).toBeUndefined();
    p.task('A');
    expect(job().listener?.event).toBe('end');
    expect(modify(p.plan, p.state, [startA], someone, p.env).refusal?.code).toBe('not-active');
  });

  it('takes none while listeners of a cancelled task run', () => {
    const listening = {
      ...plan,
      elements: {
        ...plan.elements,
        A: { ...plan.elements['A']!, listeners: { canceling: [{ type: literal('told') }] } },
      },
    };
    const p = play(listening);
    p.send({ type: 'cancel', reason: 'r', by: someone });
    expect(p.waiting()).toEqual(['A']);
    expect(modify(listening, p.state, [startA], someone, p.env).refusal?.code).toBe('not-active');
  });
});

describe('an event subprocess that takes the place', () => {
  it('of a sequential ad-hoc subprocess leaves nothing of it to be started', () => {
    const plan = aPlan()
      .add('startEvent', 'S')
      .scope(
        'adHocSubProcess',
        'H',
        (inside) =>
          inside
            .add('userTask', 'A')
            .add('userTask', 'B')
            .scope('eventSubProcess', 'X', (x) =>
              x
                .add('startEvent', 'XS', { events: [{ type: 'message', name: literal('m') }] })
                .add('userTask', 'XT')
                .add('endEvent', 'XE')
                .flow('XS', 'XT', 'XE'),
            ),
        { ordering: 'sequential' },
      )
      .add('endEvent', 'E')
      .flow('S', 'H', 'E')
      .build();
    const p = play(plan).message('m').task('XT');
    expect(p.state.status).toBe('completed');
    expect(p.journal.some((entry) => entry.element === 'B')).toBe(false);
  });
});

describe('a subprocess that is cancelled', () => {
  it('while its end listeners run takes with it what could be undone inside', () => {
    const plan = aPlan()
      .add('startEvent', 'S')
      .scope('subProcess', 'Sub', undoable, { listeners: { end: [{ type: literal('l') }] } })
      .add('userTask', 'B')
      .add('endEvent', 'E')
      .flow('S', 'Sub', 'B', 'E')
      .build();
    const p = play(plan).task('A');
    expect(p.state.compensations).toHaveLength(1);
    const moved = modify(plan, p.state, [{ type: 'move', from: 'Sub', to: 'B' }], someone, p.env);
    expect(moved.state?.compensations).toEqual([]);
  });

  it('keeps its data objects when an operator creates it for a token inside', () => {
    const data = [{ id: 'D', name: 'd', isCollection: false, property: true as const }];
    const plan = aPlan()
      .add('startEvent', 'S')
      .add('userTask', 'B')
      .scope('subProcess', 'Sub', undoable, { data })
      .add('endEvent', 'E')
      .flow('S', 'B', 'Sub', 'E')
      .build();
    const p = play(plan);
    const started = modify(
      plan,
      p.state,
      [{ type: 'start', element: 'A', where: 'before', createScopes: true }],
      someone,
      p.env,
    );
    const scope = Object.values(started.state?.waits ?? {}).find((wait) => wait.element === 'Sub');
    expect(scope?.variables).toEqual({ d: null });
  });
});

describe('what is said of a join', () => {
  const split = (join: PlanBuilder): PlanBuilder =>
    join.add('startEvent', 'S').add('userTask', 'A').add('userTask', 'B').add('userTask', 'C').add('endEvent', 'E');

  it('an inclusive one does not wait for a branch that was not chosen', () => {
    const plan = split(aPlan())
      .add('inclusiveGateway', 'G')
      .add('inclusiveGateway', 'J')
      .flow('S', 'G')
      .branch('G', 'A', { condition: 'true' })
      .branch('G', 'B', { condition: 'true' })
      .branch('G', 'C', { condition: 'false' })
      .flow('A', 'J', 'E')
      .flow('B', 'J')
      .flow('C', 'J')
      .build();
    const p = play(plan).task('A');
    expect(p.waiting()).toEqual(['B', 'J']);
    expect(problemAt(p, 'J')).toBeUndefined();
  });

  it('a start quantity is reached by whichever flow, or by none any more', () => {
    const plan = split(aPlan())
      .add('parallelGateway', 'G')
      .add('userTask', 'J', { startQuantity: 3 })
      .flow('S', 'G', 'A', 'J', 'E')
      .flow('G', 'B', 'J')
      .flow('G', 'C', 'E')
      .build();
    const p = play(plan).task('A');
    expect(problemAt(p, 'J')).toBeUndefined();
    p.task('B');
    expect(problemAt(p, 'J')?.en).toContain('Nothing that still runs can reach');
  });

  it('a parallel one is reached along links', () => {
    const link = { events: [{ type: 'link' as const, name: 'x' }] };
    const plan = split(aPlan())
      .add('parallelGateway', 'G')
      .add('parallelGateway', 'J')
      .add('intermediateThrowEvent', 'LT', link)
      .add('intermediateCatchEvent', 'LC', link)
      .flow('S', 'G', 'A', 'J', 'E')
      .flow('G', 'B', 'LT')
      .flow('LC', 'J')
      .flow('G', 'C', 'E')
      .build();
    const p = play(plan).task('A');
    expect(problemAt(p, 'J')).toBeUndefined();
    const away = modify(plan, p.state, [{ type: 'move', from: 'C', to: 'E' }], someone, p.env);
    expect(away.refusal).toBeUndefined();
    const starved = modify(plan, p.state, [{ type: 'move', from: 'B', to: 'E' }], someone, p.env);
    expect(starved.refusal?.code).toBe('join-count');
  });
});

describe('a task that its listeners hold up', () => {
  const plan = aPlan()
    .add('startEvent', 'S')
    .add('userTask', 'A', {
      user: { dueDate: feel('add working days("2026-12-30T02:00:00Z", 3)') },
      listeners: { completing: [{ type: literal('judge') }] },
    })
    .add('endEvent', 'E')
    .flow('S', 'A', 'E')
    .build();
  const notice = {
    ...calendar,
    version: calendar.version + 1,
    years: { ...calendar.years, '2027': { notice: '2027年放假通知' }, '2028': { notice: '2028年放假通知' } },
    off: { ...calendar.off, '2027-01-01': '元旦', '2027-01-04': '元旦', '2027-01-05': '元旦' },
  };
  const denied = { type: 'job-completed', part: 'completing:0', variables: { denied: true } } as const;

  it('moves with a new notice like any other', () => {
    const p = play(plan);
    const { dueAt } = p.waits('task')[0]!.task;
    p.task('A').send({ type: 'calendar', calendar: notice });
    expect(p.last.journal.map((entry) => entry.kind)).toEqual(['due-date-moved']);
    p.send({ ...denied, key: p.at('A').key });
    const { task } = p.waits('task')[0]!;
    expect(task.dueAt! > dueAt!).toBe(true);
    expect(task.dueReason).toMatchObject({ provisional: false });
  });

  it('is still due and late', () => {
    const p = play(plan);
    const { dueAt } = p.waits('task')[0]!.task;
    p.task('A');
    const told = explain(plan, p.state, { ...p.env, now: '2027-06-01T00:00:00.000Z' });
    expect(told.waits[0]).toMatchObject({ element: 'A', kind: 'job', until: dueAt, overdue: true });
    expect(explain(plan, p.state, p.env).waits[0]).toMatchObject({ overdue: false });
  });
});

describe('a handler that undoes one of several scopes', () => {
  const items = { type: 'multi', sequential: false, inputCollection: feel('["a","b"]'), inputElement: 'item' } as const;
  const plan = aPlan()
    .add('startEvent', 'S')
    .scope(
      'subProcess',
      'Sub',
      (inside) =>
        inside
          .add('startEvent', 'PS')
          .add('callActivity', 'A')
          .add('endEvent', 'PE')
          .add('serviceTask', 'U', { forCompensation: true, inputs: [{ source: feel('item'), target: 'of' }] })
          .boundary('A', 'C', { events: [compensate], handler: 'U' })
          .flow('PS', 'A', 'PE'),
      { loop: { ...items, behavior: 'all' } },
    )
    .add('intermediateThrowEvent', 'T', { events: [compensate] })
    .add('endEvent', 'E')
    .flow('S', 'Sub', 'T', 'E')
    .build();

  it('reads the data of that scope, and hands its job no more of it than is mapped', () => {
    const p = play(plan);
    for (const { key } of p.waits('call')) p.send({ type: 'call-completed', key, variables: {} });
    expect(p.commandsTo('run-job').map(({ input }) => input)).toEqual([{ of: 'b' }]);
    p.jobFails('U').retry('U');
    p.job('U');
    expect(p.commandsTo('run-job').map(({ input }) => input)).toEqual([{ of: 'b' }, { of: 'b' }, { of: 'a' }]);
    p.job('U');
    expect(p.state.status).toBe('completed');
  });
});

describe('a modification by element', () => {
  it('skips listeners of a cancelled task', () => {
    const plan = aPlan()
      .add('startEvent', 'S')
      .add('userTask', 'A', { listeners: { canceling: [{ type: literal('told') }] } })
      .add('userTask', 'B')
      .add('endEvent', 'E')
      .flow('S', 'A', 'B', 'E')
      .build();
    const p = play(plan);
    const move = { type: 'move', from: 'A', to: 'B' } as const;
    p.state = modify(plan, p.state, [move], someone, p.env).state!;
    expect(p.waiting()).toEqual(['A', 'B']);
    expect(modify(plan, p.state, [move], someone, p.env).refusal?.code).toBe('nothing-there');
    const anew = [{ type: 'start', element: 'A', where: 'before' } as const];
    p.state = modify(plan, p.state, anew, someone, p.env).state!;
    expect(modify(plan, p.state, [move], someone, p.env).refusal).toBeUndefined();
  });
});

describe('a join that a migration completes', () => {
  it('asks its listeners before it continues', () => {
    const drawn = (branches: string[]): Plan => {
      const builder = aPlan()
        .add('startEvent', 'S')
        .add('parallelGateway', 'G')
        .add('parallelGateway', 'J', { listeners: { start: [{ type: literal('joined') }] } })
        .add('userTask', 'Z')
        .add('endEvent', 'E')
        .flow('S', 'G')
        .flow('J', 'Z', 'E');
      for (const id of branches) builder.add('userTask', id).flow('G', id, 'J');
      return builder.build();
    };
    const old = drawn(['A', 'B', 'C']);
    const p = play(old).task('A').task('B');
    const next = drawn(['A', 'B']);
    const definition = { key: 'process', version: 2, hash: 'h2' };
    const env = { ...p.env, evaluator: createEvaluator(next) };
    const result = migrate(old, next, p.state, { definition, by: someone, mapping: { C: null } }, env);
    expect(result.refusal).toBeUndefined();
    expect(result.commands).toContainEqual(expect.objectContaining({ do: 'run-job', type: 'joined', element: 'J' }));
    expect(Object.values(result.state?.waits ?? {}).map((wait) => wait.element)).toEqual(['process', 'J']);
  });
});
