import { describe, expect, test } from 'vitest';
import { explain } from '../../engine/index.ts';
import type { EventDefinition } from '../../engine/model/plan.ts';
import type { ExplainContext } from '../../engine/model/types.ts';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { Play, play, someone } from './support/play.ts';

const told = (p: Play) => explain(p.plan, p.state, p.env);

describe('an instance tells', () => {
  test('for each wait what, since when, until when, who and why', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Contact', {
          name: '首次联系',
          user: {
            candidateGroups: literal('cs-director'),
            dueDate: feel('add working days("2026-09-28T01:00:00Z", 3)'),
          },
        })
        .build(),
    );
    expect(told(p).waits).toMatchObject([
      {
        element: 'Contact',
        elementName: '首次联系',
        kind: 'task',
        since: p.now,
        until: '2026-10-08T15:59:59.999Z',
        overdue: false,
        who: { groups: ['cs-director'], users: [] },
        why: { kind: 'working-days', days: 3 },
        canMove: true,
      },
    ]);
    expect(told(p).summary).toEqual({
      zh: '等待cs-director办理“首次联系”。',
      en: '"首次联系" is to be done by cs-director.',
    });
  });

  test('with the names of roles, where they are known', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Call', { user: { candidateGroups: literal('callback,ops') } })
        .build(),
    );
    const plan = {
      ...p.plan,
      roleNames: { callback: { zh: '回访专员', en: 'Callback specialist' } },
      englishNames: { Call: 'Call the patient' },
    };
    expect(explain(plan, p.state, p.env).summary).toEqual({
      zh: '等待回访专员、ops办理“Call”。',
      en: '"Call the patient" is to be done by Callback specialist, ops.',
    });
  });

  test('with the names of colleagues and of called processes, as far as the asker knows them', () => {
    const task = play(
      aPlan()
        .add('userTask', 'Call', { user: { assignee: literal('li'), candidateGroups: literal('callback') } })
        .build(),
    );
    const names = { people: { li: '李明' }, processes: { refund: { zh: '退款', en: 'Refund' } } };
    expect(explain(task.plan, task.state, task.env, { names }).summary.zh).toBe('等待李明办理“Call”。');
    const called = play(
      aPlan()
        .add('callActivity', 'PayBack', { process: literal('refund') })
        .build(),
    );
    const told = explain(called.plan, called.state, called.env, { names });
    expect(told.summary.zh).toContain('等待流程“退款”');
    expect(told.summary.en).toContain('process "Refund"');
  });

  test('that it is late', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Work', { user: { assignee: literal('a'), dueDate: literal('PT1H') } })
        .build(),
    );
    p.now = '2026-09-29T00:00:00.000Z';
    expect(told(p).waits[0]?.overdue).toBe(true);
    expect(told(p).summary.zh).toContain('已超时');
  });

  test('that a task has no possible performer', () => {
    const p = play(aPlan().add('userTask', 'Work').build());
    expect(told(p).waits).toMatchObject([{ canMove: false, problem: { zh: '没有指定任何人办理。' } }]);
  });

  test('what stopped it and what can be done', () => {
    const p = play(aPlan().add('serviceTask', 'Pay', { name: '付款' }).build()).jobFails('Pay');
    const [wait] = told(p).waits;
    expect(wait).toMatchObject({ canMove: false, incident: { code: 'job-failed' } });
    expect(wait?.problem?.zh).toContain('重试');
    expect(wait?.what).toEqual({ zh: '“付款”的自动任务停住了', en: 'the job of "付款" is stopped' });
    expect(wait?.problem?.en).toContain('retry');
    expect(told(p).summary.en).toContain('cannot go on');
  });

  test('which variable is missing', () => {
    const plan = aPlan()
      .add('scriptTask', 'Double', { name: '加倍', script: { source: feel('price * 2'), resultVariable: 'twice' } })
      .build();
    const [wait] = told(play(plan)).waits;
    expect(wait?.incident?.code).toBe('missing-variable');
    expect(wait?.problem?.zh).toContain('“price”');
    expect(wait?.problem?.en).toContain('"price"');
  });

  test('that a join waits in vain although something else still runs', () => {
    const p = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Fork')
        .add('userTask', 'A')
        .add('exclusiveGateway', 'Choose')
        .add('userTask', 'B', { user: { assignee: literal('b') } })
        .add('userTask', 'Elsewhere', { user: { assignee: literal('e') } })
        .add('parallelGateway', 'Join')
        .flow('Start', 'Fork', 'A', 'Join')
        .flow('Fork', 'Choose')
        .branch('Choose', 'B', { condition: 'false' })
        .branch('Choose', 'Elsewhere', { default: true })
        .flow('B', 'Join')
        .build(),
    ).task('A');
    expect(told(p).waits.find((wait) => wait.element === 'Join')).toMatchObject({ canMove: false });
    expect(told(p).waits.find((wait) => wait.element === 'Elsewhere')).toMatchObject({ canMove: true });
  });

  test('in words what each kind of wait is for', () => {
    const p = play(
      aPlan()
        .add('serviceTask', 'Job')
        .add('callActivity', 'Call', { process: literal('refund') })
        .add('intermediateCatchEvent', 'Event', {
          events: [
            { type: 'message', name: literal('paper') },
            { type: 'timer', timer: { kind: 'duration', value: literal('PT1H') } },
          ],
        })
        .add('userTask', 'Vote', {
          loop: { type: 'multi', sequential: false, cardinality: feel('2'), behavior: 'all' },
        })
        .build(),
    );
    const words = Object.fromEntries(told(p).waits.map((wait) => [`${wait.element} ${wait.kind}`, wait.what.zh]));
    expect(words).toMatchObject({
      'Job job': '系统正在执行“Job”',
      'Call call': '等待流程“refund”（K1-3）结束',
      'Event event': '“Event”等待消息“paper”或到时',
      'Vote multi': '“Vote”已完成0次',
    });
    expect(told(p).waits.find((wait) => wait.element === 'Event')?.why?.sentences.zh).toContain('1小时');
  });

  test('what joins wait for that do not count flows', () => {
    const two = play(
      aPlan()
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Split')
        .add('userTask', 'A')
        .add('userTask', 'B')
        .add('complexGateway', 'Enough', { activationCondition: feel('activationCount >= 2') })
        .add('userTask', 'C')
        .add('endEvent', 'End')
        .flow('Start', 'Split', 'A', 'Enough', 'End')
        .flow('Split', 'B', 'Enough')
        .flow('Split', 'C', 'Enough')
        .build(),
    );
    const joinIn = (p: Play) => told(p).waits.find((wait) => wait.kind === 'join');
    two.task('A');
    expect(joinIn(two)).toMatchObject({
      what: { en: '"Enough" waits until its activation condition holds' },
      canMove: true,
    });
    two.task('B');
    expect(joinIn(two)).toMatchObject({ what: { en: expect.stringContaining('starts anew') }, canMove: true });
  });

  test('what stopped a job, in whole sentences', () => {
    const p = play(aPlan().add('serviceTask', 'Test', { name: '化验' }).build());
    p.jobFails('Test');
    expect(told(p).waits[0]?.problem?.zh).toMatch(/^自动任务失败：作业的报告：“it broke”。排除原因/);
  });

  test('how it ended', () => {
    const p = play(aPlan().add('userTask', 'Work').build());
    p.send({ type: 'cancel', reason: 'withdrawn', by: someone });
    expect(told(p)).toMatchObject({ status: 'cancelled', summary: { zh: '已取消。' }, waits: [] });
  });

  test('that it has not begun', () => {
    expect(told(new Play(aPlan().add('task', 'A').build())).summary.en).toBe('Not started yet.');
  });

  test('its promises with the reason of each date', () => {
    const p = play(
      aPlan()
        .add('userTask', 'Close', { user: { assignee: literal('a') } })
        .boundary('Close', 'Limit', {
          interrupting: false,
          events: [
            {
              type: 'timer',
              timer: { kind: 'duration', value: literal('P7D') },
              limit: { id: 'closure', name: '结案时限', tell: ['president'] },
            },
          ],
        })
        .build(),
    );
    expect(told(p).clocks).toMatchObject([{ id: 'closure', status: 'running', why: { kind: 'duration' } }]);
    expect(told(p).summary.zh).toBe('等待a办理“Close”。');
  });
});

describe('of the world around it, an instance tells', () => {
  const waiting = (event: EventDefinition, more: (builder: PlanBuilder) => PlanBuilder = (builder) => builder) =>
    play(more(aPlan().add('intermediateCatchEvent', 'Wait', { events: [event] })).build());
  const about = (p: Play, around: ExplainContext) => explain(p.plan, p.state, p.env, around).waits[0];
  const message = { type: 'message', name: literal('paid') } as const;
  const signal = { type: 'signal', name: literal('storm') } as const;

  test('that no deployed definition sends its message: only somebody outside can', () => {
    const p = waiting(message);
    expect(about(p, { messages: ['other'] })).toMatchObject({
      canMove: true,
      notice: { zh: expect.stringContaining('“paid”'), en: expect.stringContaining('only the world outside') },
    });
    expect(about(p, { messages: ['paid'] })).not.toHaveProperty('notice');
  });

  test('nothing of messages where it does not know, or where a name is worked out by its sender', () => {
    expect(about(waiting(message), {})).not.toHaveProperty('notice');
    expect(about(waiting(message), { messages: ['=whatever'] })).not.toHaveProperty('notice');
    const itself = waiting(message, (builder) =>
      builder.add('sendTask', 'Send', { message: { name: literal('paid') } }),
    );
    expect(about(itself, { messages: [] })).not.toHaveProperty('notice');
  });

  test('that no deployed definition throws its signal', () => {
    const p = waiting(signal);
    expect(about(p, { signals: [] })).toMatchObject({ notice: { zh: expect.stringContaining('信号“storm”') } });
    expect(about(p, { signals: ['storm'] })).not.toHaveProperty('notice');
  });

  test('that the process it calls cannot continue by itself', () => {
    const p = play(aPlan().add('callActivity', 'Call').build());
    const wait = p.at('Call');
    const id = wait.kind === 'call' ? `${wait.process}/${wait.businessKey}` : '';
    const stuck = about(p, { called: { [id]: { status: 'active', stuck: 2 } } });
    expect(stuck).toMatchObject({ canMove: false, problem: { zh: expect.stringContaining('有2处故障') } });
    expect(about(p, { called: { [id]: { status: 'active', stuck: 0 } } })?.canMove).toBe(true);
    expect(about(p, {})?.canMove).toBe(true);
  });
});

describe('a condition that does not hold', () => {
  const condition = { type: 'conditional', condition: feel('amount > 3') } as const;
  const catching = (more: (builder: PlanBuilder) => PlanBuilder = (builder) => builder) =>
    told(play(more(aPlan().add('intermediateCatchEvent', 'Wait', { events: [condition] })).build(), { amount: 1 }));
  const wait = ({ waits }: ReturnType<typeof told>) => waits.find(({ element }) => element === 'Wait');

  test('can hold no more when nothing is left that changes a variable', () => {
    expect(wait(catching())).toMatchObject({ canMove: false, problem: { zh: expect.stringContaining('不成立') } });
  });

  test('can still hold beside whatever may change one', () => {
    const timer = { type: 'timer', timer: { kind: 'duration', value: literal('PT1H') } } as const;
    const signal = { type: 'signal', name: literal('s') } as const;
    expect(wait(catching((builder) => builder.add('userTask', 'Work')))?.canMove).toBe(true);
    expect(wait(catching((builder) => builder.add('serviceTask', 'Job')))?.canMove).toBe(true);
    for (const event of [timer, signal]) {
      const beside = (builder: PlanBuilder) => builder.add('intermediateCatchEvent', 'Other', { events: [event] });
      expect(wait(catching(beside))?.canMove).toBe(true);
    }
  });
});
