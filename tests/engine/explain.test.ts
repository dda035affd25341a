import { describe, expect, test } from 'vitest';
import { explain } from '../../engine/index.ts';
import { aPlan, feel, literal } from './support/plan.ts';
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

  test('that nobody is named who could do a task', () => {
    const p = play(aPlan().add('userTask', 'Work').build());
    expect(told(p).waits).toMatchObject([{ canMove: false, problem: { zh: '没有指定任何人办理。' } }]);
  });

  test('what stopped it and what can be done', () => {
    const p = play(aPlan().add('serviceTask', 'Pay', { name: '付款' }).build()).jobFails('Pay');
    const [wait] = told(p).waits;
    expect(wait).toMatchObject({ canMove: false, incident: { code: 'job-failed' } });
    expect(wait?.problem?.zh).toContain('付款');
    expect(wait?.problem?.en).toContain('retry');
    expect(told(p).summary.en).toContain('cannot go on');
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
