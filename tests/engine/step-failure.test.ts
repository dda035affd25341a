/** Nothing is thrown out of a step: what fails by itself, does too much or brings too much is told of. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../engine/index.ts';
import type { Json, Plan } from '../../engine/model/plan.ts';
import { incidents } from './support/loops.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { Play, play, someone } from './support/play.ts';

const nested = (depth: number): Json => {
  let value: Json = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? { a: value } : [value];
  return value;
};

const rootOf = (p: Play) => p.state.waits[p.state.root];

/** A plan that names a flow it does not have: no compiler makes it, and every step through it throws. */
const broken = (): Plan => {
  const plan = aPlan()
    .add('userTask', 'A')
    .add('userTask', 'B')
    .add('serviceTask', 'J')
    .flow('A', 'B')
    .flow('J', 'B')
    .build();
  return { ...plan, flows: {} };
};

const mended = (plan: Plan): Plan => ({
  ...plan,
  flows: { 'A-B': { id: 'A-B', source: 'A', target: 'B' }, 'J-B': { id: 'J-B', source: 'J', target: 'B' } },
});

/** The same instance, run by another program. */
function goingOnBy(p: Play, plan: Plan): Play {
  const next = new Play(plan);
  next.state = p.state;
  return next;
}

describe('a step that throws', () => {
  test('is an incident of the process that keeps the event, and a retry processes it', () => {
    const p = play(broken());
    p.job('J', { n: 1 });
    expect(rootOf(p)?.incident).toMatchObject({ code: 'internal-error', params: { event: 'job-completed' } });
    expect(p.waiting()).toEqual(['A', 'J']);
    const { waits } = explain(p.plan, p.state, p.env);
    expect(waits.find(({ key }) => key === p.state.root)?.problem).toBeDefined();

    const again = goingOnBy(p, mended(p.plan)).retry('process');
    expect(again.waiting()).toEqual(['A', 'B']);
    expect(again.variables).toEqual({ n: 1 });
    expect(rootOf(again)?.incident).toBeUndefined();
  });

  test('that a retry does not help is reported again, and nothing is lost', () => {
    const p = play(broken()).job('J');
    const { state } = p;
    p.retry('process');
    expect(p.state).toBe(state);
    expect(p.last.refusal?.code).toBe('internal-error');
  });

  test('can be given up with a reason', () => {
    const p = play(broken()).job('J');
    const skip = { type: 'skip', key: p.state.root, by: someone } as const;
    expect(p.send({ ...skip, reason: ' ' }).refusal?.code).toBe('reason-missing');
    p.send({ ...skip, reason: 'done by hand' });
    expect(rootOf(p)?.incident).toBeUndefined();
    expect(goingOnBy(p, mended(p.plan)).task('A').waiting()).toEqual(['B', 'J']);
  });

  test('of somebody who acts is refused, nothing is kept, and operators see it', () => {
    const p = play(broken()).task('A');
    expect(p.last.refusal?.code).toBe('internal-error');
    expect(p.waiting()).toEqual(['A', 'J']);
    expect(rootOf(p)).toMatchObject({ incident: { code: 'internal-error' } });
    expect(rootOf(p)).not.toHaveProperty('unprocessed');
  });

  test('at the start begins by a retry', () => {
    const whole = aPlan().add('startEvent', 'S').add('userTask', 'A').flow('S', 'A').build();
    const p = play({ ...whole, flows: {} }, { a: 1 });
    expect(rootOf(p)?.incident?.code).toBe('internal-error');
    const again = goingOnBy(p, whole).retry('process');
    expect(again.waiting()).toEqual(['A']);
    expect(again.variables).toEqual({ a: 1 });
    const journal = [...p.journal, ...again.journal];
    expect(journal.map(({ n }) => n)).toEqual(journal.map((_, i) => i + 1));
  });
});

describe('a step that would do too much', () => {
  test.each([
    [
      'tokens of a completion quantity',
      aPlan().add('userTask', 'A', { completionQuantity: 1_000_000_000 }).add('task', 'B').flow('A', 'B').build(),
    ],
  ])('because of %s is not done', (_, plan) => {
    const p = play(plan).task('A');
    expect(p.last.refusal?.code).toBe('internal-error');
    expect(rootOf(p)?.incident?.code).toBe('step-too-long');
    expect(p.waiting()).toEqual(['A']);
  });

  test('as a loop of scripts without a wait stops with an incident', () => {
    const plan = aPlan()
      .add('exclusiveGateway', 'Again')
      .add('scriptTask', 'Count', { script: { source: feel('n + 1'), resultVariable: 'n' } })
      .add('exclusiveGateway', 'More')
      .add('userTask', 'Out')
      .flow('Again', 'Count', 'More')
      .branch('More', 'Again', { condition: 'n < 1000000' })
      .branch('More', 'Out', { default: true })
      .add('startEvent', 'S')
      .flow('S', 'Again')
      .build();
    expect(play(plan, { n: 0 }).waits('stuck')).toMatchObject([{ incident: { code: 'endless-loop' } }]);
  });

  test('as a variable that doubles in each round stops with an incident', () => {
    const grown = (source: string) =>
      play(
        aPlan()
          .add('scriptTask', 'Grow', {
            script: { source: feel(source), resultVariable: 'x' },
            loop: { type: 'standard', testBefore: false, condition: feel('true') },
          })
          .build(),
        { x: source.includes('concatenate') ? ['a'] : 'a' },
      );
    for (const source of ['x + x', 'concatenate(x, x)', '[x]', '{a: x}']) {
      expect(incidents(grown(source)), source).toEqual(['expression-failed']);
    }
  });

  test('as a mapping that nests a variable into itself stops with an incident', () => {
    const plan = aPlan()
      .add('task', 'Nest', {
        outputs: [{ source: feel('a'), target: 'a.a' }],
        loop: { type: 'standard', testBefore: false, condition: feel('true') },
      })
      .build();
    expect(play(plan, { a: { a: 1 } }).incident('Nest')?.code).toBe('expression-failed');
  });

  test('as a loop over a million items is refused before it begins', () => {
    const loop = { type: 'multi', sequential: false, cardinality: feel('1000000'), behavior: 'all' } as const;
    expect(play(aPlan().add('userTask', 'A', { loop }).build()).incident('A')?.code).toBe('too-many-instances');
  });
});

describe('variables nested too deep, too large or no JSON', () => {
  const plan = aPlan()
    .add('parallelGateway', 'G')
    .add('startEvent', 'S')
    .add('userTask', 'T')
    .add('serviceTask', 'J')
    .add('callActivity', 'C')
    .add('receiveTask', 'M', { message: { name: literal('m') } })
    .flow('S', 'G', 'T')
    .flow('G', 'J')
    .flow('G', 'C')
    .flow('G', 'M')
    .build();
  const bad: [string, Json][] = [
    ['5,000 deep', { x: nested(5_000) }],
    ['a million deep', { x: nested(1_000_000) }],
    ['of ten million letters', { x: 'x'.repeat(10_000_000) }],
    ['with what is no number', { x: Number.NaN }],
    ['that are a list', [1]],
    ['that are nothing', null],
  ];

  test.each(bad)('%s: whoever acts is refused', (_, variables) => {
    const given = variables as Record<string, Json>;
    const p = play(plan);
    const { state } = p;
    const key = p.at('T').key;
    p.send({ type: 'task', key, action: { type: 'complete', variables: given }, by: someone });
    expect(p.last.refusal?.code).toBe('variables-rejected');
    p.send({ type: 'message', id: '1', name: 'm', variables: given });
    expect(p.last.refusal?.code).toBe('variables-rejected');
    p.send({ type: 'set-variables', variables: given, by: someone });
    expect(p.last.refusal?.code).toBe('variables-rejected');
    expect(p.state).toBe(state);
  });

  test.each(bad)('%s: what brings them has failed, at its own place', (_, variables) => {
    const given = variables as Record<string, Json>;
    const p = play(plan);
    p.send({ type: 'job-completed', key: p.at('J').key, variables: given });
    expect(p.incident('J')).toMatchObject({ code: 'job-failed', params: { reason: 'variables-excess' } });
    p.send({ type: 'call-completed', key: p.at('C').key, variables: given });
    expect(p.incident('C')?.code).toBe('call-failed');
    p.send({ type: 'signal', name: 's', variables: given });
    expect(rootOf(p)?.incident?.code).toBe('variables-rejected');
    p.retry('process').retry('J').job('J', { ok: 1 });
    expect(p.variables).toEqual({ ok: 1 });
  });

  test.each(bad)('%s: an instance begins by a retry, once it has what it needs', (_, variables) => {
    const p = new Play(plan);
    const given = variables as Record<string, Json>;
    p.send({ type: 'start', variables: Array.isArray(given) || given === null ? given : { ...given, good: 1 } });
    expect(rootOf(p)?.incident?.code).toBe('variables-rejected');
    p.set({ x: 2 }).retry('process');
    expect(p.waiting()).toEqual(['C', 'J', 'M', 'T']);
    expect(p.variables).toMatchObject({ x: 2 });
  });

  test('have a limit that ordinary data does not meet', () => {
    const p = play(plan, { x: nested(80), y: 'x'.repeat(1_000_000) });
    expect(p.waiting()).toEqual(['C', 'J', 'M', 'T']);
  });
});

test('an instance whose root has too many descendants waits before its start until somebody retries it', () => {
  const plan = aPlan().add('startEvent', 'Start').add('userTask', 'A').flow('Start', 'A').build();
  const p = new Play(plan);
  p.send({ type: 'start', variables: { n: 1 }, startEvent: 'Start', descendants: 3 });
  expect(rootOf(p)?.incident).toMatchObject({ code: 'too-many-descendants', params: { limit: 3 } });
  expect(p.waiting()).toEqual([]);
  const { waits } = explain(p.plan, p.state, p.env);
  expect(waits.find(({ key }) => key === p.state.root)?.problem).toBeDefined();
  p.retry('process');
  expect(p.waiting()).toEqual(['A']);
  expect(p.variables).toMatchObject({ n: 1 });
});

test('a variable with the name of something every object has is an ordinary one', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const variables = JSON.parse(`{${names.map((name) => `"${name}": {"a": 1}`).join(',')}}`);
  const p = play(aPlan().add('userTask', 'A').add('userTask', 'B').flow('A', 'B').build(), variables);
  p.task('A', variables);
  expect(Object.keys(p.variables).sort()).toEqual([...names].sort());
  expect(JSON.parse(JSON.stringify(p.variables))).toEqual(variables);
});
