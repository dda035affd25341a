import { expect, test } from 'vitest';
import { aPlan, feel, literal } from '../support/plan.ts';
import { play } from '../support/play.ts';

test('throwing events tell the runtime whom to reach', () => {
  const p = play(
    aPlan()
      .add('startEvent', 'Start')
      .add('intermediateThrowEvent', 'Tell', {
        events: [{ type: 'message', name: literal('told'), correlationKey: feel('caseNumber') }],
        inputs: [{ source: feel('caseNumber'), target: 'number' }],
      })
      .add('intermediateThrowEvent', 'Work', {
        events: [{ type: 'message', name: literal('told') }],
        job: { type: literal('send-message') },
      })
      .add('endEvent', 'Alarm', { events: [{ type: 'signal', name: literal('fire') }] })
      .flow('Start', 'Tell', 'Work', 'Alarm')
      .build(),
    { caseNumber: 'BJ1' },
  );
  expect(p.commands).toMatchObject([
    { do: 'publish-message', name: 'told', correlationKey: 'BJ1', variables: { number: 'BJ1' } },
    { do: 'run-job', type: 'send-message' },
  ]);
  p.job('Work');
  expect(p.last.commands).toMatchObject([{ do: 'broadcast-signal', name: 'fire' }, { do: 'end' }]);
});

test('a link throw event continues at its catch event', () => {
  const p = play(
    aPlan()
      .add('startEvent', 'Start')
      .add('intermediateThrowEvent', 'Off', { events: [{ type: 'link', name: 'page 2' }] })
      .add('intermediateCatchEvent', 'On', { events: [{ type: 'link', name: 'page 2' }] })
      .add('userTask', 'After')
      .flow('Start', 'Off')
      .flow('On', 'After')
      .build(),
  );
  expect(p.waiting()).toEqual(['After']);
});
