import { describe, expect, test } from 'vitest';
import { refuse } from '../../../engine/index.ts';
import type { Plan, Variables } from '../../../engine/model/plan.ts';
import { aPlan, feel } from '../support/plan.ts';
import { type Play, play } from '../support/play.ts';

const operator = { id: 'ops-1', role: 'ops' };

function skip(p: Play, element: string, variables?: Variables, reason = 'done by hand'): Play {
  const { key } = p.at(element);
  p.send({ type: 'skip', key, reason, by: operator, ...(variables && { variables }) });
  return p;
}

const then = (build: (builder: ReturnType<typeof aPlan>) => void, id: string): Plan => {
  const builder = aPlan().add('startEvent', 'Start');
  build(builder);
  return builder.add('userTask', 'After').flow('Start', id, 'After').build();
};

describe('skipping an incident continues as if the element were complete', () => {
  test('after a job that failed, with what it would have brought', () => {
    const plan = then(
      (b) => b.add('serviceTask', 'Pay', { outputs: [{ source: feel('result.paid'), target: 'paid' }] }),
      'Pay',
    );
    const p = skip(play(plan).jobFails('Pay'), 'Pay', { paid: 5 });
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ paid: 5 });
    expect(p.last.commands).toMatchObject([{ do: 'drop' }]);
    expect(p.journal.find((entry) => entry.kind === 'incident-skipped')).toMatchObject({
      element: 'Pay',
      by: operator,
      data: { code: 'job-failed', reasonGiven: true },
    });
  });

  test('where results could not be mapped', () => {
    const plan = then(
      (b) => b.add('serviceTask', 'Pay', { outputs: [{ source: feel('result.paid'), target: 'paid' }] }),
      'Pay',
    );
    expect(skip(play(plan).job('Pay'), 'Pay').waiting()).toEqual(['After']);
  });

  test('where an element could not even begin', () => {
    const plan = then(
      (b) => b.add('scriptTask', 'Count', { script: { source: feel('n + 1'), resultVariable: 'n' } }),
      'Count',
    );
    const p = skip(play(plan), 'Count', { n: 1 });
    expect(p.waiting()).toEqual(['After']);
    expect(p.variables).toEqual({ n: 1 });
  });

  test('of a repeated activity whose condition could not be decided', () => {
    const loop = {
      type: 'multi',
      sequential: true,
      cardinality: feel('3'),
      behavior: 'all',
      completionCondition: feel('enough'),
    } as const;
    const p = play(then((b) => b.add('userTask', 'Ask', { loop }), 'Ask')).task('Ask');
    expect(p.incident('Ask')?.code).toBe('missing-variable');
    expect(skip(p, 'Ask').waiting()).toEqual(['After']);
  });

  test('of one instance of a repeated activity', () => {
    const loop = { type: 'multi', sequential: false, cardinality: feel('2'), behavior: 'all' } as const;
    const p = play(then((b) => b.add('serviceTask', 'Call', { loop }), 'Call')).jobFails('Call');
    expect(skip(p, 'Call').waiting()).toEqual(['Call', 'Call']);
    expect(p.job('Call').waiting()).toEqual(['After']);
  });

  test('of a join that can no longer complete', () => {
    const plan = aPlan()
      .add('startEvent', 'Start')
      .add('exclusiveGateway', 'Choose')
      .add('userTask', 'A')
      .add('userTask', 'B')
      .add('parallelGateway', 'Join')
      .add('userTask', 'After')
      .flow('Start', 'Choose')
      .branch('Choose', 'A', { default: true })
      .branch('Choose', 'B', { condition: 'false' })
      .flow('A', 'Join')
      .flow('B', 'Join', 'After')
      .build();
    const p = skip(play(plan).task('A'), 'Join');
    expect(p.waiting()).toEqual(['After']);
    expect(p.task('After').state.status).toBe('completed');
  });
});

describe('skipping is refused', () => {
  const choose = aPlan()
    .add('startEvent', 'Start')
    .add('exclusiveGateway', 'Choose')
    .add('userTask', 'After')
    .flow('Start', 'Choose')
    .branch('Choose', 'After', { condition: 'amount > 5' })
    .build();

  test('where the outgoing flow is unknown', () => {
    const p = skip(play(choose, { amount: 1 }), 'Choose');
    expect(p.last.refusal?.code).toBe('cannot-skip');
    expect(p.incident('Choose')?.code).toBe('no-flow');
  });

  test('without a reason, without an incident, for a removed wait', () => {
    const p = play(then((b) => b.add('serviceTask', 'Pay'), 'Pay'));
    expect(skip(p, 'Pay').last.refusal?.code).toBe('nothing-to-skip');
    p.jobFails('Pay');
    expect(skip(p, 'Pay', {}, ' ').last.refusal?.code).toBe('reason-missing');
    const gone = { type: 'skip', key: '99', reason: 'done', by: operator } as const;
    expect(refuse(p.plan, p.state, gone, p.env)?.code).toBe('unknown-key');
  });
});
