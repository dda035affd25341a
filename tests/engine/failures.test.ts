/** Every incident, and all that can be done about it. */
import { describe, expect, test } from 'vitest';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { incidentCodes, incidentHint, incidentMessage, incidentTitle } from '../../engine/messages/incidents.ts';
import type { Variables } from '../../engine/model/plan.ts';
import { modify } from '../../engine/modify/modify.ts';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { Play, play, someone } from './support/play.ts';

interface Case {
  /** Puts the element `It` between `Start` and `After`. */
  draw: (builder: PlanBuilder) => PlanBuilder;
  variables?: Variables;
  depth?: number;
  /** Brings it about. */
  happen?: (p: Play) => void;
  /** Variables that remove the cause; absent: only the world outside can. */
  cure?: Variables;
  /** After the cause is gone and a retry. */
  afterwards?: (p: Play) => void;
  /** Nobody can know which way it would go: skipping is refused. */
  unskippable?: true;
}

const line = (builder: PlanBuilder) => builder.flow('Start', 'It', 'After');
const job =
  (code: string, message = 'it broke', errorCode?: string) =>
  (p: Play) => {
    const event = { type: 'job-failed' as const, key: p.at('It').key, code, message };
    p.send(errorCode === undefined ? event : { ...event, errorCode });
  };
const serviceTask = (builder: PlanBuilder) => line(builder.add('serviceTask', 'It'));
const done = (p: Play) => p.job('It');
const script = (source: string) => (builder: PlanBuilder) =>
  line(builder.add('scriptTask', 'It', { script: { source: feel(source), resultVariable: 'result' } }));
const timer = (value: string) => (builder: PlanBuilder) =>
  line(
    builder.add('intermediateCatchEvent', 'It', {
      events: [{ type: 'timer', timer: { kind: 'duration', value: feel(value) } }],
    }),
  );
const callActivity = (builder: PlanBuilder) => line(builder.add('callActivity', 'It'));
const callEnds = (p: Play) => p.send({ type: 'call-completed', key: p.at('It').key, variables: {} });
const multi = (cardinality: string) => (builder: PlanBuilder) =>
  line(
    builder.add('scriptTask', 'It', {
      script: { source: feel('1'), resultVariable: 'result' },
      loop: { type: 'multi', sequential: true, cardinality: feel(cardinality), behavior: 'all' },
    }),
  );

const cases: Record<string, Case> = {
  'missing-variable': { draw: script('amount + 1'), cure: { amount: 1 } },
  'expression-failed': { draw: multi('number'), variables: { number: 'many' }, cure: { number: 1 } },
  'expression-too-costly': { draw: script('for x in 1..n return x'), variables: { n: 1e9 }, cure: { n: 3 } },
  'thrown-too-large': {
    draw: (builder) =>
      line(
        builder.add('intermediateThrowEvent', 'It', {
          events: [{ type: 'message', name: literal('told') }],
          inputs: [{ source: feel('report'), target: 'report' }],
        }),
      ),
    variables: { report: '大'.repeat(700_000) },
    cure: { report: '小' },
  },
  'no-flow': {
    draw: (builder) =>
      builder.add('exclusiveGateway', 'It').flow('Start', 'It').branch('It', 'After', { condition: 'yes' }),
    variables: { yes: false },
    cure: { yes: true },
    unskippable: true,
  },
  'bad-timer': {
    draw: timer('patience'),
    variables: { patience: 'soon' },
    cure: { patience: 'PT1H' },
    afterwards: (p) => p.advance('PT1H'),
  },
  'job-failed': { draw: serviceTask, happen: job('boom'), afterwards: done },
  'no-worker': { draw: serviceTask, happen: job('no-worker'), afterwards: done },
  'unknown-job-type': { draw: serviceTask, happen: job('unknown-job-type'), afterwards: done },
  'unhandled-error': { draw: serviceTask, happen: job('x', 'no', 'E1'), afterwards: done },
  'decision-failed': {
    draw: (builder) =>
      line(
        builder.add('businessRuleTask', 'It', {
          decision: { id: literal('nowhere'), resultVariable: 'result', binding: 'deployment' },
        }),
      ),
  },
  'call-failed': {
    draw: callActivity,
    happen: (p) => p.send({ type: 'call-failed', key: p.at('It').key, code: 'call-terminated', message: 'ended' }),
    afterwards: callEnds,
  },
  'call-too-deep': { draw: callActivity, depth: 50 },
  'too-many-descendants': {
    draw: callActivity,
    happen: (p) => {
      const params = { reason: 'descendants', limit: 3 } as const;
      p.send({ type: 'call-failed', key: p.at('It').key, code: 'too-many-descendants', message: '', params });
    },
    afterwards: callEnds,
  },
  'business-key-too-long': {
    draw: (builder) =>
      line(builder.add('callActivity', 'It', { process: literal('refund'), businessKey: { feel: 'number' } })),
    variables: { number: 'R'.repeat(249) },
    cure: { number: 'R'.repeat(248) },
    afterwards: callEnds,
  },
  'too-many-instances': { draw: multi('number'), variables: { number: 1_000_000_000 }, cure: { number: 2 } },
  'endless-loop': {
    draw: (builder) =>
      builder
        .add('exclusiveGateway', 'It')
        .flow('Start', 'It')
        .branch('It', 'After', { condition: 'out' })
        .branch('It', 'It', { default: true }),
    variables: { out: false },
    cure: { out: true },
    unskippable: true,
  },
  'join-unreachable': {
    draw: (builder) =>
      builder
        .add('exclusiveGateway', 'Choose')
        .add('parallelGateway', 'It')
        .flow('Start', 'Choose')
        .branch('Choose', 'It', { condition: 'true', id: 'one' })
        .branch('Choose', 'It', { default: true, id: 'other' })
        .flow('It', 'After'),
  },
  unsupported: {
    draw: (builder) => line(builder.add('endEvent', 'It', { events: [{ type: 'cancel' }] })),
  },
};

function stopped(code: string): Play {
  const { draw, variables = {}, depth, happen } = cases[code]!;
  const plan = draw(aPlan().add('startEvent', 'Start').add('userTask', 'After')).build();
  const p = new Play(plan);
  if (depth !== undefined) p.state = { ...p.state, depth };
  p.start(variables);
  happen?.(p);
  expect(p.incident('It')).toMatchObject({ code });
  return p;
}

const noted = (p: Play, kind: string) => p.journal.filter((entry) => entry.kind === kind).length;
const isIncident = ([code, one]: [string, Case]) => [code, one] as const;

/** tests/runtime/too-large.test.ts, tests/runtime/refused-rows.test.ts, tests/runtime/failing-records.test.ts, tests/engine/unassignable-tasks.test.ts, tests/engine/step-failure.test.ts. */
const testedElsewhere: readonly string[] = [
  'state-too-large',
  'rows-refused',
  'record-failed',
  'assigned-to-nobody',
  'no-eligible-user',
  'unknown-assignee',
  'internal-error',
  'step-too-long',
  'variables-rejected',
];

test('every code of an incident is tested', () => {
  const here = incidentCodes.filter((code) => !testedElsewhere.includes(code));
  expect(Object.keys(cases).sort()).toEqual(here.sort());
});

describe.each(Object.entries(cases).map(isIncident))('the incident %s', (code, { cure, afterwards, unskippable }) => {
  test('says in words what is the matter, and what can be done', () => {
    const p = stopped(code);
    const { params, code: raised } = p.at('It').incident!;
    expect(incidentTitle(raised).zh).toMatch(/\p{Script=Han}/u);
    expect(incidentMessage(params).zh).not.toBe('');
    expect(incidentMessage(params).en).not.toMatch(/\p{Script=Han}/u);
    expect(incidentHint(raised).en).not.toBe('');
    expect(noted(p, 'incident-raised')).toBe(1);
  });

  test('is reported again by a retry while its cause is there', () => {
    if (afterwards && !cure) return;
    const p = stopped(code).advance('PT1M').retry('It');
    expect(p.incident('It')).toMatchObject({ code });
    expect([noted(p, 'incident-resolved'), noted(p, 'incident-raised')]).toEqual([1, 2]);
  });

  test('continues after a retry once its cause is removed', () => {
    if (!cure && !afterwards) return;
    const p = stopped(code);
    if (cure) expect(p.set(cure).journal.at(-1)).toMatchObject({ kind: 'variables-set', by: someone });
    p.retry('It');
    afterwards?.(p);
    expect(p.waiting()).toEqual(['After']);
    expect(noted(p, 'incident-resolved')).toBe(1);
  });

  test('is passed over with a reason', () => {
    const p = stopped(code);
    const { key } = p.at('It');
    p.send({ type: 'skip', key, reason: '', by: someone });
    expect(p.last.refusal?.code).toBe(unskippable ? 'cannot-skip' : 'reason-missing');
    p.send({ type: 'skip', key, reason: 'agreed with the director', by: someone });
    if (unskippable) expect(p.last.refusal?.code).toBe('cannot-skip');
    else expect(p.waiting()).toEqual(['After']);
  });

  test('is left by moving its token', () => {
    const p = stopped(code);
    const instructions = [{ type: 'move' as const, key: p.at('It').key, to: 'After' }];
    const result = modify(p.plan, p.state, instructions, someone, { now: p.now, evaluator: createEvaluator(p.plan) });
    expect(result.refusal).toBeUndefined();
    expect(Object.values(result.state!.waits).filter(({ kind }) => kind !== 'scope')).toMatchObject([
      { element: 'After' },
    ]);
  });

  test('takes variables of its own, and can be ended', () => {
    const p = stopped(code);
    expect(p.set({ note: 1 }, p.at('It').key).last.refusal).toBeUndefined();
    p.send({ type: 'cancel', reason: 'withdrawn', by: someone });
    expect(p.state).toMatchObject({ status: 'cancelled', waits: {} });
  });
});

test('a cycle whose next round cannot be evaluated is an incident; a retry says whether it still cannot', () => {
  const p = play(
    aPlan()
      .add('userTask', 'Work')
      .boundary('Work', 'Remind', {
        interrupting: false,
        events: [{ type: 'timer', timer: { kind: 'cycle', value: literal('R3/PT1H') } }],
      })
      .add('userTask', 'Reminded')
      .flow('Remind', 'Reminded')
      .build(),
  );
  const break_ = (source: string) => {
    const wait = p.at('Remind');
    if (wait.kind !== 'event') throw new Error('It is no event.');
    const triggers = wait.triggers.map((one) =>
      one.type === 'timer' && one.cycle ? { ...one, cycle: { ...one.cycle, source } } : one,
    );
    p.state = { ...p.state, waits: { ...p.state.waits, [wait.key]: { ...wait, triggers } } };
  };
  break_('R3/every hour');
  p.advance('PT1H');
  expect(p.incident('Remind')).toMatchObject({ code: 'bad-timer' });
  expect(p.advance('PT1M').retry('Remind').incident('Remind')).toMatchObject({ code: 'bad-timer' });
  break_('R3/PT1H');
  p.retry('Remind');
  expect(p.incident('Remind')).toBeUndefined();
  p.advance('PT5H');
  expect(p.waiting()).toEqual(['Reminded', 'Reminded', 'Reminded', 'Work']);
});
