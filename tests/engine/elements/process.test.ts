import { expect, test } from 'vitest';
import { aPlan, feel } from '../support/plan.ts';
import { play, someone } from '../support/play.ts';

test('without start and end event it begins where nothing leads in and ends where nothing leads out', () => {
  const p = play(aPlan().add('userTask', 'A').add('userTask', 'B').build());
  expect(p.waiting()).toEqual(['A', 'B']);
  expect(p.task('A').task('B').state.status).toBe('completed');
});

test('an empty process is complete at once', () => {
  expect(play(aPlan().build()).state.status).toBe('completed');
});

test('a process whose event subprocess cannot be armed has not begun, and begins by a retry', () => {
  const p = play(
    aPlan()
      .add('userTask', 'Main')
      .scope('eventSubProcess', 'Instead', (instead) =>
        instead.add('startEvent', 'On', {
          events: [{ type: 'timer', timer: { kind: 'duration', value: feel('limit') } }],
        }),
      )
      .build(),
  );
  expect(p.waits('stuck')).toMatchObject([{ element: 'process', incident: { code: 'missing-variable' } }]);
  p.set({ limit: 'PT1H' });
  p.send({ type: 'retry', key: p.waits('stuck')[0]!.key, by: someone });
  expect(p.waiting()).toEqual(['Main', 'On']);
});
